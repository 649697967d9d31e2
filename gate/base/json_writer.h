// JSON (RFC 8259), written value by value. Knows no document: who calls keeps objects, keys and
// values in order.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gate::base {

class JsonWriter {
 public:
  enum class Layout : std::uint8_t {
    compact,   // no white space
    indented,  // two spaces a level; empty objects and arrays on one line
  };

  explicit JsonWriter(Layout layout = Layout::compact) : layout_(layout) {}

  JsonWriter& begin_object() { return begin('{'); }
  JsonWriter& end_object() { return end('}'); }
  JsonWriter& begin_array() { return begin('['); }
  JsonWriter& end_array() { return end(']'); }

  // Starts a member of the innermost object; its value comes next.
  JsonWriter& key(std::string_view name);

  // Invalid UTF-8 becomes U+FFFD: JSON has no other bytes. Controls are escaped, and so is `##[`:
  // a document printed to a terminal or a CI log holds no command of theirs.
  JsonWriter& string(std::string_view value);

  // The shortest digits that read back as the same number, never those of a locale. JSON has no
  // infinities and no NaN: they become null.
  JsonWriter& number(double value);

  template <std::integral Integer>
  JsonWriter& number(Integer value) {
    if constexpr (std::signed_integral<Integer>) {
      return integer(static_cast<std::int64_t>(value));
    } else {
      return integer(static_cast<std::uint64_t>(value));
    }
  }

  JsonWriter& boolean(bool value) { return scalar(value ? "true" : "false"); }
  JsonWriter& null() { return scalar("null"); }

  // Returns the document, without a line end behind it.
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& integer(std::uint64_t value);
  JsonWriter& scalar(std::string_view text);
  void start_value();
  void start_item();
  void break_line();
  void append_string(std::string_view value);

  Layout layout_;
  std::string text_;
  std::vector<bool> has_items_;  // of the open objects and arrays
  bool after_key_ = false;
};

}  // namespace gate::base
