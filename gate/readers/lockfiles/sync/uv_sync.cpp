// Whether uv.lock is what pyproject.toml asks for: the [package.metadata] that the lock keeps of
// each project against the project's own (`uv sync --locked`; uv-resolver, Lock::satisfies).
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/requirement_line.h"
#include "gate/readers/lockfiles/sync/manifests.h"
#include "gate/readers/lockfiles/toml_fields.h"
#include "gate/readers/lockfiles/versions/pep440.h"

namespace gate::readers::lockfiles {
namespace {

// "1.0" in ">=1.0" in its normal form; a text that is no version as it is.
std::string normal_version(std::string_view text) {
  const bool wild = text.ends_with(".*");
  const auto version = parse_pep440(wild ? text.substr(0, text.size() - 2) : text);
  if (!version) return std::string(text);
  return normal_form(*version) + (wild ? ".*" : "");
}

// The parts of ">= 1.0, < 2" in one spelling and order.
std::vector<std::string> normal_specifiers(std::string_view text) {
  std::vector<std::string> parts;
  base::for_each_part(text, ',', [&](std::string_view part) {
    part = base::trim(part);
    if (part.empty()) return;
    const std::size_t end = std::min(part.find_first_not_of("<>=!~"), part.size());
    parts.push_back(std::string(part.substr(0, end)) +
                    normal_version(base::trim(part.substr(end))));
  });
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return parts;
}

// What is asked for, in a form that compares: "name[extra] >=1,<2".
struct Asked {
  std::string name;
  std::string extras;
  std::string range;
  base::Span span;

  [[nodiscard]] std::string text() const {
    return range.empty() ? name + extras : fmt::format("{}{} `{}`", name, extras, range);
  }
};

Asked make_asked(std::string_view name, std::vector<std::string_view> extras,
                 std::string_view specifiers, base::Span span) {
  Asked asked;
  asked.name = pep503(name);
  std::vector<std::string> sorted;
  for (const std::string_view extra : extras)
    sorted.push_back(pep503(extra));
  std::sort(sorted.begin(), sorted.end());
  if (!sorted.empty()) asked.extras = fmt::format("[{}]", fmt::join(sorted, ","));
  asked.range = fmt::format("{}", fmt::join(normal_specifiers(specifiers), ","));
  asked.span = span;
  return asked;
}

// The versions of Python that a text allows, in one spelling: "==3.14.*" is ">=3.14,<3.15".
std::set<std::string> python_range(std::string_view text) {
  std::set<std::string> parts;
  const auto release = [](std::vector<std::string> numbers) {
    while (numbers.size() > 1 && numbers.back() == "0")
      numbers.pop_back();
    return fmt::format("{}", fmt::join(numbers, "."));
  };
  const auto next = [&](std::vector<std::string> numbers) {
    numbers.back() = std::to_string(std::stoul("0" + numbers.back().substr(0, 9)) + 1);
    return release(std::move(numbers));
  };
  for (const std::string& part : normal_specifiers(text)) {
    const std::size_t end = std::min(part.find_first_not_of("<>=!~"), part.size());
    const std::string op = part.substr(0, end);
    std::string operand = part.substr(end);
    const bool wild = operand.ends_with(".*");
    if (wild) operand.resize(operand.size() - 2);
    const auto version = parse_pep440(operand);
    if (!version || version->pre || version->post || version->dev) {
      parts.insert(part);
    } else if (op == "==" && wild) {
      parts.insert(">=" + release(version->release));
      parts.insert("<" + next(version->release));
    } else if (op == "~=" && version->release.size() > 1) {
      std::vector<std::string> prefix = version->release;
      prefix.pop_back();
      parts.insert(">=" + release(version->release));
      parts.insert("<" + next(std::move(prefix)));
    } else {
      parts.insert(op + release(version->release) + (wild ? ".*" : ""));
    }
  }
  return parts;
}

class UvSync {
 public:
  UvSync(const Lockfile& lock, const Neighbours& files, Comparison& comparison)
      : lock_(lock), files_(files), comparison_(comparison) {}

  void run() {
    if (!lock_.document) return;
    for (const Value& entry : children_at(lock_.document->root(), "package")) {
      const auto source = entry.find("source");
      if (!source) continue;
      std::string_view folder = text_at(*source, "editable");
      if (folder.empty()) folder = text_at(*source, "virtual");
      if (folder.empty() || folder.starts_with("..")) continue;
      check_project(entry, folder == "." ? std::string() : std::string(folder) + "/");
    }
    check_root();
  }

 private:
  // The whole lock is for the versions of Python that the root allows, and a root without
  // [project] has its groups in [manifest].
  void check_root() {
    const auto manifest = load_toml(files_, "pyproject.toml", comparison_);
    if (!manifest) return;
    const Value root = manifest->root();
    if (const auto own = at(root, {"project", "requires-python"})) {
      const std::string_view locked = text_at(lock_.document->root(), "requires-python");
      if (python_range(own->node().text) != python_range(locked)) {
        comparison_.add(fmt::format("pyproject.toml requires Python `{}`, uv.lock was made for "
                                    "`{}`",
                                    own->node().text, locked),
                        manifest->source(), own->node().span, "requires-python");
      }
    }
    if (root.find("project")) return;
    compare_groups(*manifest, at(lock_.document->root(), {"manifest", "dependency-groups"}), "");
  }

  void check_project(const Value& entry, const std::string& folder) {
    const auto manifest = load_toml(files_, folder + "pyproject.toml", comparison_);
    if (!manifest) return;
    const auto project = manifest->root().find("project");
    if (!project) return;
    check_version(entry, *manifest, *project);
    for (const Value& source : sources(*manifest))
      from_sources_.insert(pep503(source->key));
    const auto metadata = entry.find("metadata");
    const bool locks_something = entry.find("dependencies").has_value();
    if (!metadata && locks_something) {
      comparison_.unknown.push_back(fmt::format(
          "uv.lock does not say what {}pyproject.toml asked for; an old uv wrote it", folder));
      return;
    }
    if (is_dynamic(*project, "dependencies") || is_dynamic(*project, "optional-dependencies")) {
      comparison_.unknown.push_back(
          fmt::format("{}pyproject.toml leaves its dependencies to the build (`dynamic`)", folder));
    } else {
      compare(*manifest, asked_by(*project),
              locked(metadata ? metadata->find("requires-dist") : std::nullopt), folder + "dist");
    }
    compare_groups(*manifest, metadata ? metadata->find("requires-dev") : std::nullopt, folder);
    from_sources_.clear();
  }

  static std::vector<Value> sources(const Document& manifest) {
    const auto table = at(manifest.root(), {"tool", "uv", "sources"});
    return table ? table->children() : std::vector<Value>();
  }

  static bool is_dynamic(const Value& project, std::string_view key) {
    const std::vector<std::string_view> dynamic = texts_at(project, "dynamic");
    return std::find(dynamic.begin(), dynamic.end(), key) != dynamic.end();
  }

  void check_version(const Value& entry, const Document& manifest, const Value& project) {
    const auto wanted = project.find("version");
    const std::string_view locked = text_at(entry, "version");
    if (!wanted || locked.empty() || is_dynamic(project, "version")) return;
    if (normal_version(wanted->node().text) == normal_version(locked)) return;
    comparison_.add(fmt::format("pyproject.toml is version {}, uv.lock was made for {} ({})",
                                wanted->node().text, locked,
                                place_text(*lock_.source(), entry.find("version")->node().span)),
                    manifest.source(), wanted->node().span, "version");
  }

  std::vector<Asked> asked_in(const std::vector<Value>& list) {
    std::vector<Asked> all;
    for (const Value& element : list) {
      if (element->kind != NodeKind::string) continue;
      const RequirementLine line = parse_requirement_line(base::trim(element->text));
      all.push_back(make_asked(line.name, line.extras, line.location.empty() ? line.range : "",
                               element->span));
      if (!line.location.empty()) from_sources_.insert(all.back().name);
    }
    return all;
  }

  std::vector<Asked> asked_by(const Value& project) {
    std::vector<Asked> all = asked_in(children_at(project, "dependencies"));
    for (const Value& extra : children_at(project, "optional-dependencies")) {
      for (Asked& asked : asked_in(extra.children()))
        all.push_back(std::move(asked));
    }
    return all;
  }

  std::vector<Asked> locked(const std::optional<Value>& list) {
    std::vector<Asked> all;
    if (!list) return all;
    for (const Value& entry : list->children()) {
      all.push_back(make_asked(text_at(entry, "name"), texts_at(entry, "extras"),
                               text_at(entry, "specifier"), entry->span));
      for (const std::string_view source :
           {"git", "url", "path", "directory", "editable", "virtual"}) {
        if (entry.find(source)) from_sources_.insert(all.back().name);
      }
    }
    return all;
  }

  // [dependency-groups] and tool.uv.dev-dependencies, `{include-group = "x"}` resolved.
  void compare_groups(const Document& manifest, const std::optional<Value>& in_lock,
                      const std::string& folder) {
    std::map<std::string, std::vector<Asked>> wanted;
    const auto groups = manifest.root().find("dependency-groups");
    if (groups) {
      for (const Value& group : groups->children()) {
        std::set<std::string> open;
        wanted[pep503(group->key)] = expand(*groups, group, open);
      }
    }
    if (const auto old = at(manifest.root(), {"tool", "uv", "dev-dependencies"})) {
      for (Asked& asked : asked_in(old->children()))
        wanted["dev"].push_back(std::move(asked));
    }
    std::map<std::string, std::vector<Asked>> have;
    if (in_lock) {
      for (const Value& group : in_lock->children())
        have[pep503(group->key)] = locked(group);
    }
    for (const auto& [name, asked] : wanted)
      compare(manifest, asked, have[name], folder + "group " + name);
    for (const auto& [name, asked] : have) {
      if (!wanted.contains(name)) compare(manifest, {}, asked, folder + "group " + name);
    }
  }

  std::vector<Asked> expand(const Value& groups, const Value& group, std::set<std::string>& open) {
    std::vector<Asked> all;
    if (!open.insert(pep503(group->key)).second) return all;
    for (const Value& element : group.children()) {
      if (element->kind == NodeKind::string) {
        for (Asked& asked : asked_in({element}))
          all.push_back(std::move(asked));
        continue;
      }
      const std::string included = pep503(text_at(element, "include-group"));
      for (const Value& other : groups.children()) {
        if (included.empty() || pep503(other->key) != included) continue;
        for (Asked& asked : expand(groups, other, open))
          all.push_back(std::move(asked));
      }
    }
    open.erase(pep503(group->key));
    return all;
  }

  [[nodiscard]] std::string key(const Asked& asked) const {
    // A source of its own decides the version, not the specifier.
    return asked.name + asked.extras + (from_sources_.contains(asked.name) ? "" : asked.range);
  }

  void compare(const Document& manifest, const std::vector<Asked>& wanted,
               const std::vector<Asked>& have, const std::string& what) {
    std::set<std::string> wanted_keys;
    std::set<std::string> have_keys;
    for (const Asked& asked : wanted)
      wanted_keys.insert(key(asked));
    for (const Asked& asked : have)
      have_keys.insert(key(asked));
    for (const Asked& asked : wanted) {
      if (have_keys.contains(key(asked))) continue;
      const Asked* other = named(have, asked.name);
      comparison_.add(
          other == nullptr
              ? fmt::format("pyproject.toml asks for {}, uv.lock does not", asked.text())
              : fmt::format("pyproject.toml asks for {}, uv.lock was made for {} ({})",
                            asked.text(), other->text(), place_text(*lock_.source(), other->span)),
          manifest.source(), asked.span, fmt::format("{} {}", what, asked.name));
    }
    for (const Asked& asked : have) {
      if (wanted_keys.contains(key(asked)) || named(wanted, asked.name) != nullptr) continue;
      comparison_.add(
          fmt::format("uv.lock asks for {}, pyproject.toml does not any more", asked.text()),
          lock_.source(), asked.span, fmt::format("{} {}", what, asked.name));
    }
  }

  static const Asked* named(const std::vector<Asked>& all, const std::string& name) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Asked& asked) { return asked.name == name; });
    return found == all.end() ? nullptr : &*found;
  }

  const Lockfile& lock_;
  const Neighbours& files_;
  Comparison& comparison_;
  std::set<std::string> from_sources_;
};

}  // namespace

void sync_uv(const Lockfile& lock, const Neighbours& files, Strictness /*strictness*/,
             Comparison& comparison) {
  UvSync(lock, files, comparison).run();
}

}  // namespace gate::readers::lockfiles
