// Numbers and strings (docs.python.org/3/reference/lexical_analysis), f-strings as PEP 701 has
// them.
#include "gate/base/ascii.h"
#include "gate/readers/formats/python/tokenizer.h"

namespace gate::readers::python {

void Tokenizer::number() {
  const std::size_t begin = at_;
  const char second = base::to_lower(peek(1));
  const auto decimal = [](char c) { return base::is_digit(c); };
  if (peek() == '0' && (second == 'x' || second == 'o' || second == 'b')) {
    at_ += 2;
    const std::size_t first = at_;
    if (second == 'x') {
      digits([](char c) {
        const char low = base::to_lower(c);
        return base::is_digit(c) || (low >= 'a' && low <= 'f');
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
      if (base::is_digit(peek())) digits(decimal);
      whole = false;
    }
    if (peek() == 'e' || peek() == 'E') {
      const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (base::is_digit(peek(1 + sign))) {
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

bool Tokenizer::has_leading_zero(std::string_view digits) {
  return digits.size() > 1 && digits.front() == '0' &&
         digits.find_first_not_of("0_") != std::string_view::npos;
}

bool Tokenizer::keyword_follows() const {
  std::size_t end = at_;
  while (end < text_.size() && end < at_ + 9 && continues_name(text_[end]))
    ++end;
  const Kind kind = keyword(text_.substr(at_, end - at_));
  return kind == Kind::kw_and || kind == Kind::kw_else || kind == Kind::kw_for ||
         kind == Kind::kw_if || kind == Kind::kw_in || kind == Kind::kw_is ||
         kind == Kind::kw_not || kind == Kind::kw_or;
}

void Tokenizer::bad_number(std::size_t begin) {
  while (at_ < text_.size() && continues_name(text_[at_]))
    ++at_;
  fail({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}, "this is no number");
}

void Tokenizer::digits(bool (*accept)(char)) {
  while (accept(peek()) || (peek() == '_' && accept(peek(1))))
    ++at_;
}

// A string whose opening quote is next; its prefix begins at `begin`.
void Tokenizer::string(std::size_t begin, StringPrefix prefix) {
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

// Literal text of an f-string, or of a format specification in one, up to the next bracket.
void Tokenizer::format_text() {
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

void Tokenizer::skip_escape(bool raw) {
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

void Tokenizer::flush_text(std::size_t begin) {
  if (at_ > begin) push(Kind::format_text, begin, at_);
}

void Tokenizer::open(Level level) {
  if (levels_.size() >= kMaxBrackets) return fail_at(level.begin, "nested too deeply");
  levels_.push_back(level);
}

}  // namespace gate::readers::python
