// Places as toml++ counts them (line, column in code points, a byte order mark not counted) to byte
// offsets.
#pragma once

#include <cstdint>

#include "gate/base/text.h"

namespace gate::readers {

// Remembers the last place it found, so that asking in reading order is linear, also within one
// long line.
class TomlPlaces {
 public:
  explicit TomlPlaces(const base::Source& source) : source_(&source) {}

  // Returns the offset of a place; beyond the end of a line the offset of its end.
  [[nodiscard]] std::uint32_t offset(std::uint32_t line, std::uint32_t column);

 private:
  const base::Source* source_;
  std::uint32_t line_ = 0;
  std::uint32_t column_ = 1;
  std::uint32_t offset_ = 0;
  std::uint32_t line_end_ = 0;
};

}  // namespace gate::readers
