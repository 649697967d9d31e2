// Whether composer.lock is what composer.json asks for: the content-hash (Composer\Package\Locker::
// getContentHash) and the requirements (getMissingRequirementInfo), as `composer validate` and
// `composer install` check them.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/hash.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/lockfiles/canonical/php_json.h"
#include "gate/readers/lockfiles/composer_names.h"
#include "gate/readers/lockfiles/sync/manifest_hash.h"
#include "gate/readers/lockfiles/sync/manifests.h"
#include "gate/readers/lockfiles/toml_fields.h"
#include "gate/readers/lockfiles/versions/composer.h"

namespace gate::readers::lockfiles {
namespace {

// The md5 of the keys that decide what is installed, sorted by name.
std::string content_hash(const Value& root) {
  constexpr std::array<std::string_view, 11> kRelevant{
      "name",    "version",           "require",       "require-dev",  "conflict", "replace",
      "provide", "minimum-stability", "prefer-stable", "repositories", "extra"};
  std::map<std::string_view, std::string> parts;
  for (const std::string_view key : kRelevant) {
    const auto value = root.find(key);
    if (!value) continue;
    append_php_json(*value, parts[key]);
  }
  if (const auto platform = at(root, {"config", "platform"});
      platform && platform->node().kind != NodeKind::null) {
    std::string& config = parts["config"];
    config = "{\"platform\":";
    append_php_json(*platform, config);
    config += '}';
  }
  std::string json = "{";
  for (const auto& [key, value] : parts) {
    if (json.size() > 1) json += ',';
    append_php_string(key, json);
    json += ':';
    json += value;
  }
  json += '}';
  return base::md5(parts.empty() ? "[]" : json);
}

class ComposerSync {
 public:
  ComposerSync(const Lockfile& lock, std::shared_ptr<const base::Source> manifest,
               const Document& document, Comparison& comparison)
      : lock_(lock),
        manifest_(std::move(manifest)),
        root_(document.root()),
        comparison_(comparison) {
    for (const Package& package : lock.packages)
      packages_.emplace(base::to_lower(package.name), &package);
    for (const Provision& provision : lock.provisions)
      provisions_.emplace(base::to_lower(provision.name), &provision);
  }

  void run() {
    check_hash();
    // A lock that was cut down to a hash has no packages to compare.
    check_requirements("require", false);
    check_requirements("require-dev", true);
  }

 private:
  void check_hash() {
    ManifestHash names{"composer.lock", "composer.json", "content-hash", "content-hash"};
    if (lock_.hash.empty()) return add_absent_hash(names, lock_, comparison_);
    // Before Composer 1.0 there was `hash`, the md5 of the whole file.
    names.key = lock_.version;
    const std::string wanted =
        names.key == "hash" ? base::md5(manifest_->text()) : content_hash(root_);
    if (lock_.hash != wanted) add_stale_hash(names, lock_, wanted, comparison_);
  }

  void check_requirements(std::string_view section, bool with_development) {
    const auto list = root_.find(section);
    if (!list || list->node().kind != NodeKind::map) return;
    for (const Value& requirement : list->children()) {
      const std::string name = base::to_lower(requirement->key);
      if (is_composer_platform(name) || requirement->kind != NodeKind::string) continue;
      if (requirement->text == "self.version") continue;
      check(name, requirement, with_development);
    }
  }

  void check(const std::string& name, const Value& requirement, bool with_development) {
    const auto constraint = ComposerConstraint::parse(requirement->text);
    if (!constraint) {
      comparison_.unknown.push_back(fmt::format("{}: `{}` is no constraint of Composer",
                                                place_text(*manifest_, requirement->span),
                                                requirement->text));
      return;
    }
    const Package* other = nullptr;
    std::string other_version;
    for (const Candidate& candidate : candidates(name, with_development)) {
      if (candidate.satisfies(*constraint)) return;
      if (other == nullptr) {
        other = candidate.package;
        other_version = candidate.version;
      }
    }
    if (other == nullptr) {
      comparison_.add(
          fmt::format("composer.json requires {} `{}`, which is not in composer.lock{}", name,
                      requirement->text,
                      with_development || !is_development_only(name) ? "" : " for production"),
          manifest_, requirement->key_span, "missing " + name, update(name));
      return;
    }
    comparison_.add(
        fmt::format(
            "composer.json requires {} `{}`, locked is {}{} ({})", name, requirement->text,
            base::to_lower(other->name) == name ? "" : std::string(other->name) + " for it, ",
            other_version, place_text(*lock_.source(), other->span)),
        manifest_, requirement->key_span, "invalid " + name, update(name));
  }

  // `composer update --lock` writes the hash anew and moves no version.
  static std::string update(const std::string& name) {
    return fmt::format("composer update {} --with-dependencies", name);
  }

  // Something that answers to a name: a package, an alias of it, or one that replaces or provides
  // it.
  struct Candidate {
    const Package* package;
    std::string version;
    bool is_constraint = false;

    [[nodiscard]] bool satisfies(const ComposerConstraint& constraint) const {
      if (is_constraint) return provides(constraint);
      const auto normal = normalize_composer(version);
      return normal && constraint.matches(*normal);
    }

   private:
    // A provided constraint is taken where one of the versions that it names is.
    [[nodiscard]] bool provides(const ComposerConstraint& constraint) const {
      if (version.empty() || version == "*" || version == "self.version") return true;
      const auto exact = normalize_composer(version);
      // A range that is provided may overlap; only an exact version can be told to be wrong.
      return !exact || constraint.matches(*exact);
    }
  };

  std::vector<Candidate> candidates(const std::string& name, bool with_development) {
    std::vector<Candidate> found;
    const auto counts = [&](const Package& package) {
      return with_development || !package.is(Package::development);
    };
    const auto [first, last] = packages_.equal_range(name);
    for (auto entry = first; entry != last; ++entry) {
      const Package& package = *entry->second;
      if (counts(package)) found.push_back({&package, std::string(package.version)});
    }
    const auto [first_of, last_of] = provisions_.equal_range(name);
    for (auto entry = first_of; entry != last_of; ++entry) {
      const Provision& provision = *entry->second;
      const Package* package = nullptr;
      if (provision.package < lock_.packages.size()) {
        package = &lock_.packages[provision.package];
      } else if (!found.empty()) {
        package = found.front().package;
      }
      if (package == nullptr || !counts(*package)) continue;
      std::string version(provision.version);
      if (version == "self.version") version = package->version;
      found.push_back({package, std::move(version), !provision.is_alias});
    }
    return found;
  }

  [[nodiscard]] bool is_development_only(const std::string& name) const {
    const auto [first, last] = packages_.equal_range(name);
    return std::any_of(first, last,
                       [](const auto& entry) { return entry.second->is(Package::development); });
  }

  const Lockfile& lock_;
  std::shared_ptr<const base::Source> manifest_;
  Value root_;
  Comparison& comparison_;
  // By name in small letters; of one name in the order of the lock.
  std::multimap<std::string, const Package*, std::less<>> packages_;
  std::multimap<std::string, const Provision*, std::less<>> provisions_;
};

}  // namespace

void sync_composer(const Lockfile& lock, const Neighbours& files, Strictness /*strictness*/,
                   Comparison& comparison) {
  const std::shared_ptr<const base::Source> manifest =
      load_text(files, "composer.json", comparison);
  if (!manifest) return;
  // Composer itself refuses a byte order mark.
  if (manifest->text().starts_with("\xEF\xBB\xBF")) {
    comparison.unknown.emplace_back("composer.json begins with a byte order mark");
    return;
  }
  const auto document = parse_json(manifest);
  if (!document) {
    comparison.unknown.push_back("composer.json: " + document.error().message);
    return;
  }
  comparison.manifests.push_back(manifest->name());
  ComposerSync(lock, manifest, **document, comparison).run();
}

}  // namespace gate::readers::lockfiles
