#include "support.h"

#include <fmt/format.h>

#include "gate/policy/packs.h"
#include "gate/policy/when.h"

namespace gate::engine::test {

std::unique_ptr<Bench> load(const std::map<std::string, std::string>& files) {
  auto bench = std::make_unique<Bench>();
  std::map<std::string, repo::SampleFile> sample;
  for (const auto& [path, content] : files)
    sample[path].content = content;
  bench->files = repo::sample_snapshot(std::move(sample));
  policy::LoadOptions options;
  options.files = bench->files.get();
  options.read = [&](std::string_view path) -> Result<std::optional<std::string>> {
    const auto found = files.find(std::string(path));
    return found == files.end() ? std::nullopt : std::optional(found->second);
  };
  // Only the packs that a test names: none joins by itself.
  policy::PackShelf shelf = policy::shipped_packs();
  shelf.implied.clear();
  bench->policy = policy::load(options, shelf, bench->checks.callback(), bench->diagnostics);
  settle(bench->policy, bench->checks, bench->diagnostics);
  return bench;
}

RunResult judge(Bench& bench, const Selection& selection, unsigned jobs) {
  policy::Conditions conditions(*bench.files, std::nullopt);
  const Plan planned = plan(bench.policy, bench.checks, selection, conditions);
  checks::Context context{*bench.files};
  context.today = *base::parse_date("2026-06-01");
  context.stage = selection.stage;
  return run(bench.policy, planned, context, {jobs});
}

std::string spell(const RunResult& result) {
  std::string text;
  for (const finding::Outcome& outcome : result.outcomes) {
    text += fmt::format("{} {}{}{}\n", outcome.rule, name(outcome.verdict),
                        outcome.reason.empty() ? "" : ": ", outcome.reason);
    for (const finding::Finding& finding : outcome.findings) {
      text += fmt::format("  {}:{}:{} {}", finding.place.path, finding.place.line,
                          finding.place.column, finding.message);
      if (finding.suppressed) text += fmt::format(" [suppressed: {}]", finding.suppressed->reason);
      text += '\n';
    }
  }
  return text;
}

}  // namespace gate::engine::test
