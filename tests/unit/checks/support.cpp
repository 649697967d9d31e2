#include "tests/unit/checks/support.h"

#include <utility>

#include <fmt/format.h>

#include "gate/checks/kinds.h"
#include "gate/policy/table_reader.h"
#include "gate/readers/formats/toml.h"

namespace gate::checks::test {

RuleUnderTest::RuleUnderTest(std::string_view kind, std::string_view keys) {
  head_.id = "test.rule";
  head_.kind = kind;
  head_.title = "what is wrong";
  auto source = std::make_shared<base::Source>("rule.toml", std::string(keys));
  document_ = readers::parse_toml(std::move(source), diagnostics_);
  if (document_ == nullptr) return;
  policy::TableReader table(document_->root(), std::nullopt, nullptr, diagnostics_, false);
  check_ = find_kind(kind)->make(head_, table);
  table.finish();
}

std::string RuleUnderTest::mistakes() const {
  std::string text;
  for (const base::Diagnostic& diagnostic : diagnostics_.all()) {
    if (diagnostic.place) {
      const base::Position at =
          diagnostic.place->source->lines().position(diagnostic.place->span.begin);
      text += fmt::format("{}:{} ", at.line, at.column);
    }
    text += diagnostic.message;
    if (!diagnostic.help.empty()) text += "; " + diagnostic.help;
    text += '\n';
  }
  return text;
}

Answer RuleUnderTest::run(Context context) const {
  const std::optional<ScanRequest> request = check_->scan();
  std::vector<ScanHits> hits;
  if (request) {
    ScanTotals totals;
    hits = scan(context.files, {*request}, 1, totals);
    context.hits = &hits.front();
  }
  return check_->run(context);
}

std::unique_ptr<repo::Snapshot> sample(const std::map<std::string, std::string>& files) {
  std::map<std::string, repo::SampleFile> all;
  for (const auto& [path, content] : files)
    all[path].content = content;
  return repo::sample_snapshot(std::move(all));
}

std::string spell(const Answer& answer) {
  std::string text(name(answer.verdict));
  if (!answer.reason.empty()) text += ": " + answer.reason;
  for (const finding::Finding& found : answer.findings) {
    text += '\n';
    text += found.place.path;
    if (found.place.line != 0) text += fmt::format(":{}:{}", found.place.line, found.place.column);
    if (!found.place.path.empty()) text += ' ';
    text += found.message;
    if (!found.fix.empty()) text += fmt::format(" [{}]", found.fix);
  }
  return text;
}

}  // namespace gate::checks::test
