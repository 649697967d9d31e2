// The bounds of a walk through a value: one list may stand many times in another, so that a few
// lines make a value of more elements than there are atoms.
// Only for the sources of this folder.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::python {

// Elements that a walk may pass.
inline constexpr std::size_t kMaxWalk = 20'000;

// Where a walk stands. Copies share what is left of the budget, which outlives them.
class Walk {
 public:
  explicit Walk(std::size_t& left) : left_(left) {}

  // Returns whether the value at hand is beyond the bounds.
  [[nodiscard]] bool is_over() const { return depth_ > kDeepest || left_ == 0; }
  // A text is copied: so much of the budget it takes besides.
  void pay_for(std::string_view text) const { left_ -= std::min(left_, text.size() / kTextOfOne); }
  // Returns the walk as it goes on with an element.
  [[nodiscard]] Walk deeper() const {
    Walk next(*this);
    ++next.depth_;
    if (left_ != 0) --left_;
    return next;
  }

 private:
  static constexpr int kDeepest = 50;
  static constexpr std::size_t kTextOfOne = 64;  // bytes that weigh as much as an element

  std::size_t& left_;
  int depth_ = 0;
};

}  // namespace gate::readers::python
