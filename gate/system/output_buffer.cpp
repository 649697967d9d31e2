#include "gate/system/output_buffer.h"

#include <algorithm>

#include <fmt/format.h>

namespace gate::system {
namespace {

// How far from the cut a line end is still looked for.
constexpr std::size_t kNearLineEnd = 4096;

std::string_view up_to_line_end(std::string_view head) {
  const std::size_t end = head.rfind('\n');
  return end == std::string_view::npos || head.size() - end > kNearLineEnd
             ? head
             : head.substr(0, end + 1);
}

std::string_view from_line_start(std::string_view tail) {
  const std::size_t end = tail.find('\n');
  return end == std::string_view::npos || end > kNearLineEnd ? tail : tail.substr(end + 1);
}

}  // namespace

void OutputBuffer::add(std::string_view bytes) {
  total_ += bytes.size();
  const std::size_t into_head = std::min(part_ - head_.size(), bytes.size());
  head_.append(bytes.substr(0, into_head));
  bytes.remove_prefix(into_head);
  if (bytes.size() >= part_) {
    tail_ = bytes.substr(bytes.size() - part_);
    return;
  }
  if (tail_.size() + bytes.size() > 2 * part_) tail_.erase(0, tail_.size() - part_);
  tail_.append(bytes);
}

std::string_view OutputBuffer::kept_tail() const {
  const std::string_view tail = tail_;
  return tail.size() <= part_ ? tail : tail.substr(tail.size() - part_);
}

std::string OutputBuffer::text() const {
  if (!cut()) return head_ + tail_;
  const std::string_view first = up_to_line_end(head_);
  const std::string_view last = from_line_start(kept_tail());
  const std::uint64_t missing = total_ - first.size() - last.size();
  return fmt::format("{}{}[{} bytes of output left out]\n{}", first,
                     first.ends_with('\n') ? "" : "\n", missing, last);
}

}  // namespace gate::system
