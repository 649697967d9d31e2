#include "gate/checks/lockfile/target.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace gate::checks::lockfile {

using readers::lockfiles::Package;

std::string spell(const Package& package) {
  if (!package.version.empty()) return fmt::format("{} {}", package.name, package.version);
  if (!package.commit.empty()) return fmt::format("{} {}", package.name, package.commit);
  return std::string(package.name);
}

finding::Finding finding_at(const base::Source& source, base::Span span, std::string message,
                            std::string identity) {
  finding::Finding finding;
  finding.message = std::move(message);
  finding.identity = std::move(identity);
  finding.place.path = source.name();
  if (span.begin == 0 && span.end == 0) return finding;
  const base::Position begin = source.lines().position(span.begin);
  const base::Position end = source.lines().position(std::max(span.begin, span.end));
  finding.place.line = begin.line;
  finding.place.column = begin.column;
  finding.place.end_line = end.line;
  finding.place.end_column = end.column;
  return finding;
}

bool is_chosen(const LockfileRule& rule, const LockfileEntry& entry) {
  const bool wanted =
      rule.ecosystems.empty() || std::find(rule.ecosystems.begin(), rule.ecosystems.end(),
                                           entry.format->ecosystem) != rule.ecosystems.end();
  return wanted && rule.paths.matches(entry.path);
}

bool Target::is_asked(const Package& package) const {
  if (package.is(Package::local)) return false;
  return !rule.production || !inventory.is_development(entry, package);
}

void Target::report(const Package& package, std::string message, std::string identity,
                    std::string fix) const {
  finding::Finding finding =
      finding_at(*lock.source(), package.span, std::move(message),
                 fmt::format("{} {} {}", package.name, package.version, identity));
  finding.fix = std::move(fix);
  finding.subject = finding::Subject{std::string(names(lock.ecosystem).word),
                                     std::string(package.name),
                                     std::string(package.version),
                                     {}};
  tally.found(std::move(finding));
}

void Target::report_at(const base::Source* source, base::Span span, std::string message,
                       std::string identity, std::string fix) const {
  finding::Finding finding = finding_at(source != nullptr ? *source : *lock.source(), span,
                                        std::move(message), std::move(identity));
  finding.fix = std::move(fix);
  tally.found(std::move(finding));
}

}  // namespace gate::checks::lockfile
