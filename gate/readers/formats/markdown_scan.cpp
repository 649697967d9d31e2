#include "gate/readers/formats/markdown_scan.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"

namespace gate::readers::markdown {
namespace {

// CommonMark asks for at least three levels; cmark takes 32.
constexpr int kMostParentheses = 32;
constexpr std::size_t kMostLabel = 999;

bool is_escape(std::string_view text, std::size_t at) {
  return text[at] == '\\' && at + 1 < text.size() && is_punctuation(text[at + 1]);
}

}  // namespace

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at]))
    ++at;
  return at;
}

std::string_view trim(std::string_view text) {
  text.remove_prefix(skip_space(text, 0));
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return text;
}

std::string fold_space(std::string_view text) {
  std::string folded;
  for (const char c : trim(text)) {
    if (!is_space(c)) {
      folded += c;
    } else if (folded.back() != ' ') {
      folded += ' ';
    }
  }
  return folded;
}

std::optional<Destination> scan_destination(std::string_view text, std::size_t at) {
  if (at >= text.size()) return std::nullopt;
  if (text[at] == '<') {
    for (std::size_t end = at + 1; end < text.size(); ++end) {
      if (text[end] == '>') return Destination{at + 1, end, end + 1};
      if (text[end] == '<' || text[end] == '\n') return std::nullopt;
      if (is_escape(text, end)) ++end;
    }
    return std::nullopt;
  }
  int open = 0;
  std::size_t end = at;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    if (is_escape(text, end)) {
      ++end;
    } else if (c == '(') {
      if (++open > kMostParentheses) return std::nullopt;
    } else if (c == ')') {
      if (open == 0) break;
      --open;
    } else if (static_cast<unsigned char>(c) <= ' ' || c == '\x7F') {
      break;
    }
  }
  if (open != 0) return std::nullopt;
  return Destination{at, end, end};
}

std::optional<std::size_t> scan_title(std::string_view text, std::size_t at) {
  if (at >= text.size()) return std::nullopt;
  const char open = text[at];
  if (open != '"' && open != '\'' && open != '(') return std::nullopt;
  const char close = open == '(' ? ')' : open;
  for (std::size_t end = at + 1; end < text.size(); ++end) {
    if (text[end] == close) return end + 1;
    if (text[end] == '(' && open == '(') return std::nullopt;
    if (is_escape(text, end)) ++end;
  }
  return std::nullopt;
}

std::optional<std::size_t> scan_label(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '[') return std::nullopt;
  bool empty = true;
  for (std::size_t end = at + 1; end < text.size() && end - at <= kMostLabel + 1; ++end) {
    if (text[end] == ']') return empty ? std::nullopt : std::optional(end + 1);
    if (text[end] == '[') return std::nullopt;
    if (!is_space(text[end])) empty = false;
    if (is_escape(text, end)) ++end;
  }
  return std::nullopt;
}

std::string normal_label(std::string_view label) { return base::to_lower(fold_space(label)); }

std::optional<std::size_t> scan_entity(std::string_view text, std::size_t at, std::string& out) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kNamed{
      {{"&amp;", "&"},
       {"&lt;", "<"},
       {"&gt;", ">"},
       {"&quot;", "\""},
       {"&apos;", "'"},
       {"&nbsp;", "\xC2\xA0"}}};
  const std::string_view rest = text.substr(at);
  for (const auto& [name, character] : kNamed) {
    if (!rest.starts_with(name)) continue;
    out += character;
    return at + name.size();
  }
  if (!rest.starts_with("&#")) return std::nullopt;
  const bool hex = rest.size() > 2 && base::to_lower(rest[2]) == 'x';
  const char* const begin = rest.data() + (hex ? 3 : 2);
  const char* const limit = rest.data() + rest.size();
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(begin, limit, code, hex ? 16 : 10);
  if (error != std::errc() || end == limit || *end != ';') return std::nullopt;
  // U+0000 is no character of a text (CommonMark, section 2.3).
  const bool is_character = code != 0 && code <= 0x10FFFF;
  base::append_utf8(out, is_character ? static_cast<base::CodePoint>(code) : -1);
  return at + static_cast<std::size_t>(end - rest.data()) + 1;
}

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (is_escape(text, at)) {
      out += text[at + 1];
      at += 2;
      continue;
    }
    if (text[at] == '&') {
      if (const auto end = scan_entity(text, at, out)) {
        at = *end;
        continue;
      }
    }
    out += text[at++];
  }
  return out;
}

}  // namespace gate::readers::markdown
