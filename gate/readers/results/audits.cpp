// What package managers say about known holes: pip-audit, npm audit, composer audit. None names a
// line.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/readers/formats/json.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

using SourcePointer = std::shared_ptr<const base::Source>;

ToolFinding finding_of(ToolLevel level, std::string code, std::string message) {
  ToolFinding finding;
  finding.level = level;
  finding.code = std::move(code);
  finding.message = std::move(message);
  return finding;
}

Result<std::string> describe_fix(const Value& hole) {
  GATE_TRY(const std::vector<Value> versions, optional_elements(hole, "fix_versions"));
  std::vector<std::string_view> fixed;
  fixed.reserve(versions.size());
  for (const Value& version : versions)
    fixed.push_back(version->text);
  if (fixed.empty()) return std::string("no version mends it");
  return fmt::format("mended in {}", fmt::join(fixed, ", "));
}

Result<ToolResult> read_pip_audit(const SourcePointer& source) {
  GATE_TRY(const auto document, parse_json(source));
  // Versions before 2.5 print the list alone.
  const bool alone = document->root()->kind == NodeKind::list;
  GATE_TRY(const auto packages, elements(document->root(), alone ? "" : "dependencies"));
  ToolResult result;
  for (const Value& package : packages) {
    const std::string name = text_field(package, "name");
    const std::string skipped = text_field(package, "skip_reason");
    if (!skipped.empty()) {
      result.findings.push_back(finding_of(ToolLevel::warning, "skipped",
                                           fmt::format("{} was not audited: {}", name, skipped)));
      continue;
    }
    GATE_TRY(const auto holes, elements(package, "vulns"));
    for (const Value& hole : holes) {
      GATE_TRY(const std::string fix, describe_fix(hole));
      const std::string id = text_field(hole, "id");
      result.findings.push_back(finding_of(
          ToolLevel::error, id,
          fmt::format("{} {} has {}, {}", name, text_field(package, "version"), id, fix)));
    }
  }
  return result;
}

// What npm says when it could not ask: a summary of its own (no lock file), or the registry's
// answer.
Error npm_error(const Value& root) {
  std::string said = text_field(root, "error.summary");
  if (said.empty()) said = text_field(root, "message");
  return Error{fmt::format("npm says: {}", said.empty() ? "the audit failed" : said)};
}

// npm 7 and later, `auditReportVersion` 2: packages with what they are reached by; an entry of
// `via` that is an object is a hole of the package itself, a text names another package of the
// list.
Result<ToolResult> read_npm_audit(const SourcePointer& source) {
  GATE_TRY(const auto document, parse_json(source));
  const Value root = document->root();
  if (field(root, "error")) return npm_error(root);
  GATE_TRY(const auto packages, elements(root, "vulnerabilities"));
  ToolResult result;
  for (const Value& package : packages) {
    GATE_TRY(const auto reasons, elements(package, "via"));
    for (const Value& hole : reasons) {
      if (hole->kind != NodeKind::map) continue;
      const std::string url = text_field(hole, "url");
      result.findings.push_back(
          finding_of(level_of(text_field(hole, "severity")), url.substr(url.rfind('/') + 1),
                     fmt::format("{} {}: {}", package->key, text_field(hole, "range"),
                                 text_field(hole, "title"))));
    }
  }
  if (result.findings.empty() && !packages.empty())
    return Error{"`vulnerabilities` names packages and no hole"};
  return result;
}

Result<ToolResult> read_composer_audit(const SourcePointer& source) {
  GATE_TRY(const auto document, parse_json(source));
  GATE_TRY(const auto packages, elements(document->root(), "advisories"));
  GATE_TRY(const auto abandoned, optional_elements(document->root(), "abandoned"));
  ToolResult result;
  for (const Value& package : packages) {
    // What is left of a list after some were ignored, PHP writes as a map.
    if (package->kind != NodeKind::list && package->kind != NodeKind::map)
      return Error{fmt::format("the advisories of `{}` are no list", package->key)};
    for (const Value& advisory : package.children()) {
      std::string code = text_field(advisory, "cve");
      if (code.empty()) code = text_field(advisory, "advisoryId");
      result.findings.push_back(finding_of(
          level_of(text_field(advisory, "severity")), std::move(code),
          fmt::format("{} {}: {}", package->key, text_field(advisory, "affectedVersions"),
                      text_field(advisory, "title"))));
    }
  }
  for (const Value& package : abandoned) {
    result.findings.push_back(
        finding_of(ToolLevel::warning, "abandoned",
                   package->kind == NodeKind::string
                       ? fmt::format("{} is abandoned; use {}", package->key, package->text)
                       : fmt::format("{} is abandoned", package->key)));
  }
  return result;
}

}  // namespace

const ResultFormat kPipAuditResult{"pip-audit", "`pip-audit --format json`", read_pip_audit,
                                   "pip-audit"};
const ResultFormat kNpmAuditResult{"npm-audit", "`npm audit --json`", read_npm_audit, "npm-audit"};
const ResultFormat kComposerAuditResult{"composer-audit", "`composer audit --format=json`",
                                        read_composer_audit, "composer-audit"};

}  // namespace gate::readers
