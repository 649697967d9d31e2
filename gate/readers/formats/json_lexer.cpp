#include "gate/readers/formats/json_lexer.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"

namespace gate::readers {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kQuoted = 40;  // bytes of a word in a message

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && base::is_digit(text[at]);
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (is_digit_at(text, at))
    ++at;
  return at;
}

// Returns whether a word is a number of RFC 8259, which is less than C reads as one.
bool is_number(std::string_view word) {
  std::size_t at = word.starts_with('-') ? 1 : 0;
  if (!is_digit_at(word, at)) return false;
  at = word[at] == '0' ? at + 1 : skip_digits(word, at);
  if (word.substr(at, 1) == ".") {
    if (!is_digit_at(word, ++at)) return false;
    at = skip_digits(word, at);
  }
  if (word.substr(at, 1) == "e" || word.substr(at, 1) == "E") {
    ++at;
    if (word.substr(at, 1) == "+" || word.substr(at, 1) == "-") ++at;
    if (!is_digit_at(word, at)) return false;
    at = skip_digits(word, at);
  }
  return at == word.size();
}

bool ends_word(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == ']' || c == '}' ||
         c == ':';
}

// Returns how many bytes from `at` on stand in a string for themselves: no quote, no backslash, no
// control character. Eight bytes at a time: x - 0x01.. borrows into the top bit of a zero byte, and
// ~x & 0x80.. leaves it only where the byte was below 0x80 before.
std::size_t plain_end(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kTops = 0x8080808080808080U;
  const auto zero_bytes = [](std::uint64_t word) { return (word - kOnes) & ~word & kTops; };
  if constexpr (std::endian::native == std::endian::little) {
    while (text.size() - at >= sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, sizeof word);
      const std::uint64_t control = (word - kOnes * 0x20) & ~word & kTops;
      const std::uint64_t stops =
          control | zero_bytes(word ^ (kOnes * '"')) | zero_bytes(word ^ (kOnes * '\\'));
      // The lowest mark is exact; only those above it may be false.
      if (stops != 0) return at + static_cast<std::size_t>(std::countr_zero(stops)) / 8;
      at += sizeof word;
    }
  }
  while (at < text.size() && text[at] != '"' && text[at] != '\\' &&
         static_cast<unsigned char>(text[at]) >= 0x20)
    ++at;
  return at;
}

}  // namespace

JsonLexer::JsonLexer(std::string_view text, JsonTexts& texts) : text_(text), texts_(&texts) {
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

bool JsonLexer::fail_at(std::size_t offset, std::string_view what) {
  if (!problem_.empty()) return false;
  const std::string_view before = text_.substr(0, std::min(offset, text_.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t column = offset - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
  problem_ = fmt::format("line {}, column {}: {}", line, column, what);
  return false;
}

bool JsonLexer::read_word(std::string_view& into) {
  std::size_t end = at_;
  while (end < text_.size() && !ends_word(text_[end]))
    ++end;
  into = text_.substr(at_, end - at_);
  if (into != "true" && into != "false" && into != "null" && !is_number(into)) {
    if (at_ == text_.size()) return fail("the text ends too early");
    return fail(into.empty() ? "a value is missing"
                             : fmt::format("`{}` is no value", into.substr(0, kQuoted)));
  }
  at_ = end;
  return true;
}

bool JsonLexer::read_string(std::string_view& into) {
  const std::size_t begin = ++at_;
  std::string* built = nullptr;
  while (true) {
    const std::size_t stop = plain_end(text_, at_);
    if (stop == text_.size() || text_[stop] == '\n') return fail("the string is not closed");
    if (static_cast<unsigned char>(text_[stop]) < 0x20) {
      at_ = stop;
      return fail("a control character in a string has to be escaped");
    }
    if (built != nullptr) built->append(text_, at_, stop - at_);
    at_ = stop;
    if (text_[stop] == '"') break;
    if (built == nullptr) {
      built = texts_->emplace_back(std::make_unique<std::string>(text_.substr(begin, stop - begin)))
                  .get();
    }
    if (!read_escape(*built)) return fail("the escape is not one of JSON's");
  }
  into = built != nullptr ? std::string_view(*built) : text_.substr(begin, at_ - begin);
  ++at_;
  return true;
}

bool JsonLexer::read_escape(std::string& out) {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
  const char name = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  at_ += 2;
  if (name == 'u') {
    char32_t unit = 0;
    if (!read_unit(unit)) return false;
    const std::size_t behind = at_;
    const bool high = unit >= 0xD800 && unit < 0xDC00;
    if (high && text_.substr(at_, 2) == "\\u") {
      char32_t low = 0;
      at_ += 2;
      if (!read_unit(low)) return false;
      const bool pair = low >= 0xDC00 && low < 0xE000;
      if (pair) unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
      if (!pair) at_ = behind;
    }
    base::append_utf8(out, static_cast<base::CodePoint>(unit));  // U+FFFD for half a pair
    return true;
  }
  const std::size_t found = kNames.find(name);
  if (found == std::string_view::npos) return false;
  out += kValues[found];
  return true;
}

bool JsonLexer::read_unit(char32_t& unit) {
  const std::string_view digits = text_.substr(std::min(at_, text_.size()), 4);
  std::uint16_t value = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (problem != std::errc() || end != digits.data() + 4) return false;
  at_ += 4;
  unit = value;
  return true;
}

}  // namespace gate::readers
