// package-lock.json and npm-shrinkwrap.json, lockfileVersion 1 to 3
// (npm help package-lock.json).
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "gate/base/words.h"
#include "gate/readers/formats/json_scanner.h"
#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/npm_spec.h"

namespace gate::readers::lockfiles {
namespace {

constexpr std::string_view kModules = "node_modules/";

// Returns the name under which a place of the tree is installed: what follows its last
// `node_modules/`; of a folder of the repository its own name.
std::string_view installed_name(std::string_view key) {
  const std::size_t modules = key.rfind(kModules);
  if (modules != std::string_view::npos) return key.substr(modules + kModules.size());
  return key.substr(key.rfind('/') + 1);  // npos + 1 is 0
}

bool is_folder_key(std::string_view key) { return key.find(kModules) == std::string_view::npos; }

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : lock_(std::make_shared<Lockfile>(std::move(source))),
        json_(lock_->text(), lock_->texts()) {}

  ReadResult run() {
    lock_->ecosystem = Ecosystem::npm;
    lock_->format = kNpm.name;
    Project root;
    bool has_packages = false;
    Tree tree;
    const bool is_map = json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "lockfileVersion") {
        lock_->version = json_.word().value_or("");
      } else if (key.name == "name") {
        root.span = key.span;
        root.name = json_.text().value_or("");
      } else if (key.name == "version") {
        root.version = json_.text().value_or("");
      } else if (key.name == "packages" && json_.kind() == NodeKind::map) {
        has_packages = true;
        read_packages();
      } else if (key.name == "dependencies" && json_.kind() == NodeKind::map && !has_packages) {
        read_tree("", tree);
      }
    });
    if (const std::string& problem = json_.finish(); !problem.empty()) return Error{problem};
    if (!is_map) return Error{"line 1, column 1: a package-lock.json is a map"};
    // A lock of version 2 holds both; the tree is there for npm 6 only.
    if (!has_packages) {
      lock_->packages = std::move(tree.packages);
      lock_->projects.push_back(root);
    }
    return std::shared_ptr<const Lockfile>(std::move(lock_));
  }

 private:
  struct Tree {
    std::vector<Package> packages;
  };
  struct Entry {
    Package package;
    bool link = false;
    std::string_view name;  // where it differs from the key's
    std::vector<Requirement> requirements;
    std::vector<std::string_view> optional_peers;
    std::vector<std::string_view> bundled;
    bool bundles_all = false;

    // Makes it that of the next package; the lists keep their memory.
    void reset() {
      package = {};
      link = false;
      name = {};
      requirements.clear();
      optional_peers.clear();
      bundled.clear();
      bundles_all = false;
    }
  };

  // Makes room for as many packages as a text of this length has at most, as a rule.
  void reserve() {
    constexpr std::size_t kBytesOfPackage = 256;
    constexpr std::size_t kMost = std::size_t{1} << 16;
    const std::size_t count = std::min(lock_->text().size() / kBytesOfPackage, kMost);
    lock_->packages.reserve(count);
    lock_->strings.reserve(count);
    lock_->all_requirements.reserve(count * 2);
  }

  void read_packages() {
    reserve();
    Entry entry;
    json_.members([&](const JsonScanner::Key& key) {
      if (json_.kind() != NodeKind::map) {
        lock_->problems.push_back({"the entry is no map", key.span});
        return;
      }
      entry.reset();
      json_.members([&](const JsonScanner::Key& field) { read_field(entry, field); });
      add_entry(key, entry);
    });
  }

  void read_field(Entry& entry, const JsonScanner::Key& field) {
    Package& package = entry.package;
    const std::string_view name = field.name;
    if (name == "version") {
      package.version = json_.text().value_or("");
    } else if (name == "resolved") {
      package.location = json_.text().value_or("");
    } else if (name == "integrity") {
      add_hashes(package, json_.text().value_or(""));
    } else if (const std::optional<Need> need = npm_section(name)) {
      read_requirements(entry, *need);
    } else if (name == "peerDependenciesMeta") {
      read_optional_peers(entry);
    } else if (name == "bundleDependencies" || name == "bundledDependencies") {
      read_bundled(entry);
    } else if (name == "engines") {
      read_engines(entry);
    } else if (name == "license" || name == "licenses") {
      read_licenses(package);
    } else if (name == "name") {
      entry.name = json_.text().value_or("");
    } else if (name == "deprecated") {
      package.notice = json_.text().value_or("");
      package.set(Package::abandoned);
    } else if (name == "link") {
      entry.link = json_.boolean().value_or(false);
    } else if (name == "os" || name == "cpu" || name == "libc") {
      package.set(Package::foreign_platform);
    } else {
      package.flags |= read_flag(name);
    }
  }

  std::uint16_t read_flag(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::uint16_t>, 7> kFlags{{
        {"dev", Package::development},
        {"optional", Package::optional},
        // Development needs it, and so does something optional of production.
        {"devOptional", Package::optional},
        {"inBundle", Package::bundled},
        {"bundled", Package::bundled},
        {"hasInstallScript", Package::install_script},
        {"extraneous", 0},
    }};
    for (const auto& [flag, value] : kFlags) {
      if (flag == name) return json_.boolean().value_or(false) ? value : std::uint16_t{0};
    }
    return 0;
  }

  void read_requirements(Entry& entry, Need need) {
    json_.members([&](const JsonScanner::Key& key) {
      if (const auto range = json_.text())
        entry.requirements.push_back({key.name, *range, need, key.span});
    });
  }

  void read_optional_peers(Entry& entry) {
    json_.members([&](const JsonScanner::Key& peer) {
      json_.members([&](const JsonScanner::Key& key) {
        if (key.name == "optional" && json_.boolean().value_or(false))
          entry.optional_peers.push_back(peer.name);
      });
    });
  }

  // A list of names, or `true` for all of `dependencies`.
  void read_bundled(Entry& entry) {
    if (json_.kind() != NodeKind::list) {
      entry.bundles_all = json_.boolean().value_or(false);
      return;
    }
    json_.items([&] {
      if (const auto name = json_.text()) entry.bundled.push_back(*name);
    });
  }

  // A map; old packages have a list.
  void read_engines(Entry& entry) {
    json_.members([&](const JsonScanner::Key& key) {
      if (key.name != "node") return;
      if (const auto range = json_.text())
        entry.requirements.push_back({key.name, *range, Need::platform, key.span});
    });
  }

  // A text, {type: text}, or a list of either.
  void read_licenses(Package& package) {
    package.licenses = {static_cast<std::uint32_t>(lock_->strings.size()), 0};
    const auto add = [&](std::optional<std::string_view> text) {
      if (!text) return;
      lock_->strings.push_back(*text);
      ++package.licenses.count;
    };
    const auto read_one = [&] {
      if (json_.kind() == NodeKind::map) {
        json_.members([&](const JsonScanner::Key& key) {
          if (key.name == "type") add(json_.text());
        });
      } else {
        add(json_.text());
      }
    };
    if (json_.kind() == NodeKind::list) {
      json_.items(read_one);
    } else {
      read_one();
    }
  }

  void add_hashes(Package& package, std::string_view integrity) {
    package.hashes = {static_cast<std::uint32_t>(lock_->strings.size()), 0};
    if (!integrity.empty() && integrity.find(' ') == std::string_view::npos) {
      lock_->strings.push_back(integrity);
      package.hashes.count = 1;
      return;
    }
    base::for_each_word(integrity, [&](std::string_view word) {
      lock_->strings.push_back(word);
      ++package.hashes.count;
    });
  }

  void add_entry(const JsonScanner::Key& key, Entry& entry) {
    for (Requirement& requirement : entry.requirements) {
      const bool is_optional_peer =
          requirement.need == Need::peer &&
          std::find(entry.optional_peers.begin(), entry.optional_peers.end(), requirement.name) !=
              entry.optional_peers.end();
      if (is_optional_peer) requirement.need = Need::optional_peer;
      requirement.is_bundled =
          entry.bundles_all || std::find(entry.bundled.begin(), entry.bundled.end(),
                                         requirement.name) != entry.bundled.end();
    }
    Package& package = entry.package;
    package.requirements = lock_->add_requirements(entry.requirements);
    package.key = key.name;
    package.span = key.span;
    package.name = entry.name.empty() ? installed_name(key.name) : entry.name;
    if (key.name.empty() || (is_folder_key(key.name) && !entry.link)) {
      lock_->projects.push_back(
          {key.name, package.name, package.version, package.requirements, {}, key.span});
    }
    if (key.name.empty()) return;
    if (entry.link) {
      // The folder has an entry of its own; this is the door to it.
      lock_->links.push_back({key.name, package.location, key.span});
      return;
    }
    if (is_folder_key(key.name)) {
      package.set(Package::local);
      package.source = Source::path;
      if (package.location.empty()) package.location = key.name;
    } else {
      set_source(package, package.location);
    }
    lock_->packages.push_back(package);
  }

  static void set_source(Package& package, std::string_view location) {
    const NpmSpec spec = parse_npm_location(location);
    package.source = spec.source;
    package.commit = spec.commit;
  }

  // The tree of npm 5 and 6; `above` is the place of the packages around it.
  void read_tree(std::string_view above, Tree& tree) {
    json_.members([&](const JsonScanner::Key& key) {
      if (json_.kind() != NodeKind::map) {
        lock_->problems.push_back({"the entry is no map", key.span});
        return;
      }
      Entry entry;
      Package& package = entry.package;
      package.key = lock_->keep(std::string(above) + std::string(kModules) + std::string(key.name));
      package.span = key.span;
      package.name = key.name;
      // Packages stand before those inside them.
      const std::size_t index = tree.packages.size();
      tree.packages.emplace_back();
      json_.members([&](const JsonScanner::Key& field) {
        if (field.name == "requires") {
          read_requirements(entry, Need::production);
        } else if (field.name == "dependencies") {
          read_tree(lock_->keep(std::string(package.key) + "/"), tree);
        } else {
          read_field(entry, field);
        }
      });
      package.requirements = lock_->add_requirements(entry.requirements);
      set_tree_version(package);
      tree.packages[index] = package;
    });
  }

  // In the tree `version` is a version, "npm:real@1.2.3", or an address.
  static void set_tree_version(Package& package) {
    if (const auto alias = split_npm_alias(package.version)) {
      package.name = alias->name;
      package.version = alias->range;
    }
    const NpmSpec spec = parse_npm_location(package.version);
    if (!spec.is_address) {
      set_source(package, package.location);
      return;
    }
    package.location = package.version;
    package.version = {};
    package.source = spec.source;
    package.commit = spec.commit;
    if (spec.source == Source::path) package.set(Package::local);
  }

  std::shared_ptr<Lockfile> lock_;
  JsonScanner json_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  return Reader(std::move(source)).run();
}

constexpr std::array<std::string_view, 2> kLocks{"package-lock.json", "npm-shrinkwrap.json"};
constexpr std::array<std::string_view, 1> kManifests{"package.json"};

}  // namespace

const Format kNpm{"npm", Ecosystem::npm, "npm install", kLocks, kManifests, read, sync_npm};

}  // namespace gate::readers::lockfiles
