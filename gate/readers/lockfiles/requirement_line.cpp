#include "gate/readers/lockfiles/requirement_line.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/words.h"

namespace gate::readers::lockfiles {
namespace {

bool is_name_character(char c) {
  return base::is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
}

bool is_commit(std::string_view text) {
  return text.size() >= 7 && std::all_of(text.begin(), text.end(), [](char c) {
           return base::is_digit(c) || (base::to_lower(c) >= 'a' && base::to_lower(c) <= 'f');
         });
}

// Returns where pip's own options begin: a word that starts with `-`.
std::size_t options_begin(std::string_view text) {
  for (std::size_t dash = text.find('-'); dash != std::string_view::npos;
       dash = text.find('-', dash + 1)) {
    const bool starts_word = dash > 0 && (text[dash - 1] == ' ' || text[dash - 1] == '\t');
    const bool is_option =
        dash + 1 < text.size() && (text[dash + 1] == '-' || base::is_letter(text[dash + 1]));
    if (starts_word && is_option) return dash;
  }
  return text.size();
}

void read_hashes(std::string_view options, std::vector<std::string_view>& hashes) {
  constexpr std::string_view kHash = "--hash";
  bool next_is_hash = false;
  base::for_each_word(options, [&](std::string_view word) {
    if (next_is_hash) hashes.push_back(word);
    next_is_hash = word == kHash;
    if (word.starts_with(kHash) && word.substr(kHash.size()).starts_with('='))
      hashes.push_back(word.substr(kHash.size() + 1));
  });
  std::erase_if(hashes, [](std::string_view hash) { return hash.empty(); });
}

// "git+https://host/o/r.git@REF#egg=name&subdirectory=x", an address of an archive, or a folder.
void read_location(std::string_view location, RequirementLine& line) {
  const base::Halves halves = base::split_once(location, "#");
  line.location = halves.before;
  base::for_each_part(halves.behind, '&', [&](std::string_view part) {
    constexpr std::string_view kEgg = "egg=";
    if (!part.starts_with(kEgg) || !line.name.empty()) return;
    const std::string_view egg = part.substr(kEgg.size());
    line.name = egg.substr(0, egg.find_first_of("[=<>!~"));
  });
  constexpr std::array<std::string_view, 4> kVersionControl{"git+", "hg+", "svn+", "bzr+"};
  const bool is_repository =
      std::any_of(kVersionControl.begin(), kVersionControl.end(),
                  [&](std::string_view scheme) { return halves.before.starts_with(scheme); });
  if (is_repository) {
    line.source = Source::git;
    const std::size_t path = halves.before.find('/', halves.before.find("://") + 3);
    const std::size_t at = halves.before.find('@', std::min(path, halves.before.size()));
    if (at != std::string_view::npos) line.commit = halves.before.substr(at + 1);
    line.is_pinned = is_commit(line.commit);
  } else if (halves.before.find("://") != std::string_view::npos &&
             !halves.before.starts_with("file:")) {
    line.source = Source::url;
  } else {
    line.source = Source::path;
  }
}

// One `==1.2` without a wildcard, or `===x`, settles the version, whatever stands beside it.
void read_specifiers(std::string_view text, RequirementLine& line) {
  line.range = text;
  std::size_t exact = 0;
  base::for_each_part(text, ',', [&](std::string_view part) {
    part = base::trim(part);
    const bool arbitrary = part.starts_with("===");
    if (!part.starts_with("==")) return;
    const std::string_view version = base::trim(part.substr(arbitrary ? 3 : 2));
    if (version.empty() || (!arbitrary && version.ends_with(".*"))) return;
    ++exact;
    line.version = version;
  });
  line.is_pinned = exact == 1;
  if (!line.is_pinned) line.version = {};
  if (line.version.find_first_of(base::kBlanks) != std::string_view::npos)
    line.problem = fmt::format("`{}` is no version", line.version);
}

bool looks_like_location(std::string_view text) {
  const std::string_view word = text.substr(0, text.find_first_of(" ;"));
  return word.find("://") != std::string_view::npos || word.starts_with('.') ||
         word.starts_with('/') || word.ends_with(".whl") || word.ends_with(".tar.gz") ||
         word.ends_with(".zip") || word.starts_with("file:");
}

}  // namespace

RequirementLine parse_requirement_line(std::string_view text) {
  RequirementLine line;
  const std::size_t options = options_begin(text);
  read_hashes(text.substr(options), line.hashes);
  text = base::trim(text.substr(0, options));

  // Of an address ` ;` begins the marker, because `;` may stand in it.
  const bool is_location = looks_like_location(text);
  const std::size_t at_sign = text.find('@');
  const bool has_location =
      is_location || (at_sign != std::string_view::npos && at_sign < text.find(';') &&
                      at_sign < text.find_first_of("<>=!~"));
  const std::size_t marker = text.find(has_location ? " ;" : ";");
  if (marker != std::string_view::npos) {
    line.marker = base::trim(text.substr(text.find(';', marker) + 1));
    text = base::trim(text.substr(0, marker));
  }
  if (is_location && (at_sign == std::string_view::npos ||
                      text.substr(0, at_sign).find_first_of(":/") != std::string_view::npos)) {
    read_location(text, line);
    return line;
  }

  const auto name_end = static_cast<std::size_t>(
      std::find_if_not(text.begin(), text.end(), is_name_character) - text.begin());
  line.name = text.substr(0, name_end);
  text = base::trim(text.substr(name_end));
  if (line.name.empty()) {
    line.problem = "no name of a package begins the line";
    return line;
  }
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) {
      line.problem = "`]` is missing";
      return line;
    }
    base::for_each_part(text.substr(1, close - 1), ',', [&](std::string_view extra) {
      if (extra = base::trim(extra); !extra.empty()) line.extras.push_back(extra);
    });
    text = base::trim(text.substr(close + 1));
  }
  if (text.starts_with('@')) {
    read_location(base::trim(text.substr(1)), line);
    return line;
  }
  if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
  if (!text.empty() && std::string_view("<>=!~").find(text.front()) == std::string_view::npos)
    line.problem = fmt::format("`{}` is no version specifier", text);
  read_specifiers(text, line);
  return line;
}

}  // namespace gate::readers::lockfiles
