#include <algorithm>
#include <array>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"
#include "gate/readers/formats/python/encoding.h"
#include "gate/readers/formats/python/token.h"

namespace gate::readers::python {
namespace {

using base::is_alphanumeric;
using base::is_digit;
using base::is_letter;
using Kind = TokenKind;

struct Word {
  std::string_view text;
  Kind kind;
};

constexpr auto kKeywords = std::to_array<Word>({
    {"False", Kind::kw_false},
    {"None", Kind::kw_none},
    {"True", Kind::kw_true},
    {"and", Kind::kw_and},
    {"as", Kind::kw_as},
    {"assert", Kind::kw_assert},
    {"async", Kind::kw_async},
    {"await", Kind::kw_await},
    {"break", Kind::kw_break},
    {"class", Kind::kw_class},
    {"continue", Kind::kw_continue},
    {"def", Kind::kw_def},
    {"del", Kind::kw_del},
    {"elif", Kind::kw_elif},
    {"else", Kind::kw_else},
    {"except", Kind::kw_except},
    {"finally", Kind::kw_finally},
    {"for", Kind::kw_for},
    {"from", Kind::kw_from},
    {"global", Kind::kw_global},
    {"if", Kind::kw_if},
    {"import", Kind::kw_import},
    {"in", Kind::kw_in},
    {"is", Kind::kw_is},
    {"lambda", Kind::kw_lambda},
    {"nonlocal", Kind::kw_nonlocal},
    {"not", Kind::kw_not},
    {"or", Kind::kw_or},
    {"pass", Kind::kw_pass},
    {"raise", Kind::kw_raise},
    {"return", Kind::kw_return},
    {"try", Kind::kw_try},
    {"while", Kind::kw_while},
    {"with", Kind::kw_with},
    {"yield", Kind::kw_yield},
});

// Longest first for each first character.
constexpr auto kPunctuation = std::to_array<Word>({
    {"**=", Kind::double_star_assign},
    {"//=", Kind::double_slash_assign},
    {"<<=", Kind::shift_left_assign},
    {">>=", Kind::shift_right_assign},
    {"...", Kind::ellipsis},
    {"**", Kind::double_star},
    {"//", Kind::double_slash},
    {"<<", Kind::shift_left},
    {">>", Kind::shift_right},
    {"->", Kind::arrow},
    {":=", Kind::walrus},
    {"==", Kind::equal},
    {"!=", Kind::not_equal},
    {"<=", Kind::less_equal},
    {">=", Kind::greater_equal},
    {"+=", Kind::plus_assign},
    {"-=", Kind::minus_assign},
    {"*=", Kind::star_assign},
    {"/=", Kind::slash_assign},
    {"%=", Kind::percent_assign},
    {"@=", Kind::at_assign},
    {"&=", Kind::ampersand_assign},
    {"|=", Kind::bar_assign},
    {"^=", Kind::caret_assign},
    {",", Kind::comma},
    {":", Kind::colon},
    {";", Kind::semicolon},
    {".", Kind::dot},
    {"@", Kind::at},
    {"=", Kind::assign},
    {"+", Kind::plus},
    {"-", Kind::minus},
    {"*", Kind::star},
    {"/", Kind::slash},
    {"%", Kind::percent},
    {"&", Kind::ampersand},
    {"|", Kind::bar},
    {"^", Kind::caret},
    {"~", Kind::tilde},
    {"<", Kind::less},
    {">", Kind::greater},
});

// Where the words of each first character stand in a table, so that most of it is never looked at.
struct Range {
  std::uint8_t begin = 0;
  std::uint8_t end = 0;
};
using Ranges = std::array<Range, 128>;

constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

constexpr bool begins_name(char c) { return is_letter(c) || c == '_' || !is_ascii(c); }
constexpr bool continues_name(char c) { return is_alphanumeric(c) || c == '_' || !is_ascii(c); }

Kind keyword(std::string_view word) {
  if (word.size() < 2 || word.size() > 8) return Kind::name;
  static constexpr Ranges kRanges = [] {
    Ranges ranges{};
    for (std::size_t index = 0; index < kKeywords.size(); ++index) {
      Range& range = ranges[static_cast<unsigned char>(kKeywords[index].text.front())];
      if (range.end == 0) range.begin = static_cast<std::uint8_t>(index);
      range.end = static_cast<std::uint8_t>(index + 1);
    }
    return ranges;
  }();
  if (!is_ascii(word.front())) return Kind::name;
  const Range range = kRanges[static_cast<unsigned char>(word.front())];
  for (std::size_t index = range.begin; index < range.end; ++index) {
    if (kKeywords[index].text == word) return kKeywords[index].kind;
  }
  return Kind::name;
}

// What an open bracket is; literal text of an f-string and of a specification in it counts as one.
enum class Open : std::uint8_t { paren, bracket, brace, format, field, spec };

struct Level {
  Open open = Open::paren;
  char quote = 0;  // of the f-string that a format, field or spec belongs to
  bool triple = false;
  bool raw = false;
  std::uint32_t begin = 0;
};

struct Prefix {
  std::size_t size = 0;
  bool raw = false;
  bool format = false;
};

// Returns the string prefix that ends right before a quote, or nothing where the letters are none.
std::optional<Prefix> string_prefix(std::string_view letters) {
  Prefix prefix{letters.size()};
  bool bytes = false;
  bool unicode = false;
  for (const char letter : letters) {
    switch (base::to_lower(letter)) {
      case 'r':
        if (std::exchange(prefix.raw, true)) return std::nullopt;
        break;
      case 'b':
        if (std::exchange(bytes, true)) return std::nullopt;
        break;
      case 'u':
        if (std::exchange(unicode, true)) return std::nullopt;
        break;
      case 'f':
      case 't':
        if (std::exchange(prefix.format, true)) return std::nullopt;
        break;
      default:
        return std::nullopt;
    }
  }
  if (unicode && letters.size() > 1) return std::nullopt;
  if (bytes && prefix.format) return std::nullopt;
  return prefix;
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  Tokens run() && {
    if (text_.size() > kMaxSource) {
      fail({0, 0}, "the file is larger than 4 MB");
    } else {
      encoding();
      // One word for three bytes is more than real files hold.
      if (!out_.error) out_.tokens.reserve(text_.size() / 3 + 16);
      lines();
    }
    if (out_.error) out_.tokens.clear();
    push(Kind::end, text_.size(), text_.size());
    return std::move(out_);
  }

 private:
  void fail(base::Span span, std::string message) {
    if (!out_.error) out_.error = SyntaxError{span, std::move(message)};
  }
  void fail_at(std::size_t at, std::string message) {
    fail({static_cast<std::uint32_t>(at),
          static_cast<std::uint32_t>(std::min(at + 1, text_.size()))},
         std::move(message));
  }
  void push(Kind kind, std::size_t begin, std::size_t end) {
    out_.tokens.push_back(
        {kind, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
  }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool done() const { return at_ >= text_.size() || out_.error.has_value(); }

  void encoding() {
    const SourceEncoding found = find_encoding(text_);
    out_.encoding = found.encoding;
    at_ = found.skip;
    if (found.error) out_.error = found.error;
  }

  void lines() {
    while (!done()) {
      if (levels_.empty() && !line_open_) {
        begin_line();
        if (done()) break;
      }
      if (!levels_.empty() &&
          (levels_.back().open == Open::format || levels_.back().open == Open::spec)) {
        format_text();
      } else {
        word();
      }
    }
    if (out_.error) return;
    if (!levels_.empty()) return unclosed();
    if (line_open_) push(Kind::newline, text_.size(), text_.size());
    for (std::size_t level = 1; level < indents_.size(); ++level) {
      push(Kind::dedent, text_.size(), text_.size());
    }
  }

  void unclosed() {
    const Level& level = levels_.back();
    if (level.open == Open::format) {
      fail_at(level.begin, "this string is not closed");
    } else if (level.open == Open::field || level.open == Open::spec) {
      fail_at(level.begin, "this `{` is not closed in its string");
    } else {
      fail_at(level.begin, std::string("this `") + text_[level.begin] + "` is not closed");
    }
  }

  // Columns as CPython counts them: tabs to the next multiple of 8, and, to find what looks the
  // same and is not, tabs as one.
  struct Indent {
    std::size_t column = 0;
    std::size_t narrow = 0;
  };

  // Skips empty lines; then says how the line that follows is indented.
  void begin_line() {
    while (at_ < text_.size()) {
      Indent indent;
      const std::size_t begin = at_;
      for (; at_ < text_.size(); ++at_) {
        if (text_[at_] == ' ') {
          ++indent.column;
          ++indent.narrow;
        } else if (text_[at_] == '\t') {
          indent.column = (indent.column / 8 + 1) * 8;
          ++indent.narrow;
        } else if (text_[at_] == '\f') {
          indent = {};
        } else {
          break;
        }
      }
      if (peek() == '#') skip_comment();
      if (at_ >= text_.size()) return;
      if (skip_line_end()) continue;
      // A backslash joins the next line without a word of this one: the indent is this line's.
      if (peek() == '\\' && (peek(1) == '\n' || peek(1) == '\r')) {
        ++at_;
        skip_line_end();
        while (peek() == ' ' || peek() == '\t' || peek() == '\f')
          ++at_;
        if (at_ >= text_.size()) return;
        if (peek() == '\n' || peek() == '\r' || peek() == '#') continue;
      }
      set_indent(indent, begin);
      return;
    }
  }

  void set_indent(Indent indent, std::size_t begin) {
    line_open_ = true;
    const Indent& current = indents_.back();
    if (indent.column == current.column) {
      if (indent.narrow != current.narrow) ambiguous(begin);
      return;
    }
    if (indent.column > current.column) {
      if (indent.narrow <= current.narrow) return ambiguous(begin);
      if (indents_.size() > kMaxIndents) return fail_at(at_, "nested too deeply");
      indents_.push_back(indent);
      return push(Kind::indent, begin, at_);
    }
    while (indent.column < indents_.back().column) {
      indents_.pop_back();
      push(Kind::dedent, at_, at_);
    }
    if (indent.column != indents_.back().column) {
      return fail_at(at_, "this line is indented like none above it");
    }
    if (indent.narrow != indents_.back().narrow) ambiguous(begin);
  }

  void ambiguous(std::size_t begin) {
    fail({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)},
         "tabs and spaces are mixed: how far the line is indented depends on the width of a tab");
  }

  void skip_comment() {
    while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r')
      ++at_;
  }

  bool skip_line_end() {
    if (peek() == '\n') {
      ++at_;
      return true;
    }
    if (peek() != '\r' || at_ >= text_.size()) return false;
    at_ += peek(1) == '\n' ? 2U : 1U;
    return true;
  }

  // One word of code, or what stands between two.
  void word() {
    const char c = text_[at_];
    if (c == ' ' || c == '\t' || c == '\f') {
      ++at_;
    } else if (c == '\n' || c == '\r') {
      const std::size_t begin = at_;
      skip_line_end();
      if (levels_.empty()) {
        push(Kind::newline, begin, begin);
        line_open_ = false;
      }
    } else if (c == '#') {
      skip_comment();
    } else if (c == '\\') {
      ++at_;
      if (!skip_line_end()) fail_at(at_ - 1, "a backslash joins lines only at the end of one");
    } else if (begins_name(c)) {
      name();
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      number();
    } else if (c == '\'' || c == '"') {
      string(at_, {});
    } else {
      punctuation();
    }
  }

  void name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && continues_name(text_[at_]))
      ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if ((peek() == '\'' || peek() == '"') && word.size() <= 2) {
      if (const std::optional<Prefix> prefix = string_prefix(word)) return string(begin, *prefix);
    }
    push(keyword(word), begin, at_);
  }

  void digits(bool (*accept)(char)) {
    while (accept(peek()) || (peek() == '_' && accept(peek(1))))
      ++at_;
  }

  void number() {
    const std::size_t begin = at_;
    const char second = base::to_lower(peek(1));
    const auto decimal = [](char c) { return is_digit(c); };
    if (peek() == '0' && (second == 'x' || second == 'o' || second == 'b')) {
      at_ += 2;
      const std::size_t first = at_;
      if (second == 'x') {
        digits([](char c) {
          const char low = base::to_lower(c);
          return is_digit(c) || (low >= 'a' && low <= 'f');
        });
      } else if (second == 'o') {
        digits([](char c) { return c >= '0' && c <= '7'; });
      } else {
        digits([](char c) { return c == '0' || c == '1'; });
      }
      if (at_ == first) return bad_number(begin);
    } else {
      digits(decimal);
      bool whole = true;
      if (peek() == '.') {
        ++at_;
        if (is_digit(peek())) digits(decimal);
        whole = false;
      }
      if (peek() == 'e' || peek() == 'E') {
        const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        if (is_digit(peek(1 + sign))) {
          at_ += 1 + sign;
          digits(decimal);
          whole = false;
        }
      }
      if (peek() == 'j' || peek() == 'J') {
        ++at_;
      } else if (whole && has_leading_zero(text_.substr(begin, at_ - begin))) {
        return bad_number(begin);
      }
    }
    // `1if x else 2` is (deprecated) Python, `1x` is not.
    if (at_ < text_.size() && begins_name(text_[at_]) && !keyword_follows()) {
      return bad_number(begin);
    }
    push(Kind::number, begin, at_);
  }

  static bool has_leading_zero(std::string_view digits) {
    return digits.size() > 1 && digits.front() == '0' &&
           digits.find_first_not_of("0_") != std::string_view::npos;
  }

  [[nodiscard]] bool keyword_follows() const {
    std::size_t end = at_;
    while (end < text_.size() && end < at_ + 9 && continues_name(text_[end]))
      ++end;
    const Kind kind = keyword(text_.substr(at_, end - at_));
    return kind == Kind::kw_and || kind == Kind::kw_else || kind == Kind::kw_for ||
           kind == Kind::kw_if || kind == Kind::kw_in || kind == Kind::kw_is ||
           kind == Kind::kw_not || kind == Kind::kw_or;
  }

  void bad_number(std::size_t begin) {
    while (at_ < text_.size() && continues_name(text_[at_]))
      ++at_;
    fail({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}, "this is no number");
  }

  // A string whose opening quote is next; its prefix begins at `begin`.
  void string(std::size_t begin, Prefix prefix) {
    const char quote = text_[at_];
    const bool triple = peek(1) == quote && peek(2) == quote;
    at_ += triple ? 3U : 1U;
    if (prefix.format) {
      push(Kind::format_begin, begin, at_);
      open({Open::format, quote, triple, prefix.raw, static_cast<std::uint32_t>(begin)});
      return;
    }
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\') {
        at_ += 2;
        // A carriage return with its line feed is one line end.
        if (at_ < text_.size() && text_[at_ - 1] == '\r' && text_[at_] == '\n') ++at_;
      } else if (c == quote && (!triple || (peek(1) == quote && peek(2) == quote))) {
        at_ += triple ? 3U : 1U;
        return push(Kind::string, begin, at_);
      } else if (!triple && (c == '\n' || c == '\r')) {
        break;
      } else {
        ++at_;
      }
    }
    fail({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + prefix.size + 1)},
         "this string is not closed");
  }

  void open(Level level) {
    if (levels_.size() >= kMaxBrackets) return fail_at(level.begin, "nested too deeply");
    levels_.push_back(level);
  }

  void flush_text(std::size_t begin) {
    if (at_ > begin) push(Kind::format_text, begin, at_);
  }

  // Literal text of an f-string, or of a format specification in one, up to the next bracket.
  void format_text() {
    const Level level = levels_.back();
    const bool spec = level.open == Open::spec;
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\') {
        skip_escape(level.raw);
      } else if (c == level.quote && (!level.triple || (peek(1) == c && peek(2) == c))) {
        if (spec) return fail_at(field_begin(), "this `{` is not closed in its string");
        flush_text(begin);
        push(Kind::format_end, at_, at_ + (level.triple ? 3 : 1));
        at_ += level.triple ? 3U : 1U;
        levels_.pop_back();
        return;
      } else if (!level.triple && (c == '\n' || c == '\r')) {
        return unclosed();
      } else if (!spec && (c == '{' || c == '}') && peek(1) == c) {
        at_ += 2;
      } else if (c == '{') {
        flush_text(begin);
        push(Kind::field_open, at_, at_ + 1);
        open({Open::field, level.quote, level.triple, level.raw, static_cast<std::uint32_t>(at_)});
        ++at_;
        return;
      } else if (c == '}') {
        if (!spec) return fail_at(at_, "a single `}` in an f-string: write `}}`");
        flush_text(begin);
        push(Kind::field_close, at_, at_ + 1);
        ++at_;
        levels_.pop_back();
        levels_.pop_back();
        return;
      } else {
        ++at_;
      }
    }
    at_ = text_.size();
    unclosed();
  }

  [[nodiscard]] std::size_t field_begin() const { return levels_[levels_.size() - 2].begin; }

  void skip_escape(bool raw) {
    const char next = peek(1);
    if (next == '{' || next == '}') {
      ++at_;
    } else if (!raw && next == 'N' && peek(2) == '{') {
      at_ += 3;
      while (at_ < text_.size() && text_[at_] != '}' && text_[at_] != '\n' && text_[at_] != '"' &&
             text_[at_] != '\'') {
        ++at_;
      }
      if (peek() == '}') ++at_;
    } else {
      at_ += next == '\r' && peek(2) == '\n' ? 3U : 2U;
    }
    at_ = std::min(at_, text_.size());
  }

  void punctuation() {
    const char c = text_[at_];
    switch (c) {
      case '(':
        return bracket(Kind::left_paren, Open::paren);
      case '[':
        return bracket(Kind::left_bracket, Open::bracket);
      case '{':
        return bracket(Kind::left_brace, Open::brace);
      case ')':
        return close(Kind::right_paren, Open::paren);
      case ']':
        return close(Kind::right_bracket, Open::bracket);
      case '}':
        if (!levels_.empty() && levels_.back().open == Open::field) {
          return close(Kind::field_close, Open::field);
        }
        return close(Kind::right_brace, Open::brace);
      default:
        break;
    }
    if (!levels_.empty() && levels_.back().open == Open::field) {
      if (c == ':') {
        push(Kind::field_spec, at_, at_ + 1);
        Level spec = levels_.back();
        spec.open = Open::spec;
        ++at_;
        return open(spec);
      }
      if (c == '!' && peek(1) != '=') {
        push(Kind::field_convert, at_, at_ + 1);
        ++at_;
        return;
      }
    }
    static constexpr Ranges kRanges = [] {
      // The table is ordered by length; each first character begins where its longest word stands.
      Ranges ranges{};
      for (std::size_t index = kPunctuation.size(); index-- > 0;) {
        Range& range = ranges[static_cast<unsigned char>(kPunctuation[index].text.front())];
        if (range.end == 0) range.end = static_cast<std::uint8_t>(index + 1);
        range.begin = static_cast<std::uint8_t>(index);
      }
      return ranges;
    }();
    const Range range = kRanges[static_cast<unsigned char>(c) & 0x7F];
    for (std::size_t index = range.begin; index < range.end; ++index) {
      if (text_.substr(at_).starts_with(kPunctuation[index].text)) {
        push(kPunctuation[index].kind, at_, at_ + kPunctuation[index].text.size());
        at_ += kPunctuation[index].text.size();
        return;
      }
    }
    fail_at(at_, "this character means nothing in Python");
  }

  void bracket(Kind kind, Open what) {
    push(kind, at_, at_ + 1);
    open({what, 0, false, false, static_cast<std::uint32_t>(at_)});
    ++at_;
  }

  void close(Kind kind, Open what) {
    if (levels_.empty()) {
      return fail_at(at_, std::string("this `") + text_[at_] + "` closes nothing");
    }
    if (levels_.back().open != what) return unclosed();
    push(kind, at_, at_ + 1);
    levels_.pop_back();
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool line_open_ = false;  // a logical line has begun
  std::vector<Indent> indents_{Indent{}};
  std::vector<Level> levels_;
  Tokens out_;
};

}  // namespace

Tokens tokenize(std::string_view text) { return Tokenizer(text).run(); }

}  // namespace gate::readers::python
