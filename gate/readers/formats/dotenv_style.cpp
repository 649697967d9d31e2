#include "gate/readers/formats/dotenv_style.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers {
namespace {

constexpr auto kNames = std::to_array<std::string_view>(
    {"duplicated-key", "ending-blank-line", "extra-blank-line", "incorrect-delimiter",
     "key-without-value", "leading-character", "lowercase-key", "quote-character",
     "space-character", "substitution-key", "trailing-whitespace", "unordered-key",
     "value-without-quotes"});

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_key_char(char c) { return base::is_alphanumeric(c) || c == '_' || is_beyond_ascii(c); }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  return text;
}

// A line, or the lines of a quoted value; without its line end.
struct Line {
  std::string_view text;
  std::uint32_t begin = 0;
  bool ended = false;  // by a line end
  bool comment = false;
  bool has_value = false;
  std::string_view key;    // up to the `=`, `export ` left out
  std::string_view value;  // behind it

  [[nodiscard]] bool blank() const { return trim(text).empty(); }
  [[nodiscard]] bool entry() const { return !comment && !blank(); }
  [[nodiscard]] base::Span span() const {
    return {begin, begin + static_cast<std::uint32_t>(text.size())};
  }
};

void read_entry(Line& line) {
  std::string_view rest = line.text;
  if (rest.starts_with("export ")) rest = rest.substr(7);
  const std::size_t equals = rest.find('=');
  line.key = rest.substr(0, equals);
  line.has_value = equals != std::string_view::npos;
  if (line.has_value) line.value = rest.substr(equals + 1);
}

// Returns where a quoted value that begins in [begin, end) ends, or npos.
std::size_t close_of(std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t equals = text.find('=', begin);
  if (equals >= end || equals + 1 >= end) return std::string_view::npos;
  const char quote = text[equals + 1];
  if (quote != '"' && quote != '\'') return std::string_view::npos;
  for (std::size_t at = equals + 2; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      return at;
    }
  }
  return std::string_view::npos;
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    Line line;
    line.begin = static_cast<std::uint32_t>(begin);
    const std::string_view first = trim(text.substr(begin, end - begin));
    line.comment = first.starts_with('#');
    if (!line.comment) {
      const std::size_t close = close_of(text, begin, end);
      if (close != std::string_view::npos && close > end)
        end = std::min(text.find('\n', close), text.size());
    }
    line.ended = end < text.size();
    line.text = text.substr(begin, end - begin);
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    if (line.entry()) read_entry(line);
    lines.push_back(line);
    begin = end + 1;
  }
  return lines;
}

// The value without a comment behind white space.
std::string_view without_comment(std::string_view value) {
  const std::string_view trimmed = trim(value);
  if (trimmed.starts_with('"') || trimmed.starts_with('\'')) return trimmed;
  for (std::size_t at = 1; at < trimmed.size(); ++at) {
    if (trimmed[at] == '#' && is_blank(trimmed[at - 1])) return trim(trimmed.substr(0, at));
  }
  return trimmed;
}

bool is_quoted(std::string_view value) {
  return value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
         value.back() == value.front();
}

// The names of references, and whether one of them is not written whole.
struct References {
  std::vector<std::string_view> names;
  bool broken = false;
};

References references_of(std::string_view value) {
  References found;
  if (trim(value).starts_with('\'')) return found;
  for (std::size_t at = value.find('$'); at != std::string_view::npos;
       at = value.find('$', at + 1)) {
    if (at > 0 && value[at - 1] == '\\') continue;
    const bool brace = value.substr(at + 1, 1) == "{";
    const std::size_t begin = at + (brace ? 2 : 1);
    std::size_t end = begin;
    while (end < value.size() && (base::is_alphanumeric(value[end]) || value[end] == '_'))
      ++end;
    if (end > begin) found.names.push_back(value.substr(begin, end - begin));
    const bool closed = value.substr(end, 1) == "}";
    const bool fallback = brace && (value.substr(end, 1) == ":" || value.substr(end, 1) == "-");
    if (fallback && value.find('}', end) != std::string_view::npos) continue;
    if ((end > begin || brace) && brace != closed) found.broken = true;
  }
  return found;
}

class Style {
 public:
  explicit Style(std::string_view text) : lines_(lines_of(text)) {}

  std::vector<EnvStyleMistake> check(EnvStyle style) {
    for (number_ = 0; number_ < lines_.size(); ++number_) {
      const Line& line = lines_[number_];
      if (std::string message = mistake(style, line); !message.empty())
        mistakes_.push_back({line.span(), std::string(trim(line.key)), std::move(message)});
    }
    return std::move(mistakes_);
  }

 private:
  // Returns what is wrong with a line, or an empty text.
  std::string mistake(EnvStyle style, const Line& line) {
    switch (style) {
      case EnvStyle::ending_blank_line:
        return number_ + 1 == lines_.size() && !line.ended ? "the file does not end with a line end"
                                                           : "";
      case EnvStyle::extra_blank_line:
        return number_ > 0 && line.blank() && lines_[number_ - 1].blank()
                   ? "a second blank line in a row"
                   : "";
      case EnvStyle::trailing_whitespace:
        return !line.text.empty() && is_blank(line.text.back())
                   ? "white space at the end of the line"
                   : "";
      case EnvStyle::unordered_key:
        return order(line);
      default:
        return line.entry() ? entry_mistake(style, line) : "";
    }
  }

  std::string entry_mistake(EnvStyle style, const Line& line) {
    const std::string_view key = trim(line.key);
    switch (style) {
      case EnvStyle::duplicated_key:
        return seen_.insert(std::string(key)).second ? "" : fmt::format("`{}` is set again", key);
      case EnvStyle::incorrect_delimiter:
        return has_wrong_delimiter(key)
                   ? "a name with other characters than letters, digits and `_` inside"
                   : "";
      case EnvStyle::key_without_value:
        return line.has_value ? "" : fmt::format("`{}` stands without `=`", key);
      case EnvStyle::leading_character: {
        const char first = line.text.front();
        const bool good = base::is_letter(first) || first == '_' || is_beyond_ascii(first);
        return good ? "" : "the line does not begin with a letter or `_`";
      }
      case EnvStyle::lowercase_key:
        return std::any_of(key.begin(), key.end(), [](char c) { return c >= 'a' && c <= 'z'; })
                   ? fmt::format("`{}` has small letters", key)
                   : "";
      case EnvStyle::quote_character:
        return has_needless_quotes(line.value)
                   ? fmt::format("the quotes around the value of `{}` are not needed", key)
                   : "";
      case EnvStyle::space_character:
        return line.has_value && ((!line.key.empty() && is_blank(line.key.back())) ||
                                  (!line.value.empty() && is_blank(line.value.front()) &&
                                   !trim(line.value).empty()))
                   ? fmt::format("white space beside the `=` of `{}`", key)
                   : "";
      case EnvStyle::substitution_key:
        return references_of(line.value).broken
                   ? fmt::format(
                         "a reference in the value of `{}` is not written whole: `${{NAME}}`", key)
                   : "";
      case EnvStyle::value_without_quotes: {
        const std::string_view value = without_comment(line.value);
        const bool open = !value.starts_with('"') && !value.starts_with('\'') &&
                          value.find_first_of(" \t") != std::string_view::npos;
        return open ? fmt::format("the value of `{}` has white space and no quotes", key) : "";
      }
      default:
        return {};
    }
  }

  // What stands in front of the first letter is another rule's affair.
  static bool has_wrong_delimiter(std::string_view key) {
    while (!key.empty() && (!is_key_char(key.front()) || base::is_digit(key.front())))
      key.remove_prefix(1);
    return !std::all_of(key.begin(), key.end(), is_key_char);
  }

  static bool has_needless_quotes(std::string_view written) {
    const std::string_view value = without_comment(written);
    if (!is_quoted(value) || value.size() == 2) return false;
    const std::string_view inner = value.substr(1, value.size() - 2);
    return inner.find_first_of(" \t\n=\\$#`") == std::string_view::npos;
  }

  // Keys of one group in the order of the alphabet; blank lines and comments end a group, and so
  // does a value that refers to a key of it.
  std::string order(const Line& line) {
    if (!line.entry()) {
      group_.clear();
      return {};
    }
    const std::vector<std::string_view> names = references_of(line.value).names;
    const bool refers = std::any_of(names.begin(), names.end(),
                                    [&](std::string_view name) { return group_.contains(name); });
    if (refers) group_.clear();
    const std::string_view key = trim(line.key);
    const auto next = group_.upper_bound(key);
    const std::string before = next == group_.end() ? "" : std::string(*next);
    group_.insert(key);
    return before.empty() ? "" : fmt::format("`{}` belongs before `{}`", key, before);
  }

  std::vector<Line> lines_;
  std::size_t number_ = 0;
  std::set<std::string, std::less<>> seen_;
  std::multiset<std::string_view, std::less<>> group_;
  std::vector<EnvStyleMistake> mistakes_;
};

}  // namespace

std::optional<EnvStyle> find_env_style(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<EnvStyle>(found - kNames.begin());
}

std::span<const std::string_view> env_style_names() { return kNames; }

std::vector<EnvStyleMistake> check_env_style(std::string_view text, EnvStyle style) {
  return Style(text).check(style);
}

}  // namespace gate::readers
