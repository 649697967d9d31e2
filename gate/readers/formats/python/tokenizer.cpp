#include "gate/readers/formats/python/tokenizer.h"

#include <optional>

#include "gate/base/ascii.h"
#include "gate/readers/formats/python/encoding.h"

namespace gate::readers::python {

Tokens tokenize(std::string_view text) { return Tokenizer(text).run(); }

Tokens Tokenizer::run() && {
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

void Tokenizer::encoding() {
  const SourceEncoding found = find_encoding(text_);
  out_.encoding = found.encoding;
  at_ = found.skip;
  if (found.error) out_.error = found.error;
}

void Tokenizer::lines() {
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

void Tokenizer::unclosed() {
  const Level& level = levels_.back();
  if (level.open == Open::format) {
    fail_at(level.begin, "this string is not closed");
  } else if (level.open == Open::field || level.open == Open::spec) {
    fail_at(level.begin, "this `{` is not closed in its string");
  } else {
    fail_at(level.begin, std::string("this `") + text_[level.begin] + "` is not closed");
  }
}

// Skips empty lines; then says how the line that follows is indented.
void Tokenizer::begin_line() {
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

void Tokenizer::set_indent(Indent indent, std::size_t begin) {
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

void Tokenizer::ambiguous(std::size_t begin) {
  fail({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)},
       "tabs and spaces are mixed: how far the line is indented depends on the width of a tab");
}

void Tokenizer::skip_comment() {
  while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r')
    ++at_;
}

bool Tokenizer::skip_line_end() {
  if (peek() == '\n') {
    ++at_;
    return true;
  }
  if (peek() != '\r' || at_ >= text_.size()) return false;
  at_ += peek(1) == '\n' ? 2U : 1U;
  return true;
}

// One word of code, or what stands between two.
void Tokenizer::word() {
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
  } else if (base::is_digit(c) || (c == '.' && base::is_digit(peek(1)))) {
    number();
  } else if (c == '\'' || c == '"') {
    string(at_, {});
  } else {
    punctuation();
  }
}

void Tokenizer::name() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && continues_name(text_[at_]))
    ++at_;
  const std::string_view word = text_.substr(begin, at_ - begin);
  if ((peek() == '\'' || peek() == '"') && word.size() <= 2) {
    if (const std::optional<StringPrefix> prefix = string_prefix(word))
      return string(begin, *prefix);
  }
  push(keyword(word), begin, at_);
}

void Tokenizer::punctuation() {
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
  const Punctuation found = punctuation_at(text_.substr(at_));
  if (found.size == 0) return fail_at(at_, "this character means nothing in Python");
  push(found.kind, at_, at_ + found.size);
  at_ += found.size;
}

void Tokenizer::bracket(Kind kind, Open what) {
  push(kind, at_, at_ + 1);
  open({what, 0, false, false, static_cast<std::uint32_t>(at_)});
  ++at_;
}

void Tokenizer::close(Kind kind, Open what) {
  if (levels_.empty()) {
    return fail_at(at_, std::string("this `") + text_[at_] + "` closes nothing");
  }
  if (levels_.back().open != what) return unclosed();
  push(kind, at_, at_ + 1);
  levels_.pop_back();
  ++at_;
}

}  // namespace gate::readers::python
