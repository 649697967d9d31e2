#include "gate/readers/formats/php/literals.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"

namespace gate::readers::php {
namespace {

constexpr bool is_octal(char c) { return c >= '0' && c <= '7'; }

int digit_value(char c) {
  if (base::is_digit(c)) return c - '0';
  const char lowered = base::to_lower(c);
  return lowered >= 'a' && lowered <= 'f' ? lowered - 'a' + 10 : 16;
}

// Appends what an escape stands for; `at` is at the backslash and goes behind the escape.
std::string_view append_escape(std::string_view text, Quoting quoting, std::size_t& at,
                               std::string& out) {
  const char name = at + 1 < text.size() ? text[at + 1] : '\0';
  const std::string_view kNames = "nrtvef\\$";
  const std::string_view kValues = "\n\r\t\v\x1b\f\\$";
  if (const std::size_t known = kNames.find(name);
      known != std::string_view::npos && at + 1 < text.size()) {
    out += kValues[known];
    at += 2;
    return {};
  }
  if ((name == '"' && quoting == Quoting::double_quotes) ||
      (name == '`' && quoting == Quoting::backtick)) {
    out += name;
    at += 2;
    return {};
  }
  if (is_octal(name)) {
    unsigned value = 0;
    std::size_t end = at + 1;
    for (; end < text.size() && end < at + 4 && is_octal(text[end]); ++end)
      value = value * 8 + static_cast<unsigned>(text[end] - '0');
    out += static_cast<char>(value & 0xFFU);
    at = end;
    return {};
  }
  if ((name == 'x' || name == 'X') && at + 2 < text.size() && digit_value(text[at + 2]) < 16) {
    int value = digit_value(text[at + 2]);
    at += 3;
    if (at < text.size() && digit_value(text[at]) < 16)
      value = value * 16 + digit_value(text[at++]);
    out += static_cast<char>(value);
    return {};
  }
  if (name == 'u' && at + 2 < text.size() && text[at + 2] == '{') {
    const std::size_t close = text.find('}', at + 3);
    const std::size_t size = close == std::string_view::npos ? 0 : close - at - 3;
    std::uint32_t code = 0;
    const char* const begin = text.data() + at + 3;
    const auto read = std::from_chars(begin, begin + size, code, 16);
    if (size == 0 || read.ptr != begin + size || read.ec != std::errc() || code > 0x10FFFF)
      return "`\\u{…}` holds no code point";
    if (code >= 0xD800 && code < 0xE000) {  // PHP writes half a pair as it stands
      out += static_cast<char>(0xE0U | (code >> 12U));
      out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
      out += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
      base::append_utf8(out, static_cast<base::CodePoint>(code));
    }
    at = close + 1;
    return {};
  }
  out += '\\';
  ++at;
  return {};
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

// Removes the indentation of a heredoc's lines.
std::string_view remove_indent(const QuotedPart& part, std::string& out) {
  const std::string_view text = part.text;
  std::size_t at = 0;
  bool line_start = part.at_line_start;
  while (at < text.size() || line_start) {
    if (line_start) {
      line_start = false;
      std::size_t blanks = 0;
      while (blanks < part.indent && at + blanks < text.size() && is_blank(text[at + blanks]))
        ++blanks;
      at += blanks;
      const bool is_empty = at < text.size() ? is_line_end(text[at]) : part.is_last;
      if (blanks < part.indent && !is_empty)
        return "the line is indented less than the heredoc's end";
      continue;
    }
    const char c = text[at++];
    out += c;
    line_start = c == '\n' || (c == '\r' && !text.substr(at).starts_with('\n'));
  }
  return {};
}

}  // namespace

bool is_plain(const QuotedPart& part) {
  return part.indent == 0 &&
         (part.quoting == Quoting::nowdoc || part.text.find('\\') == std::string_view::npos);
}

std::string_view append_value(const QuotedPart& part, std::string& out) {
  std::string_view text = part.text;
  std::string straight;
  if (part.indent != 0) {
    if (const std::string_view problem = remove_indent(part, straight); !problem.empty())
      return problem;
    text = straight;
  }
  if (part.quoting == Quoting::nowdoc) {
    out += text;
    return {};
  }
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t slash = std::min(text.find('\\', at), text.size());
    out.append(text, at, slash - at);
    at = slash;
    if (at == text.size()) break;
    if (part.quoting != Quoting::single_quotes) {
      if (const std::string_view problem = append_escape(text, part.quoting, at, out);
          !problem.empty())
        return problem;
      continue;
    }
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    const bool escapes = next == '\\' || next == '\'';
    out += escapes ? next : '\\';
    at += escapes ? 2 : 1;
  }
  return {};
}

QuotedPart part_of_token(std::string_view written, std::uint8_t indent) {
  if (base::to_lower(written[0]) == 'b') written.remove_prefix(1);
  QuotedPart part;
  part.indent = indent;
  if (written[0] != '<') {
    part.quoting = written[0] == '\'' ? Quoting::single_quotes : Quoting::double_quotes;
    part.text = written.substr(1, written.size() - 2);
    return part;
  }
  const std::size_t line_end = written.find_first_of("\r\n");
  const std::string_view opening = written.substr(0, line_end);
  part.quoting = opening.find('\'') == std::string_view::npos ? Quoting::heredoc : Quoting::nowdoc;
  const std::size_t begin = line_end + (written.substr(line_end, 2) == "\r\n" ? 2 : 1);
  // The body ends with the line end in front of the label's line.
  std::size_t end = written.find_last_of("\r\n");
  if (end + 1 == begin) return part;
  if (written[end] == '\n' && written[end - 1] == '\r' && end > begin) --end;
  part.text = written.substr(begin, end - begin);
  return part;
}

std::variant<std::int64_t, double> read_integer(std::string_view written) {
  std::string digits(written);
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  int radix = 10;
  std::size_t from = 0;
  if (digits.size() > 1 && digits[0] == '0') {
    const char letter = base::to_lower(digits[1]);
    radix = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
    from = base::is_digit(letter) ? 1 : 2;
  }
  std::int64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data() + from, end, value, radix);
  if (read.ec == std::errc()) return value;
  if (radix == 10) return std::strtod(digits.c_str(), nullptr);
  double large = 0;
  for (const char c : std::string_view(digits).substr(from))
    large = large * radix + digit_value(c);
  return large;
}

double read_floating(std::string_view written) {
  std::string digits(written);
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  return std::strtod(digits.c_str(), nullptr);
}

}  // namespace gate::readers::php
