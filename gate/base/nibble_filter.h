// NibbleFilter: names the places of a text at which one of some short byte strings may stand, 32
// places at a time.
//
// Teddy, as Hyperscan has it (G. Langdale; described in the README of the Rust crate aho-corasick,
// packed/teddy): the strings are spread over eight buckets; for each of the first four bytes two
// tables of sixteen say in which buckets a byte with this upper and this lower half may stand, and
// one shuffle looks up 32 halves.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace gate::base {

class NibbleFilter {
 public:
  static constexpr std::size_t kWindow = 4;
  static constexpr std::size_t kStep = 32;

  // What may stand at a place: up to kWindow bytes; fewer leave the rest open.
  struct Window {
    std::string bytes;
    bool ignore_case = false;  // of ASCII letters
  };

  // Returns whether this processor has the instructions (AVX2); without them find() must not be
  // called.
  [[nodiscard]] static bool supported();

  NibbleFilter() = default;
  explicit NibbleFilter(std::span<const Window> windows);

  // Returns the share of places in source code that find() is expected to name.
  [[nodiscard]] double rate() const { return rate_; }

  // Writes the places i in [0, length) at which one of the windows may stand in text[i, i +
  // kWindow), ascending, and returns how many. `length` is a multiple of kStep; length + kWindow -
  // 1 bytes are readable; `places` holds `length`.
  std::size_t find(const char* text, std::size_t length, std::uint32_t* places) const;

 private:
  using Half = std::array<std::uint8_t, 16>;  // bits are buckets
  struct alignas(16) Tables {
    Half lower{};
    Half upper{};
  };

  void add(const Window& window, std::uint8_t bucket);
  [[nodiscard]] double rate_of(std::uint8_t bucket) const;

  std::array<Tables, kWindow> tables_{};
  double rate_ = 0;
};

}  // namespace gate::base
