// How often each byte occurs in source code: what to look for is chosen by it, so it decides about
// speed only.
#pragma once

#include <array>
#include <cstddef>

namespace gate::base {

// Returns the share of a byte in the text of repositories. Measured over 2,200 files of JavaScript,
// TypeScript, C, CSS, YAML, JSON and Markdown, each language alike.
[[nodiscard]] constexpr double byte_frequency(unsigned char byte) {
  constexpr std::array<unsigned short, 128> kInTenThousand{
      // clang-format off
    1, 1, 1, 1, 1, 1, 1, 1, 1, 22, 295, 1, 1, 7, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1691, 6, 112, 23, 7, 3, 12, 41, 84, 84, 67, 11, 94, 122, 131, 86,
    57, 44, 43, 19, 17, 21, 18, 15, 19, 17, 138, 61, 9, 59, 13, 10,
    9, 41, 25, 47, 36, 53, 31, 13, 11, 38, 8, 11, 31, 26, 31, 36,
    30, 8, 37, 56, 45, 21, 15, 10, 11, 10, 6, 27, 23, 27, 2, 97,
    28, 364, 92, 239, 202, 658, 135, 108, 129, 360, 24, 47, 245, 155, 402, 399,
    168, 14, 403, 377, 505, 191, 63, 49, 52, 74, 14, 49, 14, 49, 1, 1,
      // clang-format on
  };
  return byte < kInTenThousand.size() ? kInTenThousand[byte] / 10000.0 : 0.0001;
}

}  // namespace gate::base
