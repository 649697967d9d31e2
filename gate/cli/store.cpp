#include "gate/cli/store.h"

#include "gate/system/files.h"

namespace gate::cli {
namespace {

constexpr std::string_view kDurations = "durations";
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 20;

}  // namespace

engine::Durations Store::durations() const {
  if (folder_.empty()) return {};
  const auto text = system::read_file(folder_ / kDurations, kMostBytes);
  return text && *text ? engine::Durations::read(**text) : engine::Durations();
}

void Store::keep_durations(engine::Durations before, const engine::Plan& plan,
                           const engine::RunResult& result) const {
  if (folder_.empty()) return;
  bool any = false;
  for (std::size_t index = 0; index < plan.tasks.size(); ++index) {
    const engine::Task& task = plan.tasks[index];
    const finding::Outcome& outcome = result.outcomes[index];
    const bool is_command = (task.kind->needs & checks::Kind::commands) != 0;
    const bool came_to_end =
        outcome.verdict == finding::Verdict::passed || outcome.verdict == finding::Verdict::failed;
    if (!is_command || !came_to_end) continue;
    before.add(outcome.rule, outcome.duration_ms);
    any = true;
  }
  // A folder that may not be written to is no trouble of the judgement.
  if (any) (void)system::write_file(folder_ / kDurations, before.write());
}

}  // namespace gate::cli
