// What `npm ci` refuses (npm 11: lib/utils/validate-lockfile.js, and what arborist finds wrong with
// an edge: lib/edge.js, lib/dep-valid.js).
#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/npm_spec.h"
#include "gate/readers/lockfiles/npm_tree.h"
#include "gate/readers/lockfiles/sync/manifests.h"
#include "gate/readers/lockfiles/versions/npm_range.h"

namespace gate::readers::lockfiles {
namespace {

constexpr std::size_t kCommitDigits = 40;

using Node = NpmTree::Node;

// "git+ssh://git@host/o/r.git#x" as "host/o/r".
std::string repository_id(std::string_view address) {
  address = address.substr(0, address.find('#'));
  if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos) {
    address = address.substr(scheme + 3);
  } else if (const std::size_t colon = address.find(':'); colon != std::string_view::npos) {
    const std::string_view host = address.substr(0, colon);
    const std::string_view path = address.substr(colon + 1);
    const std::string full(host == "github"      ? "github.com"
                           : host == "gitlab"    ? "gitlab.com"
                           : host == "bitbucket" ? "bitbucket.org"
                                                 : host);
    return repository_id("x://" + full + "/" + std::string(path));
  } else {
    return repository_id("x://github.com/" + std::string(address));
  }
  if (const std::size_t user = address.find('@'); user < address.find('/'))
    address = address.substr(user + 1);
  std::string id(address);
  std::replace(id.begin(), id.end(), ':', '/');
  constexpr std::string_view kArchive = "codeload.github.com/";
  if (id.starts_with(kArchive)) {
    // codeload.github.com/OWNER/REPOSITORY/tar.gz/COMMIT
    id = "github.com/" + id.substr(kArchive.size());
    id = id.substr(0, id.find("/tar.gz/"));
  }
  if (id.ends_with(".git")) id.resize(id.size() - 4);
  return base::to_lower(id);
}

class NpmSync {
 public:
  NpmSync(const Lockfile& lock, const Neighbours& files, Strictness strictness,
          Comparison& comparison)
      : lock_(lock), files_(files), strictness_(strictness), comparison_(comparison), tree_(lock) {}

  void run() {
    const auto root = read_manifest("package.json");
    if (!root) return;
    root_ = root.get();
    read_npmrc();
    check_overrides();
    check_manifest(*root, "");
    if (strictness_ == Strictness::exact) check_copy(*root);
    check_workspaces();
    for (const Package& package : lock_.packages)
      check_package(package);
  }

 private:
  // What is asked for, by whom, and where that is written.
  struct Edge {
    const Requirement* requirement;
    std::string_view from;           // key of who asks, "" for the root
    const Package* asker = nullptr;  // null: a manifest
    std::shared_ptr<const base::Source> source;
  };

  std::unique_ptr<const PackageJson> read_manifest(const std::string& path) {
    return load_package_json(files_, path, comparison_);
  }

  void read_npmrc() {
    const auto source = files_.read(".npmrc");
    if (!source || !*source) return;
    base::for_each_line((*source)->text(), [&](std::string_view line) {
      const base::Halves halves = base::split_once(line, "=");
      if (base::trim(halves.before) == "legacy-peer-deps" && base::trim(halves.behind) == "true")
        no_peers_ = true;
    });
  }

  // An override of what the root itself asks for must say the same (EOVERRIDE).
  void check_overrides() {
    for (const Override& entry : root_->overrides) {
      const std::string_view name = split_npm_descriptor(entry.path.back()).name;
      if (entry.path.size() != 1) {
        const std::string_view inner =
            name == "." ? split_npm_descriptor(entry.path[entry.path.size() - 2]).name : name;
        nested_.insert(inner);
        continue;
      }
      std::string_view spec = entry.spec;
      if (spec.starts_with('$')) {
        spec = spec_of_root(spec.substr(1));
        if (spec.empty()) continue;
      }
      overrides_[name] = spec;
      for (const Need need : {Need::production, Need::development, Need::optional}) {
        const Requirement* own = root_->find(name, need);
        if (own == nullptr || own->range == spec) continue;
        comparison_.add(
            fmt::format("`overrides` sets {} to `{}`, `{}` asks for `{}` itself: npm refuses both",
                        name, spec, need == Need::development ? "devDependencies" : "dependencies",
                        own->range),
            root_->source, entry.span, fmt::format("override {}", name));
      }
    }
  }

  std::string_view spec_of_root(std::string_view name) const {
    for (const Need need : {Need::production, Need::development, Need::optional, Need::peer}) {
      if (const Requirement* own = root_->find(name, need)) return own->range;
    }
    return {};
  }

  void check_manifest(const PackageJson& package, std::string_view folder) {
    for (const Requirement& requirement : package.requirements) {
      if (is_replaced(package.requirements, requirement)) continue;
      const bool bundled = std::find(package.bundled.begin(), package.bundled.end(),
                                     requirement.name) != package.bundled.end();
      check_edge({&requirement, folder, nullptr, package.source}, bundled);
    }
  }

  void check_workspaces() {
    if (root_->workspaces.empty()) return;
    for (const std::string& folder :
         workspace_folders(root_->workspaces, files_.folders_with("package.json"))) {
      const auto member = read_manifest(folder + "/package.json");
      if (!member) continue;
      const std::string_view name = member->name.empty()
                                        ? std::string_view(folder).substr(folder.rfind('/') + 1)
                                        : member->name;
      const Node* door = tree_.find(std::string(kNodeModules) + std::string(name));
      const bool linked = door != nullptr && door->link != nullptr && door->link->target == folder;
      if (tree_.find(folder) == nullptr || !linked) {
        comparison_.add(fmt::format("the workspace `{}` ({}) is not in {}", folder, name,
                                    file_name(lock_.path())),
                        member->source, member->name_span, fmt::format("workspace {}", folder));
        continue;
      }
      check_manifest(*member, folder);
    }
  }

  void check_package(const Package& package) {
    // What a workspace asks for stands in its own package.json.
    const bool is_folder = package.key.find(kNodeModules) == std::string_view::npos;
    if (is_folder && is_member(package.key)) return;
    for (const Requirement& requirement : lock_.requirements(package.requirements)) {
      if (requirement.need == Need::development || requirement.need == Need::platform) continue;
      if (is_replaced(lock_.requirements(package.requirements), requirement)) continue;
      check_edge({&requirement, package.key, &package, lock_.source()}, requirement.is_bundled);
    }
  }

  // Of a name in several sections npm keeps the one that it reads last (Arborist, Node._loadDeps).
  static int place_of(Need need) {
    switch (need) {
      case Need::peer:
        return 0;
      case Need::optional_peer:
        return 1;
      case Need::production:
        return 2;
      case Need::optional:
        return 3;
      case Need::development:
        return 4;
      case Need::platform:
        break;
    }
    return -1;
  }

  static bool is_replaced(std::span<const Requirement> all, const Requirement& one) {
    return std::any_of(all.begin(), all.end(), [&](const Requirement& other) {
      return place_of(other.need) > place_of(one.need) && other.name == one.name;
    });
  }

  [[nodiscard]] bool is_member(std::string_view folder) const {
    if (root_->workspaces.empty()) return false;
    return !workspace_folders(root_->workspaces, {std::string(folder)}).empty();
  }

  void check_edge(const Edge& edge, bool bundled) {
    const Requirement& requirement = *edge.requirement;
    const bool is_peer = requirement.need == Need::peer || requirement.need == Need::optional_peer;
    if (is_peer && no_peers_) return;
    std::string_view range = requirement.range;
    const bool from_root = edge.asker == nullptr && edge.from.empty();
    if (!from_root) {
      const auto override_found = overrides_.find(requirement.name);
      if (override_found != overrides_.end()) range = override_found->second;
    }
    const Node* node = tree_.resolve(edge.from, requirement.name);
    if (node == nullptr) {
      if (may_be_missing(edge, bundled)) return;
      report_missing(edge, range);
      return;
    }
    if (nested_.contains(requirement.name)) return;
    if (!is_valid(*node, edge, range)) report_invalid(edge, range, *node);
  }

  static bool may_be_missing(const Edge& edge, bool bundled) {
    if (edge.requirement->need == Need::optional_peer || bundled) return true;
    if (edge.asker == nullptr) return false;
    return edge.asker->is(Package::bundled) ||
           (edge.asker->is(Package::optional) && edge.asker->is(Package::foreign_platform));
  }

  bool is_valid(const Node& node, const Edge& edge, std::string_view range) {
    const Package* target = tree_.package_of(node);
    if (range.empty() || range == "*") return true;
    if (const auto alias = split_npm_alias(range)) {
      // npm looks at the version only.
      if (strictness_ == Strictness::exact && target != nullptr && target->name != alias->name)
        return false;
      return target == nullptr || satisfies(*target, alias->range);
    }
    const NpmSpec spec = parse_npm_location(range);
    if (!spec.is_address) return target == nullptr || satisfies(*target, range);
    switch (spec.source) {
      case Source::path:
        return leads_to(node, edge, range);
      case Source::git:
        return target != nullptr && is_commit_of(*target, range, spec.commit);
      case Source::url:
      case Source::registry:
        return target != nullptr && target->location == range;
    }
    return true;
  }

  // A text that is no range is a tag: any version will do.
  bool satisfies(const Package& target, std::string_view text) {
    if (text.empty() || text == "*") return true;
    const auto [entry, is_new] = ranges_.try_emplace(text);
    if (is_new) entry->second = NpmRange::parse(text);
    if (!entry->second) return true;
    const std::optional<NpmVersion>& version = version_of(target);
    // A folder or a commit of a lock of version 1 has none.
    if (!version) return target.version.empty() && target.source != Source::registry;
    return entry->second->matches(*version);
  }

  // Returns the version of a package of the lock, read once.
  const std::optional<NpmVersion>& version_of(const Package& package) {
    const auto index = static_cast<std::size_t>(&package - lock_.packages.data());
    if (versions_.empty()) versions_.resize(lock_.packages.size());
    std::optional<std::optional<NpmVersion>>& version = versions_[index];
    if (!version) version.emplace(NpmVersion::parse(package.version));
    return *version;
  }

  static bool leads_to(const Node& node, const Edge& edge, std::string_view range) {
    const std::string_view path = range.substr(range.find(':') + 1);  // npos + 1 is 0
    const std::string wanted = normal_path(edge.from, path);
    if (node.link != nullptr) return normal_path("", node.link->target) == wanted;
    std::string_view location = node.package->location;
    if (const std::size_t colon = location.find(':'); colon != std::string_view::npos)
      location = location.substr(colon + 1);
    return normal_path("", location) == wanted || normal_path(edge.from, location) == wanted;
  }

  // Folds `.` and `..`; what leads out of the top keeps its `..`.
  static std::string normal_path(std::string_view folder, std::string_view path) {
    std::vector<std::string_view> parts;
    const std::string joined = std::string(folder) + "/" + std::string(path);
    base::for_each_part(joined, '/', [&](std::string_view part) {
      if (part.empty() || part == ".") return;
      if (part == ".." && !parts.empty() && parts.back() != "..") {
        parts.pop_back();
      } else {
        parts.push_back(part);
      }
    });
    return fmt::format("{}", fmt::join(parts, "/"));
  }

  static bool is_commit_of(const Package& target, std::string_view range, std::string_view wanted) {
    if (target.source != Source::git) return false;
    if (repository_id(target.location) != repository_id(range)) return false;
    constexpr std::string_view kRange = "semver:";
    if (wanted.starts_with(kRange)) {
      const auto allowed = NpmRange::parse(wanted.substr(kRange.size()));
      const auto version = NpmVersion::parse(target.version);
      return !allowed || !version || allowed->matches(*version);
    }
    const bool is_commit =
        wanted.size() == kCommitDigits &&
        wanted.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    return !is_commit || target.commit == wanted;
  }

  static std::string_view file_name(std::string_view path) {
    return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  }

  std::string asker_text(const Edge& edge) const {
    if (edge.asker != nullptr) return fmt::format("{} {}", edge.asker->name, edge.asker->version);
    return edge.from.empty() ? "package.json" : fmt::format("{}/package.json", edge.from);
  }

  static std::string asked_text(const Edge& edge, std::string_view range) {
    const std::string_view peer =
        edge.requirement->need == Need::peer || edge.requirement->need == Need::optional_peer
            ? "the peer "
            : "";
    return fmt::format("{}{} `{}`", peer, edge.requirement->name, range);
  }

  void report_missing(const Edge& edge, std::string_view range) {
    comparison_.add(fmt::format("{} asks for {}, which is not in {}", asker_text(edge),
                                asked_text(edge, range), file_name(lock_.path())),
                    edge.source, edge.requirement->span,
                    fmt::format("missing {} {}", edge.from, edge.requirement->name));
  }

  void report_invalid(const Edge& edge, std::string_view range, const Node& node) {
    const base::Span span = node.package != nullptr ? node.package->span : node.link->span;
    const std::string have = node.link != nullptr ? fmt::format("a link to `{}`", node.link->target)
                             : node.package->version.empty() ? std::string(node.package->location)
                             : node.package->key.ends_with(node.package->name)
                                 ? std::string(node.package->version)
                                 : fmt::format("{} {}", node.package->name, node.package->version);
    comparison_.add(fmt::format("{} asks for {}, locked is {} ({})", asker_text(edge),
                                asked_text(edge, range), have, place_text(*lock_.source(), span)),
                    edge.source, edge.requirement->span,
                    fmt::format("invalid {} {}", edge.from, edge.requirement->name));
  }

  // The lock's own copy of the manifest, which npm does not compare.
  void check_copy(const PackageJson& root) {
    if (lock_.projects.empty() || lock_.version == "1") return;
    const Project& copy = lock_.projects.front();
    const auto locked = lock_.requirements(copy.requirements);
    for (const Requirement& wanted : root.requirements) {
      const auto found = std::find_if(locked.begin(), locked.end(), [&](const Requirement& have) {
        return have.name == wanted.name && have.need == wanted.need;
      });
      if (found != locked.end() && found->range == wanted.range) continue;
      comparison_.add(
          found == locked.end()
              ? fmt::format("package.json asks for {} `{}`, the lock's copy of it does not",
                            wanted.name, wanted.range)
              : fmt::format("package.json asks for {} `{}`, the lock's copy of it for `{}` ({})",
                            wanted.name, wanted.range, found->range,
                            place_text(*lock_.source(), found->span)),
          root.source, wanted.span, fmt::format("copy {}", wanted.name));
    }
    for (const Requirement& have : locked) {
      if (root.find(have.name, have.need) != nullptr) continue;
      comparison_.add(fmt::format("the lock's copy of package.json asks for {} `{}`, package.json "
                                  "does not any more",
                                  have.name, have.range),
                      lock_.source(), have.span, fmt::format("copy {}", have.name));
    }
    for (const auto& [what, in_lock, in_manifest] :
         {std::tuple("name", copy.name, root.name),
          std::tuple("version", copy.version, root.version)}) {
      if (in_lock == in_manifest) continue;
      comparison_.add(fmt::format("the {} is `{}` in package.json and `{}` in the lock", what,
                                  in_manifest, in_lock),
                      lock_.source(), copy.span, fmt::format("copy {}", what));
    }
  }

  const Lockfile& lock_;
  const Neighbours& files_;
  Strictness strictness_;
  Comparison& comparison_;
  const PackageJson* root_ = nullptr;
  bool no_peers_ = false;
  NpmTree tree_;
  std::unordered_map<std::string_view, std::string_view> overrides_;
  std::unordered_set<std::string_view> nested_;  // names with an override that depends on the path
  std::unordered_map<std::string_view, std::optional<NpmRange>> ranges_;
  std::vector<std::optional<std::optional<NpmVersion>>> versions_;  // by package
};

}  // namespace

void sync_npm(const Lockfile& lock, const Neighbours& files, Strictness strictness,
              Comparison& comparison) {
  NpmSync(lock, files, strictness, comparison).run();
}

}  // namespace gate::readers::lockfiles
