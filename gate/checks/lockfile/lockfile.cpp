// Kind `lockfile`: which packages are locked, whether the lock is true, and where they come from.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/checks/kinds.h"
#include "gate/checks/lockfile/judge.h"
#include "gate/readers/lockfiles/spdx_ids.h"

namespace gate::checks::lockfile {
namespace {

using policy::TableReader;
using readers::lockfiles::Ecosystem;
using readers::lockfiles::Severity;
using readers::lockfiles::Source;
using readers::lockfiles::Strictness;

class LockfileCheck final : public Check {
 public:
  explicit LockfileCheck(LockfileRule rule) : rule_(std::move(rule)) {}

  [[nodiscard]] Answer run(const Context& context) const override { return judge(rule_, context); }

 private:
  LockfileRule rule_;
};

std::vector<Ecosystem> read_ecosystems(TableReader& table) {
  std::vector<std::string_view> words;
  for (const Ecosystem ecosystem : readers::lockfiles::ecosystems())
    words.push_back(names(ecosystem).word);
  std::vector<Ecosystem> ecosystems;
  const std::vector<std::string> texts = table.texts("ecosystems");
  for (std::size_t index = 0; index < texts.size(); ++index) {
    if (const auto known = readers::lockfiles::from_word(texts[index])) {
      ecosystems.push_back(*known);
    } else {
      table.complain("ecosystems", index, fmt::format("`{}` is no ecosystem", texts[index]),
                     base::suggest(texts[index], words));
    }
  }
  return ecosystems;
}

// Reads a list of words of which each must be known.
template <std::size_t Count>
std::vector<std::size_t> read_words(TableReader& table, std::string_view key,
                                    const std::array<std::string_view, Count>& known) {
  std::vector<std::size_t> indexes;
  const std::vector<std::string> texts = table.texts(key);
  for (std::size_t index = 0; index < texts.size(); ++index) {
    const auto found = std::find(known.begin(), known.end(), texts[index]);
    if (found == known.end()) {
      table.complain(key, index, fmt::format("`{}` is none that `{}` knows", texts[index], key),
                     base::suggest(texts[index], known));
    } else {
      indexes.push_back(static_cast<std::size_t>(found - known.begin()));
    }
  }
  return indexes;
}

std::vector<Ban> read_bans(TableReader& table) {
  std::vector<Ban> bans;
  if (!table.has("deny")) return bans;
  for (TableReader& entry : table.tables("deny")) {
    auto name = read_name(entry, "name");
    std::string versions = entry.text("versions");
    std::string reason = entry.text("reason");
    std::string use = entry.text("use");
    std::vector<NamePattern> wrappers = read_names(entry, "wrappers");
    entry.finish();
    if (name) {
      bans.push_back({*std::move(name), std::move(versions), std::move(reason), std::move(use),
                      std::move(wrappers)});
    }
  }
  return bans;
}

// Reads SPDX identifiers, "GPL-2.0-only WITH Classpath-exception-2.0" allowed.
std::vector<std::string> read_licenses(TableReader& table, std::string_view key) {
  std::vector<std::string> licenses = table.texts(key);
  for (std::size_t index = 0; index < licenses.size(); ++index) {
    const std::string& text = licenses[index];
    const std::string id = text.substr(0, text.find(" WITH "));
    if (!readers::lockfiles::spdx_license(id).empty() || text.starts_with("LicenseRef-")) continue;
    const std::string_view nearest = base::did_you_mean(id, readers::lockfiles::spdx_licenses());
    table.complain(key, index, fmt::format("`{}` is no licence of the SPDX list", text),
                   nearest.empty() ? "spdx.org/licenses lists them"
                                   : fmt::format("did you mean `{}`?", nearest));
  }
  return licenses;
}

std::vector<AllowedHost> read_hosts(TableReader& table) {
  constexpr std::string_view kPublic = "public";
  std::vector<AllowedHost> hosts;
  const std::vector<std::string> texts = table.texts("hosts");
  for (std::size_t index = 0; index < texts.size(); ++index) {
    if (texts[index] == kPublic) {
      hosts.push_back({texts[index], std::nullopt});
      continue;
    }
    Result<base::Glob> glob = base::Glob::compile(texts[index]);
    if (glob) {
      hosts.push_back({texts[index], *std::move(glob)});
    } else {
      table.complain("hosts", index,
                     fmt::format("`{}` is no glob: {}", texts[index], glob.error().message));
    }
  }
  return hosts;
}

constexpr std::array<std::string_view, 2> kUnknown{"fail", "ignore"};

std::optional<LicenseRule> read_license_rule(TableReader& table) {
  std::optional<TableReader> own = table.table("licenses");
  if (!own) return std::nullopt;
  LicenseRule rule;
  rule.allow = read_licenses(*own, "allow");
  rule.deny = read_licenses(*own, "deny");
  rule.unknown_fails = own->one_of("unknown", kUnknown, 0) == 0;
  if (own->has("exceptions")) {
    for (TableReader& entry : own->tables("exceptions")) {
      auto name = read_name(entry, "name");
      std::vector<std::string> allow = read_licenses(entry, "allow");
      entry.finish();
      if (name) rule.exceptions.push_back({*std::move(name), std::move(allow)});
    }
  }
  if (own->has("clarify")) {
    for (TableReader& entry : own->tables("clarify")) {
      auto name = read_name(entry, "name");
      const std::string text = entry.required_text("license");
      (void)entry.required_text("reason");
      const std::string versions = entry.text("versions");
      auto license = readers::lockfiles::LicenseExpression::parse(text);
      if (!license && !text.empty())
        entry.complain("license", fmt::format("`{}` is no SPDX expression", text));
      entry.finish();
      if (name && license)
        rule.clarify.push_back({*std::move(name), versions, *std::move(license)});
    }
  }
  own->require_one_of({"allow", "deny", "unknown"});
  own->finish();
  return rule;
}

std::optional<AdvisoryRule> read_advisory_rule(TableReader& table) {
  constexpr std::array<std::string_view, 4> kSeverities{"low", "medium", "high", "critical"};
  constexpr std::array kValues{Severity::low, Severity::medium, Severity::high, Severity::critical};
  constexpr std::array<std::string_view, 4> kUnrated{"fail", "ignore", "only", "warn"};
  constexpr std::array<std::string_view, 2> kMissing{"error", "skip"};
  std::optional<TableReader> own = table.table("advisories");
  if (!own) return std::nullopt;
  AdvisoryRule rule;
  if (own->has("severity_at_least"))
    rule.at_least = kValues[own->one_of("severity_at_least", kSeverities, 0)];
  if (own->has("severity_at_most"))
    rule.at_most = kValues[own->one_of("severity_at_most", kSeverities, 3)];
  if (rule.at_least > rule.at_most)
    own->complain("severity_at_most", "`severity_at_most` is less than `severity_at_least`");
  rule.unrated = static_cast<AdvisoryRule::Unrated>(own->one_of("unknown_severity", kUnrated, 0));
  rule.missing_is_fine = own->one_of("missing", kMissing, 0) == 1;
  if (own->has("max_age")) {
    rule.max_age = own->duration("max_age", std::chrono::days(7));
    // A rule about the age alone says nothing of packages.
    rule.judges_packages = own->has("severity_at_least") || own->has("severity_at_most") ||
                           own->has("unknown_severity");
  }
  own->finish();
  return rule;
}

std::unique_ptr<Check> make(const policy::RuleHead& head, TableReader& table) {
  constexpr std::array<std::string_view, 2> kStrictness{"tool", "exact"};
  constexpr std::array<std::string_view, 3> kHashes{"present", "well-formed", "strong"};
  constexpr std::array<std::string_view, 4> kSources{"registry", "git", "url", "path"};
  LockfileRule rule;
  rule.is_shipped = !head.pack.empty();
  rule.paths = table.globs("paths");
  rule.ecosystems = read_ecosystems(table);
  rule.production = table.boolean("production", false);
  rule.readable = table.boolean("readable", false);
  rule.present = table.boolean("present", false);
  rule.single = table.boolean("single", false);
  rule.not_empty = table.boolean("not_empty", false);
  if (table.has("sync")) rule.sync = static_cast<Strictness>(table.one_of("sync", kStrictness, 0));
  rule.pinned = table.boolean("pinned", false);
  rule.no_wildcards = table.boolean("no_wildcards", false);
  for (const std::size_t index : read_words(table, "hashes", kHashes))
    rule.hashes.emplace_back(kHashes[index]);
  for (const std::size_t index : read_words(table, "sources", kSources))
    rule.sources.push_back(static_cast<Source>(index));
  rule.hosts = read_hosts(table);
  rule.schemes = table.texts("schemes");
  rule.fitting_address = table.boolean("fitting_address", false);
  rule.deny = read_bans(table);
  rule.max_versions = table.optional_integer("max_versions", 1, 1000);
  rule.max_versions_of = read_names(table, "max_versions_of");
  rule.licenses = read_license_rule(table);
  rule.maintained = table.boolean("maintained", false);
  if (table.has("install_scripts")) {
    // A list of names that may run them; an empty one allows none.
    rule.install_scripts = read_names(table, "install_scripts");
  }
  if (table.has("min_age")) rule.min_age = table.duration("min_age", std::chrono::days(7));
  rule.platform = table.text_map("platform");
  rule.declared_extensions = table.boolean("declared_extensions", false);
  rule.fitting_images = table.boolean("fitting_images", false);
  rule.advisories = read_advisory_rule(table);
  table.require_one_of(
      {"readable",   "present",         "single",  "not_empty",    "sync",
       "pinned",     "no_wildcards",    "hashes",  "sources",      "hosts",
       "schemes",    "fitting_address", "deny",    "max_versions", "licenses",
       "maintained", "install_scripts", "min_age", "platform",     "declared_extensions",
       "advisories", "fitting_images"});
  return std::make_unique<LockfileCheck>(std::move(rule));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"paths", "globs", "the lockfiles that the rule is about; all where it is absent"},
    {"ecosystems", "list of npm, composer, pypi, rubygems, go, cargo, maven",
     "only lockfiles of these; all where it is absent"},
    {"production", "true or false", "packages that only development needs are left out"},
    {"readable", "true or false",
     "a lockfile that cannot be read, or parts of it, is a finding; an unresolved merge conflict "
     "too"},
    {"present", "true or false",
     "a manifest that asks for packages has a lockfile, beside it or in a folder above"},
    {"single", "true or false", "no two package managers have a lockfile in the same folder"},
    {"not_empty", "true or false",
     "a lockfile without packages is a finding where its manifest asks for some"},
    {"sync", "`tool` or `exact`",
     "lockfile and manifest agree: so far that the package manager itself installs it frozen, or "
     "without any difference"},
    {"pinned", "true or false", "each requirement of a requirements.txt is tied to one version"},
    {"no_wildcards", "true or false", "no manifest asks for any version (`*`, `latest`)"},
    {"hashes", "list of `present`, `well-formed`, `strong`",
     "each package has a hash (a commit where it comes from a repository), one of the right form, "
     "one that cannot be forged"},
    {"sources", "list of `registry`, `git`, `url`, `path`", "where packages may come from"},
    {"hosts", "list of globs",
     "hosts that packages may come from; `public` stands for the ecosystem's public registries"},
    {"schemes", "list of texts", "schemes of addresses that are allowed: `https`, `git+ssh`"},
    {"fitting_address", "true or false",
     "the address of an archive names the package and version that the lock says it is"},
    {"deny", "list of tables",
     "packages that must not be there: `name` (a glob), `versions`, `reason`, `use`, `wrappers` "
     "(packages that may ask for it)"},
    {"max_versions", "integer", "no package is there in more versions"},
    {"max_versions_of", "names or globs of names",
     "the packages that `max_versions` is about; all where it is absent"},
    {"licenses", "table",
     "`allow` and `deny` (SPDX identifiers), `unknown` (`fail` or `ignore`), `exceptions` (`name`, "
     "`allow`), `clarify` (`name`, `versions`, `license`, `reason`)"},
    {"maintained", "true or false",
     "no package is abandoned or deprecated, as far as the lock says so; which releases a registry "
     "took back (yanked) stands in no lockfile: `deny` names those that a team knows of"},
    {"install_scripts", "names or globs of names",
     "packages that may run code of their own while they are installed; an empty list allows none"},
    {"min_age", "duration",
     "no package is younger: \"7d\"; where the lock keeps no dates (npm, pnpm, yarn, bun) the "
     "package "
     "manager's own setting is asked for"},
    {"platform", "table of texts",
     "what production has: `php = \"8.3.0\"`, `node = \"22.11.0\"`, `ext-intl = \"*\"`; a package "
     "that needs more is a finding"},
    {"declared_extensions", "true or false",
     "composer.json requires every PHP extension that a package of production needs"},
    {"fitting_images", "true or false",
     "the images `php` and `node` on which the Dockerfiles build are as new as packages need"},
    {"advisories", "table",
     "known holes: `severity_at_least`, `severity_at_most`, `unknown_severity` (`fail`, `warn`, "
     "`ignore`, `only`), `missing` (`error` or `skip`: what it means that none were imported), "
     "`max_age` of "
     "the data"},
});
constexpr std::array kStages{policy::Stage::push, policy::Stage::ci, policy::Stage::deploy};

}  // namespace
}  // namespace gate::checks::lockfile

namespace gate::checks {

const Kind kLockfile{
    "lockfile",
    "packages: whether lockfiles agree with their manifests, hashes, where packages come from, "
    "bans, licences, abandoned packages and known holes",
    Kind::nothing,
    lockfile::kStages,
    lockfile::kKeys,
    lockfile::make};

}  // namespace gate::checks
