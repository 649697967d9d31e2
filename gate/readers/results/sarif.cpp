// SARIF 2.1.0 (OASIS): results of every run, with what the rules, files and messages that they
// refer to say.
#include <map>
#include <string>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

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

// Returns the element that a record names by its index under `key`, nothing where it names none.
std::optional<Value> indexed(const Value& record, std::string_view key,
                             const std::vector<Value>& list) {
  const std::optional<Value> index = field(record, key);
  if (!index || index->node().kind != NodeKind::integer || index->node().integer < 0)
    return std::nullopt;
  const auto at = static_cast<std::uint64_t>(index->node().integer);
  return at < list.size() ? std::optional(list[at]) : std::nullopt;
}

// Puts the arguments of a message in the place of `{0}`, `{1}` ... (section 3.11.5).
std::string fill_in(std::string_view text, const std::vector<Value>& arguments) {
  std::string filled;
  while (!text.empty()) {
    const bool place =
        text.size() > 2 && text[0] == '{' && base::is_digit(text[1]) && text[2] == '}';
    const auto number = place ? static_cast<std::size_t>(text[1] - '0') : arguments.size();
    if (number < arguments.size()) {
      filled += arguments[number]->text;
      text.remove_prefix(3);
    } else {
      filled += text[0];
      text.remove_prefix(1);
    }
  }
  return filled;
}

// Returns whether somebody has accepted the result: it stays out of the verdict (section 3.27.23).
Result<bool> is_suppressed(const Value& result) {
  GATE_TRY(const auto suppressions, optional_elements(result, "suppressions"));
  for (const Value& suppression : suppressions) {
    const std::string status = text_field(suppression, "status");
    if (!status.empty() && status != "accepted") return false;
  }
  return !suppressions.empty();
}

class RunReader {
 public:
  explicit RunReader(const Value& run) : run_(run) {}

  Result<void> read(std::vector<ToolFinding>& findings) {
    GATE_TRY(rules_, optional_elements(run_, "tool.driver.rules"));
    for (const Value& rule : rules_)
      rules_by_id_.try_emplace(text_field(rule, "id"), rule);
    GATE_TRY(artifacts_, optional_elements(run_, "artifacts"));
    // Without results the tool did not look for any (section 3.14.23).
    GATE_TRY(const auto results, elements(run_, "results"));
    for (const Value& result : results) {
      GATE_TRY(const bool suppressed, is_suppressed(result));
      const std::string kind = text_field(result, "kind");
      const bool harmless = kind == "pass" || kind == "notApplicable" || kind == "informational";
      // An absent result is one that an earlier run had (section 3.27.24).
      const bool gone = text_field(result, "baselineState") == "absent";
      if (suppressed || harmless || gone) continue;
      GATE_TRY(ToolFinding finding, read_result(result));
      findings.push_back(std::move(finding));
    }
    return read_invocations(findings);
  }

 private:
  Result<ToolFinding> read_result(const Value& result) {
    const std::optional<Value> rule = rule_of(result);
    ToolFinding finding;
    finding.code = text_field(result, "ruleId");
    if (finding.code.empty()) finding.code = text_field(result, "rule.id");
    if (finding.code.empty() && rule) finding.code = text_field(*rule, "id");
    finding.level = level_of_result(result, rule);
    GATE_TRY(finding.message, message_of(result, rule));
    GATE_TRY(const auto locations, optional_elements(result, "locations"));
    if (!locations.empty()) place(finding, locations.front());
    return finding;
  }

  [[nodiscard]] std::optional<Value> rule_of(const Value& result) const {
    std::optional<Value> rule = indexed(result, "ruleIndex", rules_);
    if (!rule) rule = indexed(result, "rule.index", rules_);
    if (rule) return rule;
    const auto named = rules_by_id_.find(text_field(result, "ruleId"));
    if (named != rules_by_id_.end()) return named->second;
    return std::nullopt;
  }

  // Without a level, a result takes its rule's, and that is `warning` by default (section 3.27.10).
  static ToolLevel level_of_result(const Value& result, const std::optional<Value>& rule) {
    std::string level = text_field(result, "level");
    if (level.empty() && rule) level = text_field(*rule, "defaultConfiguration.level");
    return level.empty() ? ToolLevel::warning : level_of(level);
  }

  // A message is a text, or names one of its rule's (section 3.11).
  static Result<std::string> message_of(const Value& result, const std::optional<Value>& rule) {
    GATE_TRY(const auto arguments, optional_elements(result, "message.arguments"));
    std::string text = text_field(result, "message.text");
    const std::string id = text_field(result, "message.id");
    if (text.empty() && rule && !id.empty()) {
      const std::optional<Value> texts = field(*rule, "messageStrings");
      const std::optional<Value> named = texts ? texts->find(id) : std::nullopt;
      if (named) text = text_field(*named, "text");
    }
    if (text.empty()) return Error{"a result has no message"};
    return fill_in(text, arguments);
  }

  void place(ToolFinding& finding, const Value& location) const {
    const std::optional<Value> file = field(location, "physicalLocation.artifactLocation");
    if (file) {
      std::string uri = text_field(*file, "uri");
      const std::optional<Value> artifact = indexed(*file, "index", artifacts_);
      if (uri.empty() && artifact) uri = text_field(*artifact, "location.uri");
      finding.path = path_of(uri);
    }
    const std::optional<Value> region = field(location, "physicalLocation.region");
    if (!region) return;
    finding.line = number_field(*region, "startLine");
    finding.column = number_field(*region, "startColumn");
    finding.end_line = number_field(*region, "endLine");
    finding.end_column = number_field(*region, "endColumn");
  }

  // What the tool says of itself: errors on the way, and whether it came to its end.
  Result<void> read_invocations(std::vector<ToolFinding>& findings) {
    GATE_TRY(const auto invocations, optional_elements(run_, "invocations"));
    for (const Value& invocation : invocations) {
      const std::size_t before = findings.size();
      for (const std::string_view list :
           {"toolExecutionNotifications", "toolConfigurationNotifications"}) {
        GATE_TRY(const auto notifications, optional_elements(invocation, list));
        for (const Value& notification : notifications) {
          if (text_field(notification, "level") != "error") continue;
          GATE_TRY(ToolFinding finding, read_result(notification));
          finding.code = text_field(notification, "descriptor.id");
          findings.push_back(std::move(finding));
        }
      }
      const std::optional<Value> success = field(invocation, "executionSuccessful");
      const bool failed =
          success && success->node().kind == NodeKind::boolean && !success->node().boolean;
      if (!failed || findings.size() != before) continue;
      findings.emplace_back();
      findings.back().message = fmt::format("{} says that it did not come to its end",
                                            text_field(run_, "tool.driver.name"));
    }
    return {};
  }

  Value run_;
  std::vector<Value> rules_;
  std::map<std::string, Value> rules_by_id_;
  std::vector<Value> artifacts_;
};

Result<ToolResult> read(const std::shared_ptr<const base::Source>& source) {
  GATE_TRY(const auto document, parse_json(source));
  GATE_TRY(const auto runs, elements(document->root(), "runs"));
  if (runs.empty()) return Error{"`runs` is empty: no tool ran"};
  ToolResult found;
  found.columns = ColumnUnit::utf16;
  for (const Value& run : runs) {
    if (text_field(run, "columnKind") == "unicodeCodePoints")  // section 3.14.17
      found.columns = ColumnUnit::characters;
    GATE_CHECK(RunReader(run).read(found.findings));
  }
  return found;
}

}  // namespace

const ResultFormat kSarifResult{
    "sarif", "SARIF 2.1.0, as most analysers can write it", read, {}, ".sarif"};

}  // namespace gate::readers
