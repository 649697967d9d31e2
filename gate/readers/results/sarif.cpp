// SARIF 2.1.0 (OASIS): results of every run, with the level of the rule where the result names
// none.
#include <map>
#include <string>

#include "gate/readers/formats/json.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

constexpr std::string_view kRegion = "physicalLocation.region.";

// Decodes %XX (RFC 3986) and takes `file://` off.
std::string path_of(std::string_view uri) {
  constexpr std::string_view kFile = "file://";
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (uri.starts_with(kFile)) uri.remove_prefix(kFile.size());
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    const auto digit = [&](std::size_t at) {
      return at < uri.size() ? kDigits.find(static_cast<char>(uri[at] | 0x20)) : std::string::npos;
    };
    if (uri[i] == '%' && digit(i + 1) != std::string::npos && digit(i + 2) != std::string::npos) {
      path += static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
      i += 2;
    } else {
      path += uri[i];
    }
  }
  return path;
}

std::map<std::string, ToolLevel> levels_of_rules(const Value& run) {
  std::map<std::string, ToolLevel> levels;
  const std::optional<Value> rules = field(run, "tool.driver.rules");
  if (!rules) return levels;
  for (const Value& rule : rules->children()) {
    const std::string level = text_field(rule, "defaultConfiguration.level");
    if (!level.empty()) levels[text_field(rule, "id")] = level_of(level);
  }
  return levels;
}

ToolFinding read_result(const Value& result, const std::map<std::string, ToolLevel>& levels) {
  ToolFinding finding;
  finding.code = text_field(result, "ruleId");
  if (finding.code.empty()) finding.code = text_field(result, "rule.id");
  const std::string level = text_field(result, "level");
  const auto of_rule = levels.find(finding.code);
  // SARIF 3.27.10: without a level, a result takes its rule's, and that is `warning` by default.
  finding.level = !level.empty()            ? level_of(level)
                  : of_rule == levels.end() ? ToolLevel::warning
                                            : of_rule->second;
  finding.message = text_field(result, "message.text");
  const std::optional<Value> locations = field(result, "locations");
  if (!locations || locations->children().empty()) return finding;
  const Value location = locations->children().front();
  const auto region = [&](std::string_view key) {
    return number_field(location, std::string(kRegion).append(key));
  };
  finding.path = path_of(text_field(location, "physicalLocation.artifactLocation.uri"));
  finding.line = region("startLine");
  finding.column = region("startColumn");
  finding.end_line = region("endLine");
  finding.end_column = region("endColumn");
  return finding;
}

// Returns whether somebody has accepted the result: it stays out of the verdict.
bool is_suppressed(const Value& result) {
  const std::optional<Value> suppressions = field(result, "suppressions");
  if (!suppressions || suppressions->node().kind != NodeKind::list) return false;
  for (const Value& suppression : suppressions->children()) {
    const std::string status = text_field(suppression, "status");
    if (status.empty() || status == "accepted") return true;
  }
  return false;
}

Result<ToolResult> read(std::shared_ptr<const base::Source> source) {
  GATE_TRY(const auto document, parse_json(std::move(source)));
  const std::optional<Value> runs = field(document->root(), "runs");
  if (!runs || runs->node().kind != NodeKind::list) return Error{"there is no list `runs`"};
  ToolResult found;
  for (const Value& run : runs->children()) {
    const std::map<std::string, ToolLevel> levels = levels_of_rules(run);
    const std::optional<Value> results = field(run, "results");
    if (!results) continue;
    for (const Value& result : results->children()) {
      const std::string kind = text_field(result, "kind");
      if ((kind.empty() || kind == "fail") && !is_suppressed(result)) {
        found.findings.push_back(read_result(result, levels));
      }
    }
  }
  return found;
}

}  // namespace

const ResultFormat kSarifResult{"sarif", "SARIF 2.1.0, as most analysers can write it", read};

}  // namespace gate::readers
