#include "gate/base/text.h"

#include <algorithm>
#include <cstring>

namespace gate::base {

LineIndex::LineIndex(std::string_view text) : text_(text) {
  starts_.push_back(0);
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  for (const char* at = begin; at != end;) {
    const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (found == nullptr) break;
    at = static_cast<const char*>(found) + 1;
    starts_.push_back(static_cast<std::uint32_t>(at - begin));
  }
}

Position LineIndex::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts_.begin());
  return {line, offset - starts_[line - 1] + 1};
}

std::string_view LineIndex::line(std::uint32_t number) const {
  if (number == 0 || number > starts_.size()) return {};
  const std::uint32_t begin = starts_[number - 1];
  const std::uint32_t end =
      number < starts_.size() ? starts_[number] - 1 : static_cast<std::uint32_t>(text_.size());
  std::string_view line = text_.substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::uint32_t LineIndex::count() const {
  const auto count = static_cast<std::uint32_t>(starts_.size());
  return starts_.back() == text_.size() ? count - 1 : count;
}

const LineIndex& Source::lines() const {
  std::call_once(asked_, [this] { lines_.emplace(text_); });
  return *lines_;
}

}  // namespace gate::base
