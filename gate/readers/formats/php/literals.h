// What the literals of PHP stand for: escapes, heredocs, numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace gate::readers::php {

// How a text between quotes is read.
enum class Quoting : std::uint8_t { single_quotes, double_quotes, backtick, heredoc, nowdoc };

// A part of a text between quotes.
struct QuotedPart {
  std::string_view text;  // as written, without the quotes
  Quoting quoting = Quoting::double_quotes;
  std::uint8_t indent = 0;    // blanks that each line of a heredoc loses
  bool at_line_start = true;  // of a heredoc: the part begins a line
  bool is_last = true;        // of a heredoc: nothing follows it
};

// Appends the value of a part; returns what is wrong with it, or nothing.
[[nodiscard]] std::string_view append_value(const QuotedPart& part, std::string& out);

// Returns whether the value of a part is what is written.
[[nodiscard]] bool is_plain(const QuotedPart& part);

// Returns a whole string token (with quotes or `<<<`, maybe a `b` in front) as one part.
[[nodiscard]] QuotedPart part_of_token(std::string_view written, std::uint8_t indent);

// Returns the value of an integer as written (0x1F, 0b1, 0o17, 017, 1_000, in a string's index also
// -1); what does not fit into 64 bits is a floating number, as in PHP.
[[nodiscard]] std::variant<std::int64_t, double> read_integer(std::string_view written);

// Returns the value of a floating number as written (1_0.5e3, .5, 1.).
[[nodiscard]] double read_floating(std::string_view written);

}  // namespace gate::readers::php
