// Texts in the quotes of JSON, with nothing but ASCII left.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gate::readers::lockfiles {

enum class JsonEscapes : std::uint8_t {
  php,     // json_encode: `/` is escaped
  python,  // json.dumps: `/` is not
};

// Appends the text in quotes; characters beyond ASCII as \uXXXX in small letters, those beyond
// U+FFFF as two. What is no UTF-8 becomes U+FFFD.
void append_json_string(std::string_view text, JsonEscapes escapes, std::string& out);

}  // namespace gate::readers::lockfiles
