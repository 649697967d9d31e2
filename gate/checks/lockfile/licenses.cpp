// Licences: what the lock says of each package against what may be used.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/checks/lockfile/target.h"
#include "gate/readers/lockfiles/versions/range.h"

namespace gate::checks::lockfile {
namespace {

using readers::lockfiles::LicenseExpression;
using readers::lockfiles::LicenseTerm;
using readers::lockfiles::Package;

bool same(std::string_view a, std::string_view b) { return base::to_lower(a) == base::to_lower(b); }

// "GPL-2.0-or-later" is what "GPL-2.0+" says in the older list.
bool names(const std::string& entry, const LicenseTerm& term) {
  if (same(entry, spell(term)) || same(entry, term.id)) return true;
  return term.or_later && same(entry, term.id + "-or-later");
}

const std::string* find_in(const std::vector<std::string>& list, const LicenseTerm& term) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const std::string& entry) { return names(entry, term); });
  return found == list.end() ? nullptr : &*found;
}

// The licence of a package: as somebody has clarified it, else as the lock has it. Nothing where it
// is not known.
std::optional<LicenseExpression> license_of(const LicenseRule& rule, const Target& target,
                                            const Package& package) {
  const CanonicalName name(target.lock.ecosystem, package.name);
  for (const Clarification& one : rule.clarify) {
    if (!one.name.matches(name)) continue;
    if (!one.versions.empty() &&
        !readers::lockfiles::in_range(target.lock.ecosystem, package.version, one.versions)
             .value_or(false))
      continue;
    target.uses.met(one);
    return one.license;
  }
  std::vector<LicenseExpression> alternatives;
  for (const std::string_view text : target.lock.licenses(package)) {
    auto expression = LicenseExpression::parse(text);
    // One that cannot be read may be the one that somebody relies on.
    if (expression) alternatives.push_back(*std::move(expression));
  }
  if (alternatives.empty()) return std::nullopt;
  return LicenseExpression::any_of(std::move(alternatives));
}

bool is_allowed(const LicenseRule& rule, const std::vector<std::string>& exceptions,
                const LicenseTerm& term, Uses& uses) {
  if (find_in(exceptions, term) != nullptr) return true;
  if (find_in(rule.deny, term) != nullptr) return false;
  if (rule.allow.empty()) return true;
  const std::string* allowed = find_in(rule.allow, term);
  if (allowed != nullptr) uses.met(*allowed);
  return allowed != nullptr;
}

void judge_one(const LicenseRule& rule, const Target& target, const Package& package) {
  const auto written = target.lock.licenses(package);
  const auto license = license_of(rule, target, package);
  if (!license) {
    if (!rule.unknown_fails) return;
    target.report(package,
                  written.empty() ? fmt::format("{} has no licence in the lock", spell(package))
                                  : fmt::format("{} is under `{}`, which is no SPDX expression",
                                                spell(package), fmt::join(written, "`, `")),
                  "license unknown");
    return;
  }
  std::vector<std::string> exceptions;
  const CanonicalName name(target.lock.ecosystem, package.name);
  for (const LicenseException& exception : rule.exceptions) {
    if (!exception.name.matches(name)) continue;
    target.uses.met(exception);
    exceptions.insert(exceptions.end(), exception.allow.begin(), exception.allow.end());
  }
  const bool good = license->is_satisfied(
      [&](const LicenseTerm& term) { return is_allowed(rule, exceptions, term, target.uses); });
  if (good) return;
  target.report(package,
                fmt::format("{} is under `{}`, which is not allowed", spell(package),
                            written.empty() ? "its clarified licence"
                                            : fmt::format("{}", fmt::join(written, " OR "))),
                "license");
}

// Formats that keep the licences of packages; npm does since version 7.
bool keeps_licenses(const readers::lockfiles::Lockfile& lock) {
  if (lock.format == readers::lockfiles::kComposer.name) return true;
  return lock.format == readers::lockfiles::kNpm.name && lock.version != "1";
}

}  // namespace

void judge_licenses(const Target& target) {
  if (!keeps_licenses(target.lock) && target.rule.licenses->clarify.empty()) {
    target.tally.skipped(
        fmt::format("{}: {} keeps no licences", target.entry.path, target.entry.format->name));
    return;
  }
  for (const Package& package : target.lock.packages) {
    if (!target.is_asked(package)) continue;
    target.tally.judged();
    judge_one(*target.rule.licenses, target, package);
  }
}

}  // namespace gate::checks::lockfile
