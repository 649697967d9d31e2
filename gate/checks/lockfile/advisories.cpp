// Known holes: every package of every lock against the advisories that were imported, and those
// that the repository keeps itself.
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/date.h"
#include "gate/checks/lockfile/target.h"
#include "gate/checks/lockfile/wanted.h"
#include "gate/readers/lockfiles/advisories/index.h"
#include "gate/readers/lockfiles/advisories/osv.h"

namespace gate::checks::lockfile {
namespace {

using readers::lockfiles::Advisory;
using readers::lockfiles::AdvisoryIndex;
using readers::lockfiles::Affected;
using readers::lockfiles::Graph;
using readers::lockfiles::Package;
using readers::lockfiles::Severity;

constexpr std::string_view kOwnFolder = ".gate/advisories/";

// The advisories that the repository keeps, as one index.
Result<std::string> own_index(const Inventory& inventory) {
  std::vector<Advisory> advisories;
  for (const repo::File& file : inventory.files().below(kOwnFolder)) {
    if (!file.path.ends_with(".json")) continue;
    GATE_TRY(const auto source, inventory.text(file.path));
    if (!source) continue;
    Result<Advisory> advisory = readers::lockfiles::parse_osv(source->text());
    if (!advisory) return Error{fmt::format("{}: {}", file.path, advisory.error().message)};
    advisories.push_back(*std::move(advisory));
  }
  if (advisories.empty()) return std::string();
  return readers::lockfiles::encode_index(advisories, 0);
}

bool is_rated_so(const AdvisoryRule& rule, const Advisory& advisory) {
  const bool unrated = advisory.severity == Severity::unknown;
  switch (rule.unrated) {
    case AdvisoryRule::Unrated::only:
      return unrated;
    case AdvisoryRule::Unrated::ignore:
      if (unrated) return false;
      break;
    case AdvisoryRule::Unrated::fail:
    case AdvisoryRule::Unrated::warn:
      if (unrated) return true;
      break;
  }
  return advisory.severity >= rule.at_least && advisory.severity <= rule.at_most;
}

std::string rating(const Advisory& advisory) {
  if (advisory.severity == Severity::unknown) return "severity unknown";
  if (advisory.score < 0) return std::string(name(advisory.severity));
  return fmt::format("{}, CVSS {}.{}", name(advisory.severity), advisory.score / 10,
                     advisory.score % 10);
}

class Matcher {
 public:
  Matcher(const AdvisoryRule& rule, std::vector<AdvisoryIndex> indexes)
      : rule_(rule), indexes_(std::move(indexes)) {}

  // Returns what went wrong, or an empty text.
  std::string match(const Target& target) {
    for (std::uint32_t index = 0; index < target.lock.packages.size(); ++index) {
      const Package& package = target.lock.packages[index];
      if (!target.is_asked(package) || package.is(Package::unpinned)) continue;
      ++packages_;
      const std::string name =
          readers::lockfiles::canonical_name(target.lock.ecosystem, package.name);
      for (const AdvisoryIndex& advisories : indexes_) {
        const Result<std::vector<Advisory>> found = advisories.find(target.lock.ecosystem, name);
        if (!found) return found.error().message;
        for (const Advisory& advisory : *found)
          judge(target, index, advisory);
      }
    }
    graph_.reset();
    return {};
  }

  [[nodiscard]] std::size_t packages() const { return packages_; }

 private:
  void judge(const Target& target, std::uint32_t index, const Advisory& advisory) {
    if (!is_rated_so(rule_, advisory)) return;
    const Package& package = target.lock.packages[index];
    const auto hit =
        std::find_if(advisory.affected.begin(), advisory.affected.end(),
                     [&](const Affected& affected) { return covers(affected, package.version); });
    if (hit == advisory.affected.end()) return;
    std::vector<std::string> fixes;
    for (const Affected& affected : advisory.affected) {
      std::string fixed = fixed_in(affected, package.version);
      if (!fixed.empty()) fixes.push_back(std::move(fixed));
    }
    std::string message = fmt::format(
        "{} has {}{} ({})", spell(package), advisory.id,
        advisory.aliases.empty() ? "" : fmt::format(" ({})", fmt::join(advisory.aliases, ", ")),
        rating(advisory));
    if (package.version.empty()) message += ", unless its version is one without it";
    if (!advisory.summary.empty()) message += ": " + advisory.summary;
    finding::Finding finding =
        finding_at(*target.lock.source(), package.span, std::move(message),
                   fmt::format("{} {} {}", package.name, package.version, advisory.id));
    finding.fix = fixes.empty()
                      ? fmt::format(
                            "no fixed version of {} is known: replace it, or suppress {} "
                            "with a reason",
                            package.name, advisory.id)
                      : fmt::format("update {} to {} or later", package.name, fixes.front());
    finding.code = advisory.id;
    if (advisory.severity == Severity::unknown && rule_.unrated == AdvisoryRule::Unrated::warn)
      finding.severity = finding::Severity::warning;
    finding.subject = subject_of(target, package);
    finding.subject->advisories.push_back(advisory.id);
    finding.subject->advisories.insert(finding.subject->advisories.end(), advisory.aliases.begin(),
                                       advisory.aliases.end());
    if (!graph_) graph_.emplace(target.lock, wanted_by_manifest(target));
    add_way(target, *graph_, index, finding);
    if (!advisory.url.empty()) finding.trace.push_back(advisory.url);
    target.report(std::move(finding));
  }

  const AdvisoryRule& rule_;
  std::vector<AdvisoryIndex> indexes_;
  std::optional<Graph> graph_;  // of the lock that is matched
  std::size_t packages_ = 0;
};

void judge_age(const AdvisoryRule& rule, const AdvisoryIndex& index, const Context& context,
               Tally& tally) {
  const base::Date imported(std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(index.imported_seconds()))));
  tally.judged();
  const auto age = context.today - imported;
  if (age <= *rule.max_age) return;
  finding::Finding finding;
  finding.message = fmt::format("the advisories are of {}, {} days old",
                                base::format_date(imported), age.count());
  finding.identity = "advisories outdated";
  tally.found(std::move(finding));
}

}  // namespace

void judge_advisories(const LockfileRule& rule, const Context& context, const Inventory& inventory,
                      Tally& tally, Uses& uses, std::vector<std::string>& evidence) {
  const AdvisoryRule& wanted = *rule.advisories;
  const auto miss = [&](std::string why) {
    if (wanted.missing_is_fine) {
      tally.skipped(std::move(why));
    } else {
      tally.unknown(std::move(why));
    }
  };
  std::vector<AdvisoryIndex> indexes;
  std::shared_ptr<const AdvisoryBytes> imported;
  if (context.advisories) {
    auto bytes = context.advisories();
    if (!bytes) {
      tally.unknown(bytes.error().message);
      return;
    }
    imported = *bytes;
  }
  if (imported) {
    const auto index = AdvisoryIndex::open(imported->bytes());
    if (!index) {
      tally.unknown(index.error().message);
      return;
    }
    evidence.push_back(fmt::format(
        "{} advisories, imported {}", index->advisories(),
        base::format_date(std::chrono::floor<std::chrono::days>(
            std::chrono::sys_seconds(std::chrono::seconds(index->imported_seconds()))))));
    if (wanted.max_age) judge_age(wanted, *index, context, tally);
    indexes.push_back(*index);
  }
  const Result<std::string> own = own_index(inventory);
  if (!own) {
    tally.unknown(own.error().message);
    return;
  }
  if (!own->empty()) {
    const auto index = AdvisoryIndex::open(*own);
    evidence.push_back(
        fmt::format("{} advisories in {}", index->advisories(), std::string(kOwnFolder)));
    indexes.push_back(*index);
  }
  if (indexes.empty()) {
    miss("no advisories were imported; `gate advisories import` takes OSV records");
    return;
  }
  if (!wanted.judges_packages) return;
  Matcher matcher(wanted, indexes);
  for (const LockfileEntry& entry : inventory.lockfiles()) {
    if (!is_chosen(rule, entry) || entry.is_constraint) continue;
    if (!entry.lock) {
      tally.unknown(fmt::format("{}: {}", entry.path, entry.problem));
      continue;
    }
    // Where none is known of a whole ecosystem, none was looked for.
    const bool is_known = std::any_of(
        indexes.begin(), indexes.end(),
        [&](const AdvisoryIndex& index) { return index.knows(entry.format->ecosystem); });
    if (!is_known && !entry.lock->packages.empty()) {
      miss(
          fmt::format("{}: no advisories about {} were imported; `gate advisories import` takes "
                      "OSV's records of it",
                      entry.path, names(entry.format->ecosystem).word));
      continue;
    }
    tally.judged();
    const std::string problem =
        matcher.match({rule, context, inventory, entry, *entry.lock, tally, uses});
    if (!problem.empty()) {
      tally.unknown(problem);
      return;
    }
  }
  evidence.push_back(fmt::format("{} packages matched", matcher.packages()));
}

}  // namespace gate::checks::lockfile
