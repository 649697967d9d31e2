// Literals: texts of which a pattern's matches must contain one, read off the pattern itself.
//
// Sound, not complete: what is said here holds for every match; where nothing certain or useful can
// be said, nothing is.
#pragma once

#include <bitset>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "gate/base/pattern.h"

namespace gate::base {

struct Literal {
  std::string text;          // in lower case where the case is ignored
  bool ignore_case = false;  // of ASCII letters

  friend auto operator<=>(const Literal&, const Literal&) = default;
};

inline constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();

struct RequiredLiterals {
  // Every match contains at least one of them, none shorter than kShortestLiteral; empty: nothing
  // is known.
  std::vector<Literal> any_of;

  // Of such an occurrence: it begins at most `before` bytes after the match begins, with nothing
  // but bytes of `before_bytes` between; the match ends at most `after` bytes after it begins. Zero
  // `before`: every match begins with one of them.
  std::size_t before = kUnbounded;
  std::bitset<256> before_bytes;
  std::size_t after = kUnbounded;

  // Every match begins at the beginning of a line. Holds without literals too.
  bool at_line_start = false;
};

inline constexpr std::size_t kShortestLiteral = 3;

[[nodiscard]] RequiredLiterals required_literals(const Pattern& pattern);

}  // namespace gate::base
