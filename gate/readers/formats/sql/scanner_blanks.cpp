// What stands between tokens: blanks, comments, commands to the client, the rows of COPY.
#include <algorithm>

#include "gate/readers/formats/sql/scanner.h"

namespace gate::readers::sql {

bool Scanner::pass_blank() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && is_blank(text_[at_]))
    ++at_;
  return at_ > begin;
}

void Scanner::keep_comment(std::size_t begin, std::size_t end) {
  out_.comments.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)},
                           text_.substr(begin, end - begin)});
}

void Scanner::pass_line_comment(std::size_t mark) {
  const std::size_t begin = at_ + mark;
  at_ = std::min(text_.find('\n', at_), text_.size());
  std::string_view text = text_.substr(std::min(begin, at_), at_ - std::min(begin, at_));
  keep_comment(std::min(begin, at_), at_);
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  if (!same_word(text, "+goose")) return;
  text.remove_prefix(6);
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  if (same_word(text, "statementbegin")) held_ = true;
  if (same_word(text, "statementend") && held_) {
    held_ = false;
    // What stood between the marks is one statement, with or without a delimiter of its own.
    if (statement_ < out_.tokens.size() && out_.tokens.back().kind != TokenKind::end)
      add(TokenKind::end, at_);
  }
}

bool Scanner::pass_comment() {
  if (starts("--") &&
      (!mysql() || at_ + 2 >= text_.size() || static_cast<unsigned char>(text_[at_ + 2]) <= ' ')) {
    pass_line_comment(2);
    return true;
  }
  if (mysql() && peek() == '#') {
    pass_line_comment(1);
    return true;
  }
  if (executed_comment_ && starts("*/")) {
    executed_comment_ = false;
    at_ += 2;
    return true;
  }
  return starts("/*") && pass_block_comment();
}

bool Scanner::pass_block_comment() {
  // No server is of the version that the dumps of MariaDB ask of a command for their client.
  const bool executed = mysql() && (starts("/*!") || (starts("/*M!") && !starts("/*M!999999")));
  if (executed) {
    executed_comment_ = true;
    at_ += std::size_t{starts("/*!") ? 3U : 4U};
    while (base::is_digit(peek()))
      ++at_;
    return true;
  }
  const std::size_t begin = at_ + 2;
  std::size_t depth = 1;
  at_ = begin;
  while (at_ < text_.size() && depth > 0) {
    if (starts("*/")) {
      --depth;
      at_ += 2;
    } else if (!mysql() && starts("/*")) {  // they nest in PostgreSQL
      ++depth;
      at_ += 2;
    } else {
      ++at_;
    }
  }
  keep_comment(begin, depth == 0 ? at_ - 2 : at_);
  return true;
}

bool Scanner::pass_client_command() {
  if (statement_ != out_.tokens.size()) return false;
  if (peek() == '\\' && !mysql()) {  // psql: the rest of the line
    at_ = std::min(text_.find('\n', at_), text_.size());
    return true;
  }
  constexpr std::string_view kDelimiter = "delimiter";
  if (!mysql() || !same_word(text_.substr(at_), kDelimiter) || !is_blank(peek(kDelimiter.size())))
    return false;
  const std::size_t end = std::min(text_.find('\n', at_), text_.size());
  std::string_view line = text_.substr(at_ + kDelimiter.size(), end - at_ - kDelimiter.size());
  while (!line.empty() && is_blank(line.front()))
    line.remove_prefix(1);
  while (!line.empty() && is_blank(line.back()))
    line.remove_suffix(1);
  delimiter_ = line == ";" ? std::string_view() : line;
  at_ = end;
  return true;
}

// The rows that follow `COPY ... FROM stdin;` in a dump, up to a line `\.`.
void Scanner::pass_copy_rows() {
  if (mysql() || statement_ >= out_.tokens.size()) return;
  const auto begin = out_.tokens.begin() + static_cast<std::ptrdiff_t>(statement_);
  if (!begin->is("copy")) return;
  for (auto token = begin; token + 1 != out_.tokens.end(); ++token) {
    if (!token->is("from") || !(token + 1)->is("stdin")) continue;
    const std::size_t stop = text_.find("\n\\.", at_);
    at_ = stop == std::string_view::npos ? text_.size()
                                         : std::min(text_.find('\n', stop + 1), text_.size());
    return;
  }
}

}  // namespace gate::readers::sql
