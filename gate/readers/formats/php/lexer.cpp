#include <algorithm>
#include <array>
#include <cstddef>

#include "gate/base/ascii.h"
#include "gate/readers/formats/php/token.h"

namespace gate::readers::php {
namespace {

struct Spelling {
  std::string_view text;
  Symbol symbol;
};

// Of those with the same start the longest stands first.
constexpr std::array kSymbols = {
    Spelling{"(", Symbol::paren_open},
    Spelling{")", Symbol::paren_close},
    Spelling{"[", Symbol::bracket_open},
    Spelling{"]", Symbol::bracket_close},
    Spelling{"{", Symbol::brace_open},
    Spelling{"}", Symbol::brace_close},
    Spelling{"#[", Symbol::attribute_open},
    Spelling{",", Symbol::comma},
    Spelling{";", Symbol::semicolon},
    Spelling{"::", Symbol::double_colon},
    Spelling{":", Symbol::colon},
    Spelling{"?->", Symbol::nullsafe_arrow},
    Spelling{"\?\?=", Symbol::coalesce_assign},
    Spelling{"??", Symbol::coalesce},
    Spelling{"?", Symbol::question},
    Spelling{"\\", Symbol::backslash},
    Spelling{"$", Symbol::dollar},
    Spelling{"@", Symbol::at},
    Spelling{"->", Symbol::arrow},
    Spelling{"--", Symbol::decrement},
    Spelling{"-=", Symbol::minus_assign},
    Spelling{"-", Symbol::minus},
    Spelling{"=>", Symbol::double_arrow},
    Spelling{"===", Symbol::identical},
    Spelling{"==", Symbol::equal},
    Spelling{"=", Symbol::assign},
    Spelling{"...", Symbol::ellipsis},
    Spelling{".=", Symbol::dot_assign},
    Spelling{".", Symbol::dot},
    Spelling{"++", Symbol::increment},
    Spelling{"+=", Symbol::plus_assign},
    Spelling{"+", Symbol::plus},
    Spelling{"**=", Symbol::power_assign},
    Spelling{"**", Symbol::power},
    Spelling{"*=", Symbol::star_assign},
    Spelling{"*", Symbol::star},
    Spelling{"/=", Symbol::slash_assign},
    Spelling{"/", Symbol::slash},
    Spelling{"%=", Symbol::percent_assign},
    Spelling{"%", Symbol::percent},
    Spelling{"~", Symbol::tilde},
    Spelling{"!==", Symbol::not_identical},
    Spelling{"!=", Symbol::not_equal},
    Spelling{"!", Symbol::exclamation},
    Spelling{"<<=", Symbol::shift_left_assign},
    Spelling{"<=>", Symbol::spaceship},
    Spelling{"<<", Symbol::shift_left},
    Spelling{"<=", Symbol::less_equal},
    Spelling{"<>", Symbol::not_equal},
    Spelling{"<", Symbol::less},
    Spelling{">>=", Symbol::shift_right_assign},
    Spelling{">>", Symbol::shift_right},
    Spelling{">=", Symbol::greater_equal},
    Spelling{">", Symbol::greater},
    Spelling{"&&", Symbol::and_and},
    Spelling{"&=", Symbol::and_assign},
    Spelling{"&", Symbol::ampersand},
    Spelling{"||", Symbol::or_or},
    Spelling{"|>", Symbol::pipe_forward},
    Spelling{"|=", Symbol::or_assign},
    Spelling{"|", Symbol::pipe},
    Spelling{"^=", Symbol::xor_assign},
    Spelling{"^", Symbol::caret},
};

// Where the spellings with this first byte begin, for each byte; kSymbols.size() where there are
// none.
constexpr std::array<std::uint8_t, 256> first_spellings() {
  std::array<std::uint8_t, 256> firsts{};
  for (std::uint8_t& first : firsts)
    first = static_cast<std::uint8_t>(kSymbols.size());
  for (std::size_t i = kSymbols.size(); i-- > 0;)
    firsts[static_cast<unsigned char>(kSymbols[i].text[0])] = static_cast<std::uint8_t>(i);
  return firsts;
}
constexpr std::array<std::uint8_t, 256> kFirstSpelling = first_spellings();

constexpr std::array kCasts = {
    Spelling{"int", Symbol::cast_int},       Spelling{"integer", Symbol::cast_int},
    Spelling{"bool", Symbol::cast_bool},     Spelling{"boolean", Symbol::cast_bool},
    Spelling{"float", Symbol::cast_float},   Spelling{"double", Symbol::cast_float},
    Spelling{"real", Symbol::cast_float},    Spelling{"string", Symbol::cast_string},
    Spelling{"binary", Symbol::cast_string}, Spelling{"array", Symbol::cast_array},
    Spelling{"object", Symbol::cast_object}, Spelling{"unset", Symbol::cast_unset},
    Spelling{"void", Symbol::cast_void},
};

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_line_end(char c) { return c == '\n' || c == '\r'; }

constexpr bool is_digit_of(char c, int radix) {
  if (radix == 16)
    return base::is_digit(c) || (base::to_lower(c) >= 'a' && base::to_lower(c) <= 'f');
  return c >= '0' && c < '0' + radix;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) { out_.list.reserve(text.size() / 5 + 8); }

  Tokens run() {
    // The command line skips a `#!` line, as in artisan.
    if (text_.starts_with("#!")) skip_line();
    modes_.push_back({});
    read_html();
    while (at_ < text_.size() && !stopped_)
      modes_.back().kind == Mode::code ? read_code() : read_template();
    if (modes_.size() > 1 && !stopped_) finish_early();
    add(TokenKind::end, at_);
    return std::move(out_);
  }

 private:
  struct Mode {
    enum Kind : std::uint8_t { code, quotes, backtick, heredoc };
    Kind kind = code;
    std::string_view label;   // of a heredoc
    std::uint32_t begin = 0;  // the token that opened it
  };

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool starts(std::string_view what) const {
    return text_.substr(at_).starts_with(what);
  }

  Token& add(TokenKind kind, std::size_t begin) {
    Token token;
    token.kind = kind;
    token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    return out_.list.emplace_back(token);
  }
  void add_symbol(Symbol symbol, std::size_t begin) {
    add(TokenKind::symbol, begin).symbol = symbol;
    if (symbol != Symbol::semicolon || !halts_) return;
    at_ = text_.size();
    modes_.resize(1);
  }

  void fail(std::size_t begin, std::size_t end, std::string_view message) {
    out_.problem =
        Problem{{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, message};
    at_ = begin;
    stopped_ = true;
  }

  // The text ended inside a string.
  void finish_early() {
    for (const Mode& mode : modes_) {
      if (mode.kind == Mode::code) continue;
      out_.problem = Problem{out_.list[mode.begin].span, mode.kind == Mode::heredoc
                                                             ? "the heredoc is not closed"
                                                             : "the string is not closed"};
      return;
    }
  }

  void skip_line() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (at_ < text_.size()) ++at_;
  }

  void skip_name() {
    while (at_ < text_.size() && is_name_part(text_[at_]))
      ++at_;
  }

  // Takes one line end.
  bool take_line_end() {
    if (peek() == '\r') {
      at_ += peek(1) == '\n' ? 2U : 1U;
      return true;
    }
    if (peek() != '\n') return false;
    ++at_;
    return true;
  }

  // --- HTML --------------------------------------------------------------------------------------

  // Reads up to the next opening tag, which is `<?php` before a blank, or `<?=`: the short `<?` is
  // off in production.
  void read_html() {
    const std::size_t begin = at_;
    std::size_t tag = at_;
    bool is_echo = false;
    while ((tag = text_.find("<?", tag)) != std::string_view::npos) {
      is_echo = text_.substr(tag + 2).starts_with('=');
      if (is_echo || is_long_tag(tag)) break;
      tag += 2;
    }
    at_ = std::min(tag, text_.size());
    if (at_ != begin) add(TokenKind::inline_html, begin);
    if (at_ == text_.size()) return;
    at_ += is_echo ? 3U : 5U;
    if (is_echo) {
      add(TokenKind::open_echo, at_ - 3);
    } else if (is_blank(peek())) {
      ++at_;
    } else {
      take_line_end();
    }
  }

  [[nodiscard]] bool is_long_tag(std::size_t tag) const {
    if (base::to_lower(text_.substr(tag + 2, 3)) != "php") return false;
    const std::size_t behind = tag + 5;
    return behind >= text_.size() || is_blank(text_[behind]) || is_line_end(text_[behind]);
  }

  void close_tag() {
    const std::size_t begin = at_;
    at_ += 2;
    take_line_end();
    add_symbol(Symbol::semicolon, begin);
    read_html();
  }

  // --- code --------------------------------------------------------------------------------------

  void read_code() {
    const char c = text_[at_];
    if (is_blank(c) || is_line_end(c) || c == '\v' || c == '\f') {
      ++at_;
    } else if (c == '$' && is_name_start(peek(1))) {
      read_variable();
    } else if (is_name_start(c) || (c == '\\' && is_name_start(peek(1)))) {
      read_word();
    } else if (base::is_digit(c) || (c == '.' && base::is_digit(peek(1)))) {
      read_number();
    } else if (c == '\'') {
      read_single_quotes(at_);
    } else if (c == '"') {
      read_double_quotes(at_);
    } else if (c == '`') {
      ++at_;
      open_template(Mode::backtick, at_ - 1, {});
    } else if (starts("<<<") && read_heredoc(at_)) {
      return;
    } else if ((c == '#' && peek(1) != '[') || starts("//")) {
      skip_comment();
    } else if (starts("/*")) {
      skip_block_comment();
    } else if (starts("?>")) {
      close_tag();
    } else {
      read_symbol();
    }
  }

  // Up to the end of the line or of PHP, whichever comes first.
  void skip_comment() {
    while (at_ < text_.size() && !is_line_end(text_[at_]) && !starts("?>"))
      ++at_;
  }

  void skip_block_comment() {
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) return fail(at_, at_ + 2, "the comment is not closed");
    at_ = end + 2;
  }

  void read_variable() {
    const std::size_t begin = at_++;
    skip_name();
    add(TokenKind::variable, begin);
  }

  // A name, a qualified one, or the letter in front of a string.
  void read_word() {
    const std::size_t begin = at_;
    if (text_[at_] == '\\') ++at_;
    skip_name();
    bool qualified = text_[begin] == '\\';
    if (at_ - begin == 1 && base::to_lower(text_[begin]) == 'b' && read_binary_string(begin))
      return;
    while (peek() == '\\' && is_name_start(peek(1))) {
      qualified = true;
      ++at_;
      skip_name();
    }
    if (qualified) {
      add(TokenKind::qualified_name, begin);
      return;
    }
    const Keyword keyword = find_keyword(text_.substr(begin, at_ - begin));
    add(TokenKind::name, begin).keyword = keyword;
    // What stands behind `__halt_compiler();` is data.
    halts_ = halts_ || keyword == Keyword::kw_halt_compiler;
  }

  bool read_binary_string(std::size_t begin) {
    if (peek() == '\'')
      read_single_quotes(begin);
    else if (peek() == '"')
      read_double_quotes(begin);
    else
      return starts("<<<") && read_heredoc(begin);
    return true;
  }

  void skip_digits(int radix) {
    while (is_digit_of(peek(), radix) ||
           (peek() == '_' && is_digit_of(peek(1), radix) && is_digit_of(text_[at_ - 1], radix)))
      ++at_;
  }

  void read_number() {
    const std::size_t begin = at_;
    const char letter = text_[at_] == '0' ? base::to_lower(peek(1)) : '\0';
    const int radix = letter == 'x' ? 16 : letter == 'b' ? 2 : letter == 'o' ? 8 : 10;
    if (radix != 10 && is_digit_of(peek(2), radix)) {
      at_ += 2;
      skip_digits(radix);
      add(TokenKind::integer, begin);
      return;
    }
    skip_digits(10);
    bool floating = false;
    if (peek() == '.') {
      floating = true;
      ++at_;
      skip_digits(10);
    }
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (base::to_lower(peek()) == 'e' && base::is_digit(peek(1 + sign))) {
      floating = true;
      at_ += 1 + sign;
      skip_digits(10);
    }
    add(floating ? TokenKind::floating : TokenKind::integer, begin);
  }

  void read_single_quotes(std::size_t begin) {
    const std::size_t quote = at_++;
    while (at_ < text_.size() && text_[at_] != '\'')
      at_ += text_[at_] == '\\' ? 2U : 1U;
    if (at_ >= text_.size()) return fail(begin, quote + 1, "the string is not closed");
    ++at_;
    add(TokenKind::string, begin);
  }

  // Whether PHP fills something in here.
  [[nodiscard]] bool is_filled_in(std::size_t at) const {
    const char next = at + 1 < text_.size() ? text_[at + 1] : '\0';
    return (text_[at] == '$' && (is_name_start(next) || next == '{')) ||
           (text_[at] == '{' && next == '$');
  }

  void read_double_quotes(std::size_t begin) {
    const std::size_t quote = at_++;
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != '"' && !is_filled_in(end))
      end += text_[end] == '\\' ? 2U : 1U;
    if (end >= text_.size()) return fail(begin, quote + 1, "the string is not closed");
    if (text_[end] != '"') return open_template(Mode::quotes, begin, {});
    at_ = end + 1;
    add(TokenKind::string, begin);
  }

  void open_template(Mode::Kind kind, std::size_t begin, std::string_view label) {
    modes_.push_back({kind, label, static_cast<std::uint32_t>(out_.list.size())});
    add(TokenKind::template_begin, begin);
  }

  // --- heredoc -----------------------------------------------------------------------------------

  // Returns where the closing label ends when it stands in the line that begins here, or npos; its
  // blanks go to `indent`.
  [[nodiscard]] std::size_t find_closing(std::size_t line, std::string_view label,
                                         std::size_t& indent) const {
    std::size_t at = line;
    while (at < text_.size() && is_blank(text_[at]))
      ++at;
    indent = at - line;
    if (!text_.substr(at).starts_with(label)) return std::string_view::npos;
    at += label.size();
    return at < text_.size() && is_name_part(text_[at]) ? std::string_view::npos : at;
  }

  // Keeps the blanks in front of a closing label with the token that opened the heredoc.
  void keep_indent(std::uint32_t token, std::size_t indent) {
    if (indent > 255) return fail(at_ - 1, at_, "the heredoc's last line is indented too far");
    out_.list[token].indent = static_cast<std::uint8_t>(indent);
  }

  // Reads a heredoc or nowdoc whose `<<<` stands at at_ (begin is before a `b`); false where it is
  // none.
  bool read_heredoc(std::size_t begin) {
    const std::size_t start = at_;
    at_ += 3;
    while (is_blank(peek()))
      ++at_;
    const char quote = peek() == '\'' || peek() == '"' ? text_[at_++] : '\0';
    const std::size_t name = at_;
    if (is_name_start(peek())) skip_name();
    const std::string_view label = text_.substr(name, at_ - name);
    const bool closed = quote == '\0' || peek() == quote;
    if (quote != '\0' && closed) ++at_;
    if (label.empty() || !closed || !take_line_end()) {
      at_ = start;
      return false;
    }
    std::size_t indent = 0;
    std::size_t line = at_;
    std::size_t scan = at_;
    while (true) {
      const std::size_t end = find_closing(line, label, indent);
      if (end != std::string_view::npos) {
        at_ = end;
        add(TokenKind::string, begin);
        keep_indent(static_cast<std::uint32_t>(out_.list.size() - 1), indent);
        return true;
      }
      while (scan < text_.size() && !is_line_end(text_[scan])) {
        if (quote != '\'' && is_filled_in(scan)) {
          open_template(Mode::heredoc, begin, label);
          return true;
        }
        scan += text_[scan] == '\\' && quote != '\'' && scan + 1 < text_.size() &&
                        !is_line_end(text_[scan + 1])
                    ? 2U
                    : 1U;
      }
      if (scan >= text_.size()) break;
      scan += text_[scan] == '\r' && text_.substr(scan + 1).starts_with('\n') ? 2U : 1U;
      line = scan;
    }
    fail(begin, at_, "the heredoc is not closed");
    return true;
  }

  // --- inside a string ---------------------------------------------------------------------------

  void read_template() {
    const Mode mode = modes_.back();
    const std::size_t begin = at_;
    const char quote = mode.kind == Mode::quotes ? '"' : '`';
    std::size_t closing = std::string_view::npos;
    std::size_t indent = 0;
    if (mode.kind == Mode::heredoc && out_.list.back().kind == TokenKind::template_begin)
      closing = find_closing(at_, mode.label, indent);
    while (closing == std::string_view::npos && at_ < text_.size() && !is_filled_in(at_)) {
      if (mode.kind != Mode::heredoc) {
        if (text_[at_] == quote) break;
        at_ += text_[at_] == '\\' ? 2U : 1U;
        continue;
      }
      if (is_line_end(text_[at_])) {
        const std::size_t line_end = at_;
        take_line_end();
        closing = find_closing(at_, mode.label, indent);
        // The last line end belongs to the label.
        if (closing != std::string_view::npos) at_ = line_end;
      } else {
        at_ += text_[at_] == '\\' && !is_line_end(peek(1)) ? 2U : 1U;
      }
    }
    if (at_ > text_.size()) at_ = text_.size();
    if (at_ != begin) add(TokenKind::template_text, begin);
    if (at_ == text_.size()) return;
    if (closing != std::string_view::npos) {
      const std::size_t end = at_;
      at_ = closing;
      keep_indent(mode.begin, indent);
      return close_template(end);
    }
    if (mode.kind != Mode::heredoc && text_[at_] == quote) {
      ++at_;
      return close_template(at_ - 1);
    }
    read_filling();
  }

  void close_template(std::size_t begin) {
    add(TokenKind::template_end, begin);
    modes_.pop_back();
  }

  void read_filling() {
    const std::size_t begin = at_;
    if (text_[at_] == '{') {
      ++at_;
      add(TokenKind::template_code, begin);
      modes_.push_back({});
    } else if (peek(1) == '{') {
      at_ += 2;
      add(TokenKind::template_name, begin);
      modes_.push_back({});
    } else {
      read_variable();
      if (peek() == '[')
        read_offset();
      else if (starts("->") && is_name_start(peek(2)))
        read_property(2, Symbol::arrow);
      else if (starts("?->") && is_name_start(peek(3)))
        read_property(3, Symbol::nullsafe_arrow);
    }
  }

  void read_property(std::size_t size, Symbol symbol) {
    at_ += size;
    add_symbol(symbol, at_ - size);
    const std::size_t begin = at_;
    skip_name();
    add(TokenKind::name, begin);
  }

  // `[0]`, `[-1]`, `[key]`, `[$key]` behind a variable in a string.
  void read_offset() {
    const std::size_t bracket = at_++;
    add_symbol(Symbol::bracket_open, bracket);
    if (peek() == '-') {
      ++at_;
      add_symbol(Symbol::minus, at_ - 1);
    }
    const std::size_t begin = at_;
    if (base::is_digit(peek())) {
      skip_name();
      add(TokenKind::integer, begin);
    } else if (is_name_start(peek())) {
      skip_name();
      add(TokenKind::name, begin);
    } else if (peek() == '$' && is_name_start(peek(1))) {
      read_variable();
    }
    if (peek() != ']' || at_ == begin)
      return fail(bracket, std::min(at_ + 1, text_.size()),
                  "the index in the string cannot be read");
    ++at_;
    add_symbol(Symbol::bracket_close, at_ - 1);
  }

  // --- symbols -----------------------------------------------------------------------------------

  void read_symbol() {
    const std::size_t begin = at_;
    if (text_[at_] == '(' && read_cast()) return;
    const std::size_t first = kFirstSpelling[static_cast<unsigned char>(text_[at_])];
    const auto* const found = std::find_if(kSymbols.begin() + first, kSymbols.end(),
                                           [&](const Spelling& s) { return starts(s.text); });
    if (found == kSymbols.end()) return fail(at_, at_ + 1, "PHP has no such character here");
    at_ += found->text.size();
    add_symbol(found->symbol, begin);
    if (found->symbol == Symbol::brace_open) modes_.push_back({});
    if (found->symbol == Symbol::brace_close && modes_.size() > 1) modes_.pop_back();
  }

  bool read_cast() {
    std::size_t at = at_ + 1;
    while (at < text_.size() && is_blank(text_[at]))
      ++at;
    const std::size_t word = at;
    while (at < text_.size() && base::is_letter(text_[at]))
      ++at;
    const std::size_t size = at - word;
    while (at < text_.size() && is_blank(text_[at]))
      ++at;
    if (size < 3 || size > 7 || at >= text_.size() || text_[at] != ')') return false;
    const std::string name = base::to_lower(text_.substr(word, size));
    const auto* const found = std::find_if(kCasts.begin(), kCasts.end(),
                                           [&](const Spelling& s) { return s.text == name; });
    if (found == kCasts.end()) return false;
    const std::size_t begin = at_;
    at_ = at + 1;
    add_symbol(found->symbol, begin);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Tokens out_;
  std::vector<Mode> modes_;
  bool stopped_ = false;
  bool halts_ = false;
};

}  // namespace

bool is_name_start(char c) {
  return base::is_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_part(char c) { return is_name_start(c) || base::is_digit(c); }

Tokens tokenize(std::string_view text) { return Lexer(text).run(); }

}  // namespace gate::readers::php
