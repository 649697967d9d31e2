// GitLab Code Quality: one JSON array of what is wrong.
//
// GitLab stops at the first entry it does not understand and keeps one of several entries with the
// same fingerprint, also across jobs. So every entry is complete and every fingerprint unique, and
// findings of a judged folder below the repository's top carry the folder in theirs. Suppressed
// findings are left out, and so is all that passed: the format has no word for them. A rule that
// could not run, is pending or was not asked because its tool is missing is an entry at the policy
// file, and so is a finding outside the repository: a list without it would read as "all is well".
// Source: GitLab's documentation of Code Quality and lib/gitlab/ci/parsers/codequality.
#include <unordered_map>

#include <fmt/format.h>

#include "gate/base/hash.h"
#include "gate/base/json_writer.h"
#include "gate/report/formats.h"
#include "gate/report/wording.h"

namespace gate::report {
namespace {

using finding::Severity;
using finding::Verdict;

constexpr std::string_view kPolicyFile = "gate.toml";
constexpr std::size_t kFingerprintDigits = 32;

std::string digest(std::string_view purpose, std::string_view a, std::string_view b) {
  return base::Sha256().field(purpose).field(a).field(b).hex().substr(0, kFingerprintDigits);
}

std::string_view scale(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "critical";
    case Severity::warning:
      return "minor";
    case Severity::note:
      return "info";
  }
  return "info";
}

// Returns whether GitLab can show a path: relative, without `./` and `../` in front.
bool is_repository_path(std::string_view path) {
  return !path.empty() && !path.starts_with('/') && !path.starts_with("./") &&
         !path.starts_with("../");
}

class Issues {
 public:
  explicit Issues(const Report& report) : report_(report) { json_.begin_array(); }

  void add(const Entry& entry, const finding::Finding& finding) {
    const std::string path = shown_path(report_, finding);
    const std::string key =
        finding.fingerprint.empty() ? digest("place", path, finding.message) : finding.fingerprint;
    std::string description = message_of(entry, finding);
    const bool is_inside = is_repository_path(path);
    if (!path.empty() && !is_inside)
      description = fmt::format("{}: {}", place_text(path, finding.place), description);
    add(entry, description, report_.prefix.empty() ? key : digest("folder", report_.prefix, key),
        scale(finding.severity), is_inside ? path : "", is_inside ? finding.place.line : 0);
  }

  // Adds an outcome that no finding stands for.
  void add(const Entry& entry, std::string_view what, std::string_view severity) {
    const std::string name(finding::name(entry.outcome->verdict));
    add(entry, fmt::format("{}{}", what, reason_of(entry)),
        digest(name, report_.prefix, entry.rule->id), severity, "", 0);
  }

  [[nodiscard]] std::string text() && {
    json_.end_array();
    return std::move(json_).text() + "\n";
  }

 private:
  void add(const Entry& entry, std::string_view description, const std::string& fingerprint,
           std::string_view severity, std::string_view path, std::uint32_t line) {
    json_.begin_object();
    json_.key("description").string(description.empty() ? entry.rule->id : description);
    json_.key("check_name").string(entry.rule->id);
    json_.key("fingerprint").string(unique(fingerprint));
    json_.key("severity").string(severity);
    json_.key("location").begin_object();
    json_.key("path").string(path.empty() ? report_.prefix + std::string(kPolicyFile) : path);
    json_.key("lines").begin_object().key("begin").number(line == 0 ? 1 : line).end_object();
    json_.end_object();
    json_.end_object();
  }

  std::string unique(const std::string& fingerprint) {
    const std::size_t n = ++uses_[fingerprint];
    return n == 1 ? fingerprint : digest("repeated", fingerprint, fmt::format("{}", n));
  }

  const Report& report_;
  base::JsonWriter json_{base::JsonWriter::Layout::indented};
  std::unordered_map<std::string, std::size_t> uses_;
};

std::string write_gitlab(const Report& report, const Options& /*options*/) {
  Issues issues(report);
  for (const Entry& entry : report.entries) {
    const finding::Outcome& outcome = *entry.outcome;
    if (outcome.verdict == Verdict::could_not_run)
      issues.add(entry, "could not run: ", leaves_open(report, entry) ? "blocker" : "minor");
    if (outcome.verdict == Verdict::pending) issues.add(entry, "pending: ", "critical");
    if (outcome.verdict == Verdict::failed && outcome.findings.empty())
      issues.add(entry, "", scale(entry.rule->severity));
    if (outcome.notice)
      issues.add(entry, "not asked: ", *outcome.notice == Severity::note ? "info" : "minor");
    for (const finding::Finding& finding : outcome.findings) {
      if (!finding.suppressed) issues.add(entry, finding);
    }
  }
  return std::move(issues).text();
}

}  // namespace

const Format kGitlab{"gitlab", "Code Quality report of GitLab (artifacts:reports:codequality)",
                     write_gitlab};

}  // namespace gate::report
