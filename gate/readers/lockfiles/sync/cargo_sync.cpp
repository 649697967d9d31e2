// Whether Cargo.lock is what the Cargo.toml files ask for (`cargo build --locked`): each dependency
// of each crate of the workspace is locked in a version that its requirement takes.
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gate/base/glob.h"
#include "gate/readers/lockfiles/sync/manifests.h"
#include "gate/readers/lockfiles/toml_fields.h"
#include "gate/readers/lockfiles/versions/npm_range.h"

namespace gate::readers::lockfiles {
namespace {

// Cargo takes `-` and `_` for the same in the names of tables, but not in names of packages.
class CargoSync {
 public:
  CargoSync(const Lockfile& lock, const Neighbours& files, Comparison& comparison)
      : lock_(lock), files_(files), comparison_(comparison) {
    for (const Package& package : lock.packages)
      versions_[package.name].push_back(package.version);
    for (const Project& project : lock.projects)
      versions_[project.name].push_back(project.version);
  }

  void run() {
    root_ = load_toml(files_, "Cargo.toml", comparison_);
    if (!root_) return;
    check_crate(*root_);
    for (const std::string& folder : members()) {
      const auto member = load_toml(files_, folder + "/Cargo.toml", comparison_);
      if (!member) continue;
      documents_.push_back(member);
      check_crate(*member);
    }
  }

 private:
  // The folders that belong to the workspace: those that `members` names, and those that a path
  // dependency leads to (cargo reference, "The members and exclude fields").
  std::vector<std::string> members() {
    const auto workspace = root_->root().find("workspace");
    base::GlobSet included;
    base::GlobSet excluded;
    if (workspace) {
      for (const std::string_view text : texts_at(*workspace, "members"))
        (void)included.add("/" + std::string(trimmed(text)));
      for (const std::string_view text : texts_at(*workspace, "exclude"))
        (void)excluded.add("/" + std::string(trimmed(text)));
    }
    const std::vector<std::string> all = files_.folders_with("Cargo.toml");
    std::set<std::string> chosen;
    for (const std::string& folder : all) {
      if (!included.empty() && included.matches(folder)) chosen.insert(folder);
    }
    for (const std::string& folder : path_dependencies(*root_)) {
      if (std::find(all.begin(), all.end(), folder) != all.end()) chosen.insert(folder);
    }
    std::erase_if(chosen, [&](const std::string& folder) {
      return folder.empty() || (!excluded.empty() && excluded.matches(folder));
    });
    return {chosen.begin(), chosen.end()};
  }

  static std::string_view trimmed(std::string_view path) {
    if (path.starts_with("./")) path.remove_prefix(2);
    while (path.ends_with('/'))
      path.remove_suffix(1);
    return path;
  }

  static std::vector<std::string> path_dependencies(const Document& crate) {
    std::vector<std::string> paths;
    const auto collect = [&](const Value& table) {
      for (const Value& dependency : table.children()) {
        const std::string_view path = text_at(dependency, "path");
        if (!path.empty() && path.find("..") == std::string_view::npos)
          paths.emplace_back(trimmed(path));
      }
    };
    for_each_section(crate.root(), collect);
    if (const auto shared = at(crate.root(), {"workspace", "dependencies"})) collect(*shared);
    return paths;
  }

  // Calls `visit` for each table of dependencies of a crate, those of targets too.
  template <class Visit>
  static void for_each_section(const Value& crate, const Visit& visit) {
    constexpr std::array<std::string_view, 5> kSections{"dependencies", "dev-dependencies",
                                                        "build-dependencies", "dev_dependencies",
                                                        "build_dependencies"};
    const auto visit_all = [&](const Value& table) {
      for (const std::string_view section : kSections) {
        if (const auto dependencies = table.find(section)) visit(*dependencies);
      }
    };
    visit_all(crate);
    for (const Value& target : children_at(crate, "target"))
      visit_all(target);
  }

  void check_crate(const Document& crate) {
    const auto package = crate.root().find("package");
    if (!package) return;
    const Project* project = find_project(crate, text_at(*package, "name"));
    if (project == nullptr) return;
    for_each_section(crate.root(), [&](const Value& dependencies) {
      for (const Value& dependency : dependencies.children())
        check(crate, *project, dependency);
    });
  }

  const Project* find_project(const Document& crate, std::string_view name) {
    const auto found = std::find_if(lock_.projects.begin(), lock_.projects.end(),
                                    [&](const Project& project) { return project.name == name; });
    if (found != lock_.projects.end()) return &*found;
    comparison_.add(fmt::format("the crate `{}` is not in Cargo.lock", name), crate.source(),
                    at(crate.root(), {"package", "name"}).value_or(crate.root()).node().span,
                    fmt::format("crate {}", name));
    return nullptr;
  }

  // What is asked for: "1.2", {version = "1.2"}, {workspace = true}, {git = …}, {path = …}.
  struct Asked {
    std::string_view name;
    std::string_view range;
    bool has_source = false;  // a repository or folder, whose version may be any
  };

  [[nodiscard]] Asked asked(const Value& dependency) const {
    Asked asked{dependency->key, {}, false};
    std::optional<Value> table = dependency;
    if (dependency->kind == NodeKind::map && is_true_at(dependency, "workspace")) {
      table = at(root_->root(), {"workspace", "dependencies", dependency->key});
      if (!table) return asked;
    }
    if (table->node().kind == NodeKind::string) {
      asked.range = table->node().text;
      return asked;
    }
    if (const std::string_view renamed = text_at(*table, "package"); !renamed.empty())
      asked.name = renamed;
    asked.range = text_at(*table, "version");
    asked.has_source = table->find("git").has_value() || table->find("path").has_value();
    return asked;
  }

  void check(const Document& crate, const Project& project, const Value& dependency) {
    const Asked wanted = asked(dependency);
    // [patch] and [replace] may put anything in the place of a crate.
    const auto requirements = lock_.requirements(project.requirements);
    const bool listed = std::any_of(
        requirements.begin(), requirements.end(),
        [&](const Requirement& requirement) { return requirement.name == wanted.name; });
    if (!listed) {
      comparison_.add(
          fmt::format("`{}` asks for {} `{}`, which Cargo.lock does not list for it", project.name,
                      wanted.name, wanted.range.empty() ? "*" : wanted.range),
          crate.source(), dependency->key_span,
          fmt::format("missing {} {}", project.name, wanted.name));
      return;
    }
    const auto range = NpmRange::parse_cargo(wanted.range);
    if (wanted.range.empty() || !range) return;
    std::string_view other;
    for (const std::string_view version : candidates(requirements, wanted.name)) {
      const auto parsed = NpmVersion::parse(version);
      if (!parsed || range->matches(*parsed)) return;
      other = version;
    }
    comparison_.add(fmt::format("`{}` asks for {} `{}`, locked is {}", project.name, wanted.name,
                                wanted.range, other.empty() ? "nothing" : other),
                    crate.source(), dependency->key_span,
                    fmt::format("invalid {} {}", project.name, wanted.name));
  }

  // The versions that the lock lists for this crate; those of all where only one is locked, because
  // then it leaves the version out.
  [[nodiscard]] std::vector<std::string_view> candidates(std::span<const Requirement> requirements,
                                                         std::string_view name) const {
    std::vector<std::string_view> versions;
    for (const Requirement& requirement : requirements) {
      if (requirement.name != name) continue;
      if (!requirement.range.empty()) {
        versions.push_back(requirement.range);
        continue;
      }
      const auto known = versions_.find(name);
      if (known != versions_.end())
        versions.insert(versions.end(), known->second.begin(), known->second.end());
    }
    return versions;
  }

  const Lockfile& lock_;
  const Neighbours& files_;
  Comparison& comparison_;
  std::shared_ptr<const Document> root_;
  std::vector<std::shared_ptr<const Document>> documents_;
  std::unordered_map<std::string_view, std::vector<std::string_view>> versions_;
};

}  // namespace

void sync_cargo(const Lockfile& lock, const Neighbours& files, Strictness /*strictness*/,
                Comparison& comparison) {
  CargoSync(lock, files, comparison).run();
}

}  // namespace gate::readers::lockfiles
