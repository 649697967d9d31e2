#include "gate/cli/store.h"

#include <chrono>

#include "gate/system/files.h"

namespace gate::cli {
namespace {

constexpr std::string_view kDurations = "durations";
constexpr std::string_view kOutcomes = "outcomes";
constexpr std::string_view kOutcomeHead = "gate-outcome/1 ";
constexpr std::chrono::hours kKeptFor{24 * 30};
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
    if (!is_command || !came_to_end || outcome.recalled) continue;
    any = before.add(outcome.rule, outcome.duration_ms) || any;
  }
  // A folder that may not be written to is no trouble of the judgement.
  if (any) (void)system::write_file(folder_ / kDurations, before.write());
}

std::optional<std::string> Store::find(const std::string& key) const {
  if (folder_.empty()) return std::nullopt;
  const auto text = system::read_file(folder_ / kOutcomes / key, kMostBytes);
  // The first line says whose it is; a file that was cut or renamed is none.
  const std::string head = std::string(kOutcomeHead) + key + '\n';
  if (!text || !*text || !(*text)->starts_with(head)) return std::nullopt;
  return (*text)->substr(head.size());
}

void Store::keep(const std::string& key, std::string_view text) {
  if (folder_.empty()) return;
  forget_old();
  (void)system::write_file(folder_ / kOutcomes / key,
                           std::string(kOutcomeHead) + key + '\n' + std::string(text));
}

// Keeps the folder small: what nobody asked for in a month goes.
void Store::forget_old() const {
  std::error_code ignored;
  const auto now = std::filesystem::file_time_type::clock::now();
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / kOutcomes, ignored)) {
    if (now - entry.last_write_time(ignored) > kKeptFor)
      std::filesystem::remove(entry.path(), ignored);
  }
}

}  // namespace gate::cli
