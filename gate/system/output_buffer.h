// OutputBuffer: what a program printed, in bounded memory: the first and the last part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gate::system {

class OutputBuffer {
 public:
  // Keeps up to `part` bytes of the beginning and as many of the end.
  explicit OutputBuffer(std::size_t part) : part_(part) {}

  void add(std::string_view bytes);

  // Returns what was kept. Where something is missing, a line of its own says how much; both parts
  // then break off at line ends if there is one near.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool cut() const { return total_ > 2 * part_; }

 private:
  [[nodiscard]] std::string_view kept_tail() const;

  std::size_t part_;
  std::uint64_t total_ = 0;
  std::string head_;
  std::string tail_;  // the last bytes after the head, up to twice `part_` so that dropping is rare
};

}  // namespace gate::system
