#include "gate/readers/lockfiles/canonical/json_escape.h"

#include <fmt/format.h>

#include "gate/base/utf8.h"

namespace gate::readers::lockfiles {
namespace {

void append_unit(std::uint32_t unit, std::string& out) { out += fmt::format("\\u{:04x}", unit); }

}  // namespace

void append_json_string(std::string_view text, JsonEscapes escapes, std::string& out) {
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  out += '"';
  while (!text.empty()) {
    const char c = text.front();
    if (const std::size_t named = kNamed.find(c); named != std::string_view::npos) {
      out += '\\';
      out += kNames[named];
      text.remove_prefix(1);
    } else if (c == '/' && escapes == JsonEscapes::php) {
      out += "\\/";
      text.remove_prefix(1);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      append_unit(static_cast<unsigned char>(c), out);
      text.remove_prefix(1);
    } else if (static_cast<unsigned char>(c) < 0x80) {
      out += c;
      text.remove_prefix(1);
    } else {
      const base::Decoded decoded = base::decode(text);
      const auto code = static_cast<std::uint32_t>(decoded.code);
      constexpr std::uint32_t kFirstBeyond = 0x10000;
      if (code >= kFirstBeyond) {
        append_unit(0xD800 + ((code - kFirstBeyond) >> 10U), out);
        append_unit(0xDC00 + ((code - kFirstBeyond) & 0x3FFU), out);
      } else {
        append_unit(code, out);
      }
      text.remove_prefix(decoded.size);
    }
  }
  out += '"';
}

}  // namespace gate::readers::lockfiles
