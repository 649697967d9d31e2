// Base64 (RFC 4648, section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gate::base {

// Returns the text of some bytes, padded.
[[nodiscard]] std::string encode_base64(std::string_view bytes);

// Returns the bytes of a base64 text (padding needed), or nothing.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace gate::base
