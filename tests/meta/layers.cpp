#include "tests/meta/layers.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "gate/base/diagnostic.h"
#include "gate/base/glob.h"
#include "gate/readers/formats/toml.h"

namespace gate::meta {
namespace {

// Where a header that is not ours may appear.
struct Outside {
  base::GlobSet sources;
  base::GlobSet in_headers;  // empty: in none
};

struct Rules {
  std::map<std::string, std::vector<std::string>, std::less<>> rooms;
  std::vector<std::vector<std::string>> strangers;  // lists of path prefixes
  std::map<std::string, Outside, std::less<>> outside;
};

struct Include {
  std::string_view header;
  bool quoted = false;
};

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> texts(const std::optional<readers::Value>& list) {
  std::vector<std::string> result;
  if (!list) return result;
  for (const readers::Value& item : list->children())
    result.emplace_back(item->text);
  return result;
}

Result<base::GlobSet> globs(const std::vector<std::string>& patterns) {
  base::GlobSet set;
  for (const std::string& pattern : patterns) {
    GATE_CHECK(set.add(pattern));
  }
  return set;
}

// Returns the path prefixes that an element means: `FOLDER/*/` every folder in FOLDER, anything
// else itself.
std::vector<std::string> prefixes(const std::filesystem::path& root, const std::string& element) {
  constexpr std::string_view kEvery = "/*/";
  if (!element.ends_with(kEvery)) return {element};
  const std::string folder = element.substr(0, element.size() - kEvery.size());
  std::vector<std::string> result;
  for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
    if (entry.is_directory())
      result.push_back(folder + "/" + entry.path().filename().string() + "/");
  }
  return result;
}

Result<Rules> read_rules(const std::filesystem::path& root, const std::filesystem::path& path) {
  base::Diagnostics diagnostics;
  const auto document = readers::parse_toml(
      std::make_shared<const base::Source>(path.string(), read(path)), diagnostics);
  if (document == nullptr) return Error{base::render(diagnostics, false)};
  Rules rules;
  const readers::Value top = document->root();
  const auto rooms = top.find("rooms");
  if (!rooms || rooms->children().empty()) return Error{"no rooms in " + path.string()};
  for (const readers::Value& room : rooms->children())
    rules.rooms[std::string(room->key)] = texts(room);
  if (const auto strangers = top.find("strangers")) {
    for (const readers::Value& list : strangers->children()) {
      std::vector<std::string>& group = rules.strangers.emplace_back();
      for (const std::string& element : texts(list)) {
        for (std::string& prefix : prefixes(root, element))
          group.push_back(std::move(prefix));
      }
    }
  }
  if (const auto outside = top.find("outside")) {
    for (const readers::Value& table : outside->children()) {
      GATE_TRY(base::GlobSet sources, globs(texts(table.find("sources"))));
      GATE_TRY(base::GlobSet in_headers, globs(texts(table.find("in_headers"))));
      for (std::string& header : texts(table.find("headers"))) {
        rules.outside[std::move(header)] = {sources, in_headers};
      }
    }
  }
  return rules;
}

std::optional<Include> parse_include(std::string_view line) {
  const auto skip = [&line](std::string_view word) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.starts_with(word)) return false;
    line.remove_prefix(word.size());
    return true;
  };
  if (!skip("#") || !skip("include")) return std::nullopt;
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (line.empty() || (line.front() != '"' && line.front() != '<')) return std::nullopt;
  const bool quoted = line.front() == '"';
  const std::size_t end = line.find(quoted ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{line.substr(1, end - 1), quoted};
}

// Returns the header of a source file, where it has one beside it; empty for none.
std::string own_header(const std::filesystem::path& root, const std::string& path) {
  if (!path.ends_with(".cpp")) return {};
  std::string header = path.substr(0, path.size() - 4) + ".h";
  return std::filesystem::exists(root / header) ? header : std::string();
}

// Returns the first folder below gate/, or the file where it lies directly in it.
std::string_view room_of(std::string_view path) {
  path.remove_prefix(std::string_view("gate/").size());
  return path.substr(0, path.find('/'));
}

// Returns the prefix of the group that a path lies under; empty for none.
std::string_view member(const std::vector<std::string>& group, std::string_view path) {
  const auto found = std::find_if(group.begin(), group.end(), [&](const std::string& prefix) {
    return path.starts_with(prefix);
  });
  return found == group.end() ? std::string_view() : std::string_view(*found);
}

// Returns what is wrong with an include of a header of ours; empty for nothing.
std::string judge_own(const Rules& rules, std::string_view path, std::string_view header) {
  if (!header.starts_with("gate/"))
    return "an include path of ours begins at the root, with `gate/`";
  const std::string_view from = room_of(path);
  const std::string_view to = room_of(header);
  const auto room = rules.rooms.find(from);
  if (room == rules.rooms.end()) return fmt::format("layers.toml names no room `{}`", from);
  const auto allows = [&](const std::string& allowed) {
    return allowed == to || allowed == header;
  };
  if (from != to && std::none_of(room->second.begin(), room->second.end(), allows)) {
    return fmt::format("`{}` does not know `{}`", from, to);
  }
  for (const std::vector<std::string>& group : rules.strangers) {
    const std::string_view left = member(group, path);
    const std::string_view right = member(group, header);
    if (!left.empty() && !right.empty() && left != right) {
      return fmt::format("`{}` and `{}` are strangers", left, right);
    }
  }
  return {};
}

// The same for a header of others.
std::string judge_outside(const Rules& rules, std::string_view path, std::string_view header) {
  const auto named = rules.outside.find(header);
  if (named == rules.outside.end()) {
    const bool plain = header.find_first_of("./") == std::string_view::npos;  // <vector>
    return plain ? std::string() : std::string("this header is named nowhere in layers.toml");
  }
  const Outside& allowed = named->second;
  if (!allowed.sources.matches(path)) return "this header does not belong here";
  if (path.ends_with(".h") && (allowed.in_headers.empty() || !allowed.in_headers.matches(path))) {
    return "this header does not belong in a header of ours";
  }
  return {};
}

}  // namespace

Result<std::vector<Violation>> layer_violations(const std::filesystem::path& root,
                                                const std::filesystem::path& rules_file) {
  GATE_TRY(const Rules rules, read_rules(root, rules_file));
  std::vector<Violation> violations;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "gate")) {
    const std::string path = entry.path().lexically_relative(root).string();
    if (!path.ends_with(".h") && !path.ends_with(".cpp")) continue;
    const std::string text = read(entry.path());
    const base::LineIndex lines(text);
    const std::string own = own_header(root, path);
    bool is_first = true;
    for (std::uint32_t line = 1; line <= lines.count(); ++line) {
      const auto include = parse_include(lines.line(line));
      if (!include) continue;
      if (is_first && !own.empty() && include->header != own) {
        violations.push_back(
            {path, line, fmt::format("{} comes first: so it is proved to compile alone", own)});
      }
      is_first = false;
      std::string wrong = include->quoted ? judge_own(rules, path, include->header)
                                          : judge_outside(rules, path, include->header);
      if (!wrong.empty()) {
        violations.push_back({path, line, fmt::format("{}: {}", include->header, wrong)});
      }
    }
  }
  std::sort(violations.begin(), violations.end(),
            [](const Violation& left, const Violation& right) {
              return std::tie(left.path, left.line, left.message) <
                     std::tie(right.path, right.line, right.message);
            });
  return violations;
}

}  // namespace gate::meta
