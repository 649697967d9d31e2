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

std::vector<std::string_view> texts(const std::optional<Value>& list) {
  std::vector<std::string_view> found;
  if (!list) return found;
  for (const Value& element : list->children()) {
    if (element->kind == NodeKind::string) found.push_back(element->text);
  }
  return found;
}

Result<ToolResult> read_pip_audit(SourcePointer source) {
  GATE_TRY(const auto document, parse_json(std::move(source)));
  // Versions before 2.5 print the list alone.
  const bool alone = document->root()->kind == NodeKind::list;
  const std::optional<Value> packages =
      alone ? document->root() : field(document->root(), "dependencies");
  if (!packages || packages->node().kind != NodeKind::list)
    return Error{"there is no list `dependencies`"};
  ToolResult result;
  for (const Value& package : packages->children()) {
    const std::optional<Value> holes = field(package, "vulns");
    if (!holes) continue;
    for (const Value& hole : holes->children()) {
      const auto fixed = texts(field(hole, "fix_versions"));
      ToolFinding finding;
      finding.code = text_field(hole, "id");
      finding.message =
          fmt::format("{} {} has {}{}", text_field(package, "name"), text_field(package, "version"),
                      finding.code,
                      fixed.empty() ? std::string(", no version mends it")
                                    : fmt::format(", mended in {}", fmt::join(fixed, ", ")));
      result.findings.push_back(std::move(finding));
    }
  }
  return result;
}

// npm 7 and later, `auditReportVersion` 2: packages with what they are reached by; an entry of
// `via` that is an object is a hole of the package itself, a text names another package of the
// list.
Result<ToolResult> read_npm_audit(SourcePointer source) {
  GATE_TRY(const auto document, parse_json(std::move(source)));
  if (const std::optional<Value> error = field(document->root(), "error")) {
    return Error{fmt::format("npm says: {}", text_field(*error, "summary"))};
  }
  const std::optional<Value> packages = field(document->root(), "vulnerabilities");
  if (!packages || packages->node().kind != NodeKind::map)
    return Error{"there is no `vulnerabilities`"};
  ToolResult result;
  for (const Value& package : packages->children()) {
    const std::optional<Value> via = field(package, "via");
    if (!via) continue;
    for (const Value& hole : via->children()) {
      if (hole->kind != NodeKind::map) continue;
      ToolFinding finding;
      finding.level = level_of(text_field(hole, "severity"));
      const std::string url = text_field(hole, "url");
      finding.code = url.substr(url.rfind('/') + 1);
      finding.message = fmt::format("{} {}: {}", package->key, text_field(hole, "range"),
                                    text_field(hole, "title"));
      result.findings.push_back(std::move(finding));
    }
  }
  return result;
}

Result<ToolResult> read_composer_audit(SourcePointer source) {
  GATE_TRY(const auto document, parse_json(std::move(source)));
  const std::optional<Value> packages = field(document->root(), "advisories");
  if (!packages) return Error{"there is no `advisories`"};
  ToolResult result;
  for (const Value& package : packages->children()) {
    for (const Value& advisory : package.children()) {
      ToolFinding finding;
      finding.level = level_of(text_field(advisory, "severity"));
      finding.code = text_field(advisory, "cve");
      if (finding.code.empty()) finding.code = text_field(advisory, "advisoryId");
      finding.message =
          fmt::format("{} {}: {}", package->key, text_field(advisory, "affectedVersions"),
                      text_field(advisory, "title"));
      result.findings.push_back(std::move(finding));
    }
  }
  if (const std::optional<Value> abandoned = field(document->root(), "abandoned")) {
    for (const Value& package : abandoned->children()) {
      ToolFinding finding;
      finding.level = ToolLevel::warning;
      finding.code = "abandoned";
      finding.message = package->kind == NodeKind::string
                            ? fmt::format("{} is abandoned; use {}", package->key, package->text)
                            : fmt::format("{} is abandoned", package->key);
      result.findings.push_back(std::move(finding));
    }
  }
  return result;
}

}  // namespace

const ResultFormat kPipAuditResult{"pip-audit", "`pip-audit --format json`", read_pip_audit};
const ResultFormat kNpmAuditResult{"npm-audit", "`npm audit --json`", read_npm_audit};
const ResultFormat kComposerAuditResult{"composer-audit", "`composer audit --format=json`",
                                        read_composer_audit};

}  // namespace gate::readers
