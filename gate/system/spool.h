// Spool: bytes that may be many, kept on disk once they are more than a few.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gate/system/descriptor.h"

namespace gate::system {

// Takes bytes until there are more than its limit: then it lets go of all of them and is cut.
// For one thread.
class Spool {
 public:
  explicit Spool(std::uint64_t limit) : limit_(limit) {}

  void add(std::string_view bytes);

  [[nodiscard]] bool cut() const { return cut_; }

  // Returns what was added, once.
  [[nodiscard]] std::string take();

 private:
  void spill();

  std::uint64_t limit_;
  std::uint64_t size_ = 0;
  bool cut_ = false;
  std::string memory_;  // what the file does not have
  Descriptor file_;     // without a name: gone when it is closed, and when this process ends
  bool no_file_ = false;
};

}  // namespace gate::system
