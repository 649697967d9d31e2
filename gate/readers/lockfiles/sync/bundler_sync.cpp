// Whether Gemfile.lock is what the Gemfile asks for: the gems that it names are those under
// DEPENDENCIES (`bundle install --frozen`).
//
// A Gemfile is Ruby. Lines of the form `gem "name", "~> 1.0"` are read, and the blocks around them;
// a Gemfile that computes its gems is unknown.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/sync/manifests.h"
#include "gate/readers/lockfiles/versions/gem.h"

namespace gate::readers::lockfiles {
namespace {

struct Gem {
  std::string_view name;
  std::vector<std::string_view> requirements;
  bool is_certain = true;  // false: within a condition
  base::Span span;
};

struct Gemfile {
  std::vector<Gem> gems;
  bool has_gemspec = false;
  std::string unknown;  // why its gems cannot be told
};

bool is_quote(char c) { return c == '"' || c == '\''; }

// Takes a literal in quotes off the text; nothing where it is none, or is computed.
std::optional<std::string_view> take_literal(std::string_view& text) {
  if (text.empty() || !is_quote(text.front())) return std::nullopt;
  const std::size_t end = text.find(text.front(), 1);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view literal = text.substr(1, end - 1);
  if (text.front() == '"' && literal.find("#{") != std::string_view::npos) return std::nullopt;
  text.remove_prefix(end + 1);
  return literal;
}

std::string_view first_word(std::string_view line) {
  const auto end = std::find_if_not(line.begin(), line.end(), [](char c) {
    return base::is_alphanumeric(c) || c == '_' || c == '.';
  });
  return line.substr(0, static_cast<std::size_t>(end - line.begin()));
}

class GemfileReader {
 public:
  explicit GemfileReader(std::string_view text) : text_(text) {}

  Gemfile read() {
    bool in_comment = false;
    base::for_each_line(text_, [&](std::string_view line) {
      if (line.starts_with("=begin")) in_comment = true;
      if (!in_comment) read_line(base::trim(line));
      if (line.starts_with("=end")) in_comment = false;
    });
    return std::move(gemfile_);
  }

 private:
  void read_line(std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    const std::string_view word = first_word(line);
    if (word == "gem") return read_gem(line);
    if (word == "gemspec") {
      gemfile_.has_gemspec = true;
      return;
    }
    if (word == "eval_gemfile" || word == "instance_eval" || word == "eval") {
      gemfile_.unknown = fmt::format("the Gemfile takes in another file: `{}`", line);
      return;
    }
    if (word == "if" || word == "unless" || word == "case") conditions_.push_back(true);
    if (word == "install_if" || ends_with_do(line)) conditions_.push_back(word == "install_if");
    if (word == "end" && !conditions_.empty()) conditions_.pop_back();
  }

  static bool ends_with_do(std::string_view line) {
    const std::size_t comment = line.find(" #");
    line = base::trim(line.substr(0, comment));
    return line.ends_with(" do") || (line.ends_with('|') && line.find(" do |") != line.npos);
  }

  void read_gem(std::string_view line) {
    std::string_view rest = line.substr(3);
    const bool has_bracket = base::trim(rest).starts_with('(');
    rest = base::trim(rest);
    if (has_bracket) rest = base::trim(rest.substr(1));
    const auto name = take_literal(rest);
    if (!name) {
      gemfile_.unknown = fmt::format("the Gemfile computes the name of a gem: `{}`", line);
      return;
    }
    Gem gem;
    gem.name = *name;
    const auto begin = static_cast<std::uint32_t>(line.data() - text_.data());
    gem.span = {begin, begin + static_cast<std::uint32_t>(line.size())};
    gem.is_certain = std::find(conditions_.begin(), conditions_.end(), true) == conditions_.end() &&
                     line.find(" if ") == line.npos && line.find(" unless ") == line.npos;
    while (true) {
      rest = base::trim(rest);
      if (!rest.starts_with(',')) break;
      rest = base::trim(rest.substr(1));
      const auto requirement = take_literal(rest);
      if (!requirement || base::trim(rest).starts_with("=>")) break;
      gem.requirements.push_back(*requirement);
    }
    gemfile_.gems.push_back(std::move(gem));
  }

  std::string_view text_;
  Gemfile gemfile_;
  std::vector<bool> conditions_;  // of the open blocks: whether it decides something
};

// The requirements of "~> 1.0, >= 1.0.3" in one spelling: "1.0" is "= 1.0".
std::set<std::string> normal_requirements(const std::vector<std::string_view>& texts) {
  std::set<std::string> all;
  for (const std::string_view text : texts) {
    base::for_each_part(text, ',', [&](std::string_view part) {
      part = base::trim(part);
      if (part.empty()) return;
      const std::size_t end = std::min(part.find_first_not_of("<>=!~"), part.size());
      const std::string_view op = part.substr(0, end);
      const std::string_view version = base::trim(part.substr(end));
      // What takes every version is not written down.
      if (op == ">=" && version == "0") return;
      all.insert(fmt::format("{} {}", op.empty() ? "=" : op, version));
    });
  }
  return all;
}

void compare(const Lockfile& lock, const std::shared_ptr<const base::Source>& manifest,
             const Gemfile& gemfile, Comparison& comparison) {
  if (lock.projects.empty()) return;
  std::map<std::string_view, const Requirement*> locked;
  for (const Requirement& requirement : lock.requirements(lock.projects.front().requirements))
    locked[requirement.name] = &requirement;
  std::set<std::string_view> named;
  for (const Gem& gem : gemfile.gems) {
    named.insert(gem.name);
    const auto found = locked.find(gem.name);
    if (found == locked.end()) {
      if (!gem.is_certain) continue;
      comparison.add(
          fmt::format("the Gemfile asks for {}{}, which is not under DEPENDENCIES of {}", gem.name,
                      gem.requirements.empty()
                          ? ""
                          : fmt::format(" `{}`", fmt::join(gem.requirements, ", ")),
                      lock.path().substr(lock.path().rfind('/') + 1)),
          manifest, gem.span, fmt::format("missing {}", gem.name));
      continue;
    }
    const bool is_alone = std::count_if(gemfile.gems.begin(), gemfile.gems.end(),
                                        [&](const Gem& one) { return one.name == gem.name; }) == 1;
    if (is_alone && gem.is_certain &&
        normal_requirements(gem.requirements) != normal_requirements({found->second->range})) {
      comparison.add(fmt::format("the Gemfile asks for {} `{}`, the lock was made for `{}` ({})",
                                 gem.name, fmt::join(gem.requirements, ", "), found->second->range,
                                 place_text(*lock.source(), found->second->span)),
                     manifest, gem.span, fmt::format("changed {}", gem.name));
      continue;
    }
    const auto package =
        std::find_if(lock.packages.begin(), lock.packages.end(),
                     [&](const Package& candidate) { return candidate.name == gem.name; });
    if (package == lock.packages.end() || package->source != Source::registry) continue;
    for (const std::string_view requirement : gem.requirements) {
      if (satisfies_gem(package->version, requirement).value_or(true)) continue;
      comparison.add(
          fmt::format("the Gemfile asks for {} `{}`, locked is {} ({})", gem.name, requirement,
                      package->version, place_text(*lock.source(), package->span)),
          manifest, gem.span, fmt::format("invalid {}", gem.name));
      break;
    }
  }
  if (gemfile.has_gemspec) return;  // its gems are under DEPENDENCIES too
  for (const auto& [name, requirement] : locked) {
    if (named.contains(name)) continue;
    comparison.add(fmt::format("{} is under DEPENDENCIES of the lock, the Gemfile does not ask for "
                               "it any more",
                               name),
                   lock.source(), requirement->span, fmt::format("removed {}", name));
  }
}

}  // namespace

void sync_bundler(const Lockfile& lock, const Neighbours& files, Strictness /*strictness*/,
                  Comparison& comparison) {
  const std::string name = lock.path().ends_with("gems.locked") ? "gems.rb" : "Gemfile";
  const auto manifest = load_text(files, name, comparison);
  if (!manifest) return;
  comparison.manifests.push_back(manifest->name());
  const Gemfile gemfile = GemfileReader(manifest->text()).read();
  if (!gemfile.unknown.empty()) {
    comparison.unknown.push_back(gemfile.unknown);
    return;
  }
  compare(lock, manifest, gemfile, comparison);
}

}  // namespace gate::readers::lockfiles
