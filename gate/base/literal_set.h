// LiteralSet: finds all occurrences of many texts in one pass over the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gate/base/literals.h"
#include "gate/base/nibble_filter.h"

namespace gate::base {

class LiteralSet {
 public:
  struct Hit {
    std::size_t begin = 0;      // in the text
    std::uint32_t literal = 0;  // index in the set

    friend auto operator<=>(const Hit&, const Hit&) = default;
  };

  // How candidates are found: the faster of the two where none is given, as far as the processor
  // has it.
  enum class Method : std::uint8_t { shuffle, stride };

  LiteralSet() = default;
  // The literals have at least kShortestLiteral bytes.
  explicit LiteralSet(std::span<const Literal> literals, std::optional<Method> method = {});

  // Appends every occurrence, overlapping ones too, whose probe (a place inside the occurrence)
  // lies in [from, to). Stretches of one text that follow each other, each beginning at a multiple
  // of kStretch, yield each occurrence once. Hits come in no particular order, but none begins more
  // than reach() before `from`. Thread-safe.
  void find(std::string_view text, std::size_t from, std::size_t to, std::vector<Hit>& hits) const;

  static constexpr std::size_t kStretch = 32;

  // Returns how far the beginning of an occurrence may lie before its probe.
  [[nodiscard]] std::size_t reach() const { return reach_; }

 private:
  // A text is known by three neighbouring bytes, a gram. Where the gram is looked up at every
  // stride_-th place only, each literal enters stride_ grams, of which every occurrence shows
  // exactly one there.
  struct Entry {
    std::uint32_t gram = 0;
    std::uint32_t literal = 0;
    std::uint32_t offset = 0;  // of the gram in the literal
    std::uint32_t next = 0;    // of the same slot, + 1; 0: the last
  };

  void enter(std::uint32_t literal, std::size_t first, std::size_t grams);
  [[nodiscard]] bool known(std::uint32_t gram) const;
  void find_by_shuffle(std::string_view text, std::size_t from, std::size_t to,
                       std::vector<Hit>& hits) const;
  template <std::size_t kStride>
  void find_by_stride(std::string_view text, std::size_t from, std::size_t to,
                      std::vector<Hit>& hits) const;
  void look_up(std::string_view text, std::size_t at, std::uint32_t gram,
               std::vector<Hit>& hits) const;

  std::vector<Literal> literals_;
  std::vector<Entry> entries_;
  std::vector<std::uint64_t> filter_;  // one bit a hash: some gram has it
  std::vector<std::uint32_t> slots_;   // first entry by hash, + 1
  std::optional<NibbleFilter> shuffle_;
  std::size_t stride_ = 1;
  std::size_t reach_ = 0;
};

}  // namespace gate::base
