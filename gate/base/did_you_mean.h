// The nearest known word to a mistyped one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gate::base {

// Returns the candidate with the smallest edit distance (Damerau, transpositions count one) to
// `word`, or an empty text where none is within max(2, length / 3) — and below the length of the
// word, so that short words suggest no nonsense.
[[nodiscard]] std::string_view did_you_mean(std::string_view word,
                                            std::span<const std::string_view> candidates);

// Returns a help line: "did you mean `x`?", or where nothing is near "expected one of `a`, `b`" for
// at most twelve candidates, else empty.
[[nodiscard]] std::string suggest(std::string_view word,
                                  std::span<const std::string_view> candidates);

}  // namespace gate::base
