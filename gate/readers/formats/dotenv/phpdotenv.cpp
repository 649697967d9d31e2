#include <algorithm>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/pattern.h"
#include "gate/base/unicode.h"
#include "gate/readers/formats/dotenv/readers.h"

namespace gate::readers {
namespace {

// phpdotenv 5.6: Parser (Lines, EntryParser, Lexer) and Loader (Resolver), state by state. Where it
// works on characters, this works on bytes: everything it looks for is ASCII.
class PhpDotenv {
 public:
  PhpDotenv(std::string_view text, const EnvScope& scope) : text_(text), scope_(scope) {}

  EnvFile read() {
    read_lines();
    return std::move(file_);
  }

 private:
  // One entry: lines joined by LF, and where each of them stands in the file.
  struct Entry {
    struct Piece {
      std::size_t begin;     // in `text`
      std::uint32_t source;  // in the file
    };
    std::string text;
    std::vector<Piece> pieces;

    [[nodiscard]] std::uint32_t source(std::size_t offset) const {
      auto piece = std::upper_bound(pieces.begin(), pieces.end(), offset,
                                    [](std::size_t at, const Piece& p) { return at < p.begin; });
      --piece;
      return piece->source + static_cast<std::uint32_t>(offset - piece->begin);
    }
    [[nodiscard]] base::Span span(std::size_t begin, std::size_t end) const {
      return {source(begin), begin == end ? source(begin) : source(end - 1) + 1};
    }
  };

  // A value as the lexer leaves it: characters, and which `$` among them may begin a reference.
  struct RawValue {
    std::string chars;
    std::vector<std::size_t> references;
    std::size_t begin = 0;  // as written, with quotes, in the entry
    std::size_t end = 0;
  };

  enum class State : std::uint8_t {
    initial,
    unquoted,
    single_quoted,
    double_quoted,
    escape,
    white_space,
    comment
  };

  // PHP's trim().
  static bool trims(char c) {
    return c == ' ' || (c >= '\t' && c <= '\v') || c == '\r' || c == '\0';
  }
  // ctype_space() and PCRE's \s.
  static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

  void report(base::Span span, EnvEffect effect, std::string message, bool open_quote = false) {
    file_.problems.push_back({span, effect, std::move(message), open_quote});
  }
  void refuse(base::Span span, std::string_view what, bool open_quote = false) {
    report(span, EnvEffect::refuses_file, std::string(what) + ": phpdotenv refuses the whole file",
           open_quote);
  }

  void read_lines() {
    Entry open;
    bool multi_line = false;
    for (std::size_t begin = 0;;) {
      const std::size_t end = std::min(text_.find_first_of("\r\n", begin), text_.size());
      const std::string_view line = text_.substr(begin, end - begin);
      if (!base::is_valid_utf8(line)) {  // loading a file converts it with mb_convert_encoding
        report({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
               EnvEffect::changes_value,
               "bytes that are not UTF-8: phpdotenv loads `?` in their place");
      }
      const bool starts = !multi_line && starts_multi_line(line);
      if (!open.pieces.empty()) open.text += '\n';
      open.pieces.push_back({open.text.size(), static_cast<std::uint32_t>(begin)});
      open.text += line;
      if (multi_line || starts) multi_line = !stops_multi_line(line, starts);
      if (!multi_line) {
        read_entry(open);
        open = {};
      }
      if (end == text_.size()) break;
      begin =
          end + (text_[end] == '\r' && end + 1 < text_.size() && text_[end + 1] == '\n' ? 2 : 1);
    }
    if (multi_line) {
      const std::size_t quote = open.text.find("=\"") + 1;
      report(open.span(quote, quote + 1), EnvEffect::drops_keys,
             "a quote that is never closed: phpdotenv drops this key and all that follow without a "
             "word",
             true);
    }
  }

  static bool starts_multi_line(std::string_view line) {
    return line.find("=\"") != std::string_view::npos && !stops_multi_line(line, true);
  }

  // Lines::looksLikeMultilineStop: counts `"` with another character than a backslash before it,
  // `\\` left out.
  static bool stops_multi_line(std::string_view line, bool started) {
    if (line == "\"") return true;
    std::size_t count = 0;
    bool any_before = false;
    char before = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line.substr(i, 2) == "\\\\") {
        ++i;
        continue;
      }
      if (line[i] == '"' && any_before && before != '\\') ++count;
      any_before = true;
      before = line[i];
    }
    return started ? count > 1 : count >= 1;
  }

  void read_entry(const Entry& entry) {
    if (grown_ > kEnvGrowthLimit) return;
    const std::string& line = entry.text;
    std::size_t begin = 0;
    std::size_t end = line.size();
    while (begin < end && trims(line[begin]))
      ++begin;
    while (end > begin && trims(line[end - 1]))
      --end;
    if (begin == end || line[begin] == '#') return;

    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) {
      // A bare name is not trimmed: white space beside it is part of it, and refused.
      std::optional<EnvEntry> read =
          read_name(entry, 0, line.size(), "a line that is not `NAME=value`");
      if (!read) return;
      read->has_value = false;
      read->value_span = entry.span(line.size(), line.size());
      store(std::move(*read));
      return;
    }
    std::size_t name_end = equals;
    while (name_end > begin && trims(line[name_end - 1]))
      --name_end;
    if (name_end <= begin) {
      refuse(entry.span(equals, equals + 1), "`=` without a name before it");
      return;
    }
    std::optional<EnvEntry> read = read_name(
        entry, begin, name_end, "a name with other characters than letters, digits, `_` and `.`");
    std::optional<RawValue> raw = read_value(entry, equals + 1, end);
    if (!read || !raw) return;
    read->value_span = entry.span(raw->begin, raw->end);
    read->value = resolve(std::move(*raw));
    if (read->value.size() > kEnvValueLimit) {
      grown_ = kEnvGrowthLimit + 1;
      refuse(read->value_span, "references that make a value larger than 1 MB");
      return;
    }
    grown_ += read->value.size();
    if (grown_ > kEnvGrowthLimit)
      refuse(read->value_span, "references that make the values larger than 8 MB");
    store(std::move(*read));
  }

  // EntryParser::parseName; `mistake` says what it is where it is no name.
  std::optional<EnvEntry> read_name(const Entry& entry, std::size_t begin, std::size_t end,
                                    std::string_view mistake) {
    std::string_view name = std::string_view(entry.text).substr(begin, end - begin);
    const bool exported = name.substr(0, 6) == "export" && name.size() > 6 && is_space(name[6]);
    const auto length = std::count_if(name.begin(), name.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    if (exported && length > 8) {
      begin += 6;
      while (begin < end && trims(entry.text[begin]))
        ++begin;
      name = std::string_view(entry.text).substr(begin, end - begin);
    }
    if (name.size() >= 3 && (name.front() == '"' || name.front() == '\'') &&
        name.back() == name.front()) {
      name = name.substr(1, name.size() - 2);
      ++begin;
      --end;
    }
    if (is_name(name)) {
      EnvEntry read;
      read.key = name;
      read.key_span = entry.span(begin, end);
      return read;
    }
    if (name.substr(0, 3) == "\xEF\xBB\xBF") {
      refuse(entry.span(begin, begin + 3),
             "a byte order mark, which counts as part of the first name");
    } else if (exported && length <= 8) {
      refuse(entry.span(begin, end), "`export` before a name of one character");
    } else {
      refuse(entry.span(begin, end), mistake);
    }
    return std::nullopt;
  }

  static bool is_plain_name_char(char c) {
    return base::is_alphanumeric(c) || c == '_' || c == '.';
  }

  static bool is_name(std::string_view name) {
    const bool ascii = std::all_of(name.begin(), name.end(), is_plain_name_char);
    if (ascii) return !name.empty();
    static const base::Pattern kName = base::Pattern::trusted(R"([\p{Ll}\p{Lu}\p{M}\p{N}_.]+)", {});
    return base::is_valid_utf8(name) && kName.matches_whole(name);
  }

  // EntryParser::parseValue and processToken; [begin, end) of the entry, white space around it not
  // yet trimmed.
  std::optional<RawValue> read_value(const Entry& entry, std::size_t begin, std::size_t end) {
    const std::string& line = entry.text;
    RawValue value;
    value.begin = value.end = begin;
    while (begin < end && trims(line[begin]))
      ++begin;
    if (begin >= end) return value;
    value.begin = value.end = begin;

    State state = State::initial;
    for (std::size_t at = begin; at < end; ++at) {
      const char c = line[at];
      switch (state) {
        case State::initial:
        case State::unquoted:
          if (c == '#') {
            state = State::comment;
          } else if (state == State::unquoted && is_space(c)) {
            state = State::white_space;
          } else if (state == State::initial && (c == '\'' || c == '"')) {
            state = c == '"' ? State::double_quoted : State::single_quoted;
            value.end = at + 1;
          } else {
            append(value, c, at);
            state = State::unquoted;
          }
          break;
        case State::single_quoted:
        case State::double_quoted:
          if (c == (state == State::double_quoted ? '"' : '\'')) {
            state = State::white_space;
            value.end = at + 1;
          } else if (state == State::double_quoted && c == '\\') {
            state = State::escape;
          } else {
            append(value, c, at, state == State::double_quoted);
          }
          break;
        case State::escape: {
          const std::optional<char> escaped = unescape(c);
          if (!escaped) {
            refuse(
                entry.span(at - 1, at + 1),
                R"(an escape other than `\"`, `\\`, `\$`, `\f`, `\n`, `\r`, `\t`, `\v` in a quoted value)");
            return std::nullopt;
          }
          append(value, *escaped, at, false);
          state = State::double_quoted;
          break;
        }
        case State::white_space:
          if (c == '#') {
            state = State::comment;
          } else if (!is_space(c)) {
            const bool quoted = line[begin] == '"' || line[begin] == '\'';
            refuse(entry.span(at, end), quoted ? "text after the closing quote"
                                               : "white space in a value without quotes");
            return std::nullopt;
          }
          break;
        case State::comment:
          break;
      }
    }
    if (state == State::single_quoted || state == State::double_quoted || state == State::escape) {
      refuse(entry.span(begin, begin + 1), "a quote that is never closed", true);
      return std::nullopt;
    }
    return value;
  }

  static void append(RawValue& value, char c, std::size_t at, bool references = true) {
    if (c == '$' && references) value.references.push_back(value.chars.size());
    value.chars += c;
    value.end = at + 1;
  }

  static std::optional<char> unescape(char c) {
    switch (c) {
      case '"':
      case '\\':
      case '$':
        return c;
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'v':
        return '\v';
      default:
        return std::nullopt;
    }
  }

  // Resolver::resolve: from the last `$` to the first, so that ${${A}} works; a name that is not
  // set stays as written.
  [[nodiscard]] std::string resolve(RawValue value) const {
    std::string& chars = value.chars;
    for (auto at = value.references.rbegin(); at != value.references.rend(); ++at) {
      if (chars.compare(*at, 2, "${") != 0) continue;
      std::size_t end = *at + 2;
      while (end < chars.size() && is_plain_name_char(chars[end]))
        ++end;
      if (end == *at + 2 || end == chars.size() || chars[end] != '}') continue;
      if (chars.size() > kEnvValueLimit) break;
      const std::optional<std::string> found =
          lookup(std::string_view(chars).substr(*at + 2, end - *at - 2));
      if (found) chars.replace(*at, end + 1 - *at, *found);
    }
    return std::move(chars);
  }

  [[nodiscard]] std::optional<std::string> lookup(std::string_view key) const {
    return find_variable(key, scope_, known_);
  }

  void store(EnvEntry entry) {
    known_.insert_or_assign(entry.key, entry.has_value ? std::optional(entry.value) : std::nullopt);
    file_.entries.push_back(std::move(entry));
  }

  std::string_view text_;
  const EnvScope& scope_;
  KnownVariables known_;
  EnvFile file_;
  std::size_t grown_ = 0;  // bytes of all values
};

}  // namespace

EnvFile read_phpdotenv(std::string_view text, const EnvScope& scope) {
  return PhpDotenv(text, scope).read();
}

}  // namespace gate::readers
