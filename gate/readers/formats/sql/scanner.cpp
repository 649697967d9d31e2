#include "gate/readers/formats/sql/scanner.h"

#include <algorithm>
#include <array>

#include "gate/base/ascii.h"

namespace gate::readers::sql {
namespace {

// Returns the first word of what a template block holds: `if` of `{{- if .x }}`.
std::string_view template_word(std::string_view block) {
  block.remove_prefix(2);
  while (!block.empty() && (is_blank(block.front()) || block.front() == '-'))
    block.remove_prefix(1);
  std::size_t end = 0;
  while (end < block.size() && is_word(block[end]))
    ++end;
  return block.substr(0, end);
}

// Returns whether a block of a template steers it, rather than standing for a value.
bool is_steering(std::string_view block) {
  if (block.starts_with("${")) return false;
  if (!block.starts_with("{{")) return true;  // {% ... %}, {# ... #}
  constexpr std::array<std::string_view, 12> kWords{"if",    "else",     "end",    "range",
                                                    "with",  "define",   "block",  "template",
                                                    "break", "continue", "define", "import"};
  const std::string_view word = template_word(block);
  return block.starts_with("{{/*") || block.starts_with("{{- /*") || block.starts_with("{{!") ||
         std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

}  // namespace

Tokens Scanner::run() {
  if (starts("\xEF\xBB\xBF")) at_ = 3;
  while (at_ < text_.size()) {
    if (out_.tokens.size() >= kMostTokens) {
      out_.cut = true;
      break;
    }
    if (pass_blank() || pass_comment() || pass_client_command() || pass_template()) {
      blank_ = true;
      continue;
    }
    read_token();
    blank_ = false;
  }
  return std::move(out_);
}

void Scanner::add(TokenKind kind, std::size_t begin, bool unterminated) {
  Token token;
  token.kind = kind;
  token.unterminated = unterminated;
  token.glued = !blank_;
  token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  token.text = text_.substr(begin, at_ - begin);
  out_.tokens.push_back(token);
  if (kind == TokenKind::end) {
    pass_copy_rows();
    statement_ = out_.tokens.size();
  }
}

// Returns where the template block that begins at `at` ends; `at` where none begins there.
std::size_t Scanner::template_end(std::size_t at) const {
  // Asked at every byte of a word.
  const char c = at < text_.size() ? text_[at] : '\0';
  if (c != '{' && c != '<' && c != '$') return at;
  constexpr std::array<std::array<std::string_view, 2>, 4> kBlocks{
      {{"{{", "}}"}, {"{%", "%}"}, {"{#", "#}"}, {"<%", "%>"}}};
  for (const auto& [open, close] : kBlocks) {
    if (text_.substr(at, 2) != open) continue;
    const std::size_t end = text_.find(close, at + 2);
    return end == std::string_view::npos ? at : end + 2;
  }
  if (text_.substr(at, 2) != "${") return at;
  const std::size_t end = text_.find('}', at);
  const std::size_t line = text_.find('\n', at);
  return end == std::string_view::npos || end > line ? at : end + 1;
}

bool Scanner::pass_template() {
  if (peek() != '{' && peek() != '<') return false;
  const std::size_t end = template_end(at_);
  if (end == at_ || !is_steering(text_.substr(at_, end - at_))) return false;
  at_ = end;
  return true;
}

void Scanner::read_token() {
  if (read_end() || read_string() || read_dollar() || read_word() || read_number() ||
      read_parameter())
    return;
  read_symbol();
}

bool Scanner::read_end() {
  if (held_) return false;
  const std::string_view delimiter = delimiter_.empty() ? std::string_view(";") : delimiter_;
  if (!starts(delimiter)) return false;
  const std::size_t begin = at_;
  at_ += delimiter.size();
  add(TokenKind::end, begin);
  return true;
}

void Scanner::read_quotes(std::size_t begin, TokenKind kind, bool escapes) {
  const char quote = text_[at_];
  ++at_;
  while (at_ < text_.size()) {
    if (escapes && text_[at_] == '\\') {
      at_ += 2;
    } else if (text_[at_] != quote) {
      ++at_;
    } else if (peek(1) == quote) {
      at_ += 2;
    } else {
      ++at_;
      add(kind, begin);
      return;
    }
  }
  at_ = text_.size();
  add(kind, begin, true);
}

bool Scanner::read_string() {
  const std::size_t begin = at_;
  const char c = peek();
  if (c == '\'') {
    read_quotes(begin, TokenKind::text, mysql());
    return true;
  }
  if (c == '"') {
    read_quotes(begin, mysql() ? TokenKind::text : TokenKind::quoted, mysql());
    return true;
  }
  if (c == '`' && (mysql() || text_.find('`', at_ + 1) != std::string_view::npos)) {
    // SQLite takes these too, and PostgreSQL has no use for the character.
    read_quotes(begin, TokenKind::quoted, false);
    return true;
  }
  constexpr std::string_view kPrefixes = "eEbBxXnN";
  if (kPrefixes.find(c) != std::string_view::npos && peek(1) == '\'') {
    ++at_;
    read_quotes(begin, TokenKind::text, mysql() || base::to_lower(c) == 'e');
    return true;
  }
  if (!mysql() && base::to_lower(c) == 'u' && peek(1) == '&' &&
      (peek(2) == '\'' || peek(2) == '"')) {
    at_ += 2;
    read_quotes(begin, peek() == '"' ? TokenKind::quoted : TokenKind::text, false);
    return true;
  }
  return false;
}

bool Scanner::read_dollar() {
  if (mysql() || peek() != '$' || base::is_digit(peek(1)) || peek(1) == '{') return false;
  std::size_t end = at_ + 1;
  while (end < text_.size() && text_[end] != '$' && is_word(text_[end]))
    ++end;
  if (end >= text_.size() || text_[end] != '$') return false;
  const std::string_view mark = text_.substr(at_, end + 1 - at_);
  const std::size_t begin = at_;
  const std::size_t close = text_.find(mark, end + 1);
  at_ = close == std::string_view::npos ? text_.size() : close + mark.size();
  add(TokenKind::text, begin, close == std::string_view::npos);
  return true;
}

bool Scanner::read_word() {
  const std::size_t begin = at_;
  for (;;) {
    if (!delimiter_.empty() && starts(delimiter_)) break;  // `END$$`: it can be made of such bytes
    const std::size_t block = template_end(at_);
    if (block != at_ && !is_steering(text_.substr(at_, block - at_))) {
      at_ = block;
    } else if (at_ < text_.size() &&
               (at_ == begin ? is_word_start(text_[at_]) : is_word(text_[at_]))) {
      ++at_;
    } else {
      break;
    }
  }
  if (at_ == begin) return false;
  add(TokenKind::word, begin);
  return true;
}

bool Scanner::read_number() {
  if (!base::is_digit(peek()) && !(peek() == '.' && base::is_digit(peek(1)))) return false;
  const std::size_t begin = at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    const bool sign =
        (c == '+' || c == '-') && at_ > begin && base::to_lower(text_[at_ - 1]) == 'e';
    if (!is_word(c) && c != '.' && !sign) break;
    if (c == '.' && peek(1) == '.') break;
    ++at_;
  }
  add(TokenKind::number, begin);
  return true;
}

bool Scanner::read_parameter() {
  const char c = peek();
  const bool begins =
      (c == '$' && base::is_digit(peek(1))) || (c == '@' && mysql()) || (c == '?' && mysql());
  if (!begins) return false;
  const std::size_t begin = at_;
  ++at_;
  while (at_ < text_.size() && (is_word(text_[at_]) || text_[at_] == '@'))
    ++at_;
  add(TokenKind::parameter, begin);
  return true;
}

void Scanner::read_symbol() {
  constexpr std::array<std::string_view, 10> kOperators{
      "::", ":=", "=>", "<=", ">=", "<>", "!=", "||", "->", "&&"};
  const std::size_t begin = at_;
  const std::string_view pair = text_.substr(at_, 2);
  const auto found = std::find_if(kOperators.begin(), kOperators.end(), [&](std::string_view item) {
    return item[0] == pair[0] && item == pair;
  });
  at_ += found == kOperators.end() ? 1 : found->size();
  add(TokenKind::symbol, begin);
}

}  // namespace gate::readers::sql
