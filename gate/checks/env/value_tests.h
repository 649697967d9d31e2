// What can be said of one value of a production environment. Knows texts only: no variable, no
// policy, no finding.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gate::checks {

// Returns whether the value stands for "no value": empty, or one of the words that Laravel's env()
// turns into null or an empty text (`null`, `(null)`, `empty`, `(empty)`, in any case).
[[nodiscard]] bool is_no_value(std::string_view value);

// Returns whether the text has words such as `change_me`, `your-api-key`, `xxxx` in it, or a
// reference that nothing resolved.
[[nodiscard]] bool has_placeholder_words(std::string_view text);

// Returns whether somebody was meant to replace the value before going to production: `changeme`,
// `<your key>`, `xxxx`, `secret`, a reference that nothing resolved, an address at a domain
// reserved for examples.
[[nodiscard]] bool is_placeholder(std::string_view value);

// Returns why the value is too weak for a secret ("has 6 characters, at least 12 are needed"), or
// an empty text. A predicate to stand behind the key.
[[nodiscard]] std::string weakness(std::string_view value);

// Returns why the value is no random key of `bytes` bytes as Laravel writes them (`base64:` and
// base64 text, or as many plain characters), or an empty text.
[[nodiscard]] std::string base64_key_trouble(std::string_view value, std::size_t bytes);

}  // namespace gate::checks
