#include "gate/readers/formats/toml_limits.h"

#include <algorithm>

namespace gate::readers {
namespace {

// Returns the offset behind the string that opens at `at` (TOML 1.0, "String"): of a text that is
// not closed its end, of a one-line string the line's.
std::size_t skip_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool escapes = quote == '"';
  const bool long_form = text.substr(at, 3) == std::string_view(escapes ? R"(""")" : "'''");
  at += long_form ? 3 : 1;
  while (at < text.size()) {
    const char c = text[at];
    if (escapes && c == '\\') {
      at += 2;
    } else if (!long_form && (c == quote || c == '\n')) {
      return at + 1;
    } else if (long_form && c == quote &&
               text.substr(at, 3).find_first_not_of(quote) == std::string_view::npos &&
               text.size() - at >= 3) {
      at += 3;
      // One or two quotes may stand directly before the closing three.
      for (int more = 0; more < 2 && at < text.size() && text[at] == quote; ++more)
        ++at;
      return at;
    } else {
      ++at;
    }
  }
  return text.size();
}

}  // namespace

std::optional<std::uint32_t> too_deep(std::string_view text) {
  std::uint32_t brackets = 0;
  std::uint32_t dots = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = skip_string(text, at);
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (c == '[' || c == '{') ++brackets;
    if ((c == ']' || c == '}') && brackets > 0) --brackets;
    if (c == '.') ++dots;
    if (c == '=' || c == ',' || c == '\n' || c == '[' || c == '{') dots = 0;
    if (brackets > kTomlDepth || dots >= kTomlDepth) return static_cast<std::uint32_t>(at);
    ++at;
  }
  return std::nullopt;
}

}  // namespace gate::readers
