// composer.lock (getcomposer.org/doc/01-basic-usage.md; Composer\Package\Locker).
#include <array>
#include <string>
#include <utility>

#include "gate/readers/formats/json_scanner.h"
#include "gate/readers/lockfiles/formats.h"

namespace gate::readers::lockfiles {
namespace {

// The version that stands for a branch without a number of its own (Composer's VersionParser).
constexpr std::string_view kDefaultBranch = "9999999-dev";

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : lock_(std::make_shared<Lockfile>(std::move(source))),
        json_(lock_->text(), lock_->texts()) {}

  ReadResult run() {
    lock_->ecosystem = Ecosystem::packagist;
    lock_->format = kComposer.name;
    bool has_packages = false;
    const bool is_map = json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "content-hash" || (key.name == "hash" && lock_->hash.empty())) {
        lock_->version = key.name;
        lock_->hash = json_.text().value_or("");
        lock_->hash_span = key.span;
      } else if (key.name == "packages") {
        has_packages = json_.kind() == NodeKind::list;
        read_packages(0);
      } else if (key.name == "packages-dev") {
        read_packages(Package::development);
      } else if (key.name == "aliases") {
        json_.items([&] { read_alias(); });
      } else if (key.name == "platform" || key.name == "platform-overrides") {
        read_settings(key.name);
      } else if (key.name == "minimum-stability") {
        lock_->add_setting(std::array{key.name}, json_.text().value_or(""), key.span);
      }
    });
    if (const std::string& problem = json_.finish(); !problem.empty()) return Error{problem};
    if (!is_map) return Error{"line 1, column 1: a composer.lock is a map"};
    if (!has_packages) lock_->problems.push_back({"the list `packages` is missing", {}});
    return std::shared_ptr<const Lockfile>(std::move(lock_));
  }

 private:
  void read_packages(std::uint16_t flags) {
    json_.items([&] {
      const std::uint32_t begin = json_.offset();
      Package package;
      package.flags = flags;
      package.span = {begin, begin + 1};
      aliases_.clear();
      const bool is_map =
          json_.members([&](const JsonScanner::Key& key) { read_field(package, key); });
      if (!is_map || package.name.empty()) {
        lock_->problems.push_back({"a package has no name", {begin, begin + 1}});
        return;
      }
      for (const auto& [branch, alias] : aliases_) {
        if (branch == package.version) add_provision(package.name, alias, true);
      }
      lock_->packages.push_back(package);
    });
  }

  void read_field(Package& package, const JsonScanner::Key& key) {
    const std::string_view name = key.name;
    if (name == "name") {
      package.span.begin = json_.offset();
      package.name = json_.text().value_or("");
      package.key = package.name;
      package.span.end = package.span.begin + static_cast<std::uint32_t>(package.name.size()) + 2;
    } else if (name == "version") {
      package.version = json_.text().value_or("");
    } else if (name == "source") {
      read_source(package);
    } else if (name == "dist") {
      read_dist(package);
    } else if (name == "require") {
      read_requirements(package);
    } else if (name == "replace" || name == "provide") {
      json_.members([&](const JsonScanner::Key& other) {
        if (const auto version = json_.text()) add_provision(other.name, *version, false);
      });
    } else if (name == "license") {
      read_licenses(package);
    } else if (name == "time") {
      package.released = json_.text().value_or("");
    } else if (name == "abandoned") {
      read_abandoned(package);
    } else if (name == "extra") {
      read_extra();
    } else if (name == "default-branch") {
      if (json_.boolean().value_or(false)) add_provision(package.name, kDefaultBranch, true);
    } else if (name == "type") {
      // Plugins and installers run while Composer installs.
      const std::string_view type = json_.text().value_or("");
      if (type == "composer-plugin" || type == "composer-installer")
        package.set(Package::install_script);
    }
  }

  void read_source(Package& package) {
    std::string_view url;
    std::string_view reference;
    json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "url") url = json_.text().value_or("");
      if (key.name == "reference") reference = json_.text().value_or("");
    });
    package.commit = reference;
    if (package.location.empty()) package.location = url;
  }

  void read_dist(Package& package) {
    std::string_view type;
    std::string_view shasum;
    json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "type") type = json_.text().value_or("");
      if (key.name == "url") package.location = json_.text().value_or("");
      if (key.name == "shasum") shasum = json_.text().value_or("");
      if (key.name == "reference" && package.commit.empty())
        package.commit = json_.text().value_or("");
    });
    if (type == "path") {
      package.source = Source::path;
      package.set(Package::local);
    }
    if (shasum.empty()) return;
    const std::string_view hash = lock_->keep("sha1:" + std::string(shasum));
    package.hashes = lock_->add_strings({&hash, 1});
  }

  void read_requirements(Package& package) {
    std::vector<Requirement> requirements;
    json_.members([&](const JsonScanner::Key& key) {
      if (const auto range = json_.text())
        requirements.push_back({key.name, *range, Need::production, key.span});
    });
    package.requirements = lock_->add_requirements(requirements);
  }

  void read_licenses(Package& package) {
    std::vector<std::string_view> licenses;
    const auto read_one = [&] {
      if (const auto text = json_.text()) licenses.push_back(*text);
    };
    if (json_.kind() == NodeKind::list) {
      json_.items(read_one);
    } else {
      read_one();
    }
    package.licenses = lock_->add_strings(licenses);
  }

  // true, or the name of what to take instead.
  void read_abandoned(Package& package) {
    if (json_.kind() == NodeKind::string) {
      package.notice = json_.text().value_or("");
      package.set(Package::abandoned);
    } else if (json_.boolean().value_or(false)) {
      package.set(Package::abandoned);
    }
  }

  void read_extra() {
    json_.members([&](const JsonScanner::Key& key) {
      if (key.name != "branch-alias") return;
      json_.members([&](const JsonScanner::Key& branch) {
        if (const auto alias = json_.text()) aliases_.emplace_back(branch.name, *alias);
      });
    });
  }

  // An alias of the root: `"require": {"a/b": "dev-main as 1.0.0"}`.
  void read_alias() {
    std::string_view name;
    std::string_view alias;
    json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "package") name = json_.text().value_or("");
      if (key.name == "alias") alias = json_.text().value_or("");
    });
    if (!name.empty()) lock_->provisions.push_back({kNoPackage, name, alias, true});
  }

  void read_settings(std::string_view section) {
    json_.members([&](const JsonScanner::Key& key) {
      if (const auto value = json_.text())
        lock_->add_setting(std::array{section, key.name}, *value, key.span);
    });
  }

  void add_provision(std::string_view name, std::string_view version, bool is_alias) {
    lock_->provisions.push_back(
        {static_cast<std::uint32_t>(lock_->packages.size()), name, version, is_alias});
  }

  std::shared_ptr<Lockfile> lock_;
  JsonScanner json_;
  std::vector<std::pair<std::string_view, std::string_view>> aliases_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  return Reader(std::move(source)).run();
}

constexpr std::array<std::string_view, 1> kLocks{"composer.lock"};
constexpr std::array<std::string_view, 1> kManifests{"composer.json"};

}  // namespace

const Format kComposer{"composer",   Ecosystem::packagist, "composer update --lock",
                       kLocks,       kManifests,           read,
                       sync_composer};

}  // namespace gate::readers::lockfiles
