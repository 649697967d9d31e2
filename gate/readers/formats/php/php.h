// PHP into a syntax tree.
#pragma once

#include <cstddef>
#include <memory>

#include "gate/readers/formats/php/syntax.h"

namespace gate::readers::php {

inline constexpr std::size_t kMaxBytes = std::size_t{8} << 20U;  // of a file
// Of statements and expressions inside each other, as people would count them.
inline constexpr std::uint32_t kMaxDepth = 256;
// Of the tree, which is deeper: `a()->b()->c()` and `1 + 2 - 3` nest without brackets. Whoever
// walks it by recursion needs no limit of his own.
inline constexpr std::uint32_t kMaxHeight = 1500;

// Returns the tree of a file. Never fails: what cannot be read is opaque and a problem, also a file
// that is too large or nested too deeply. Linear in the text.
[[nodiscard]] std::shared_ptr<const SyntaxTree> parse(std::shared_ptr<const base::Source> source);

}  // namespace gate::readers::php
