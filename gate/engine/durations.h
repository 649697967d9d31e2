// Durations: how long rules took in earlier runs, so that the longest can begin first.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace gate::engine {

class Durations {
 public:
  Durations() = default;

  // Reads what write() wrote; lines that it would not have written are passed over. A hint, never
  // trusted: a wrong one costs time, not correctness.
  [[nodiscard]] static Durations read(std::string_view text);
  [[nodiscard]] std::string write() const;

  // Returns how many milliseconds a rule takes; nothing is known: 0.
  [[nodiscard]] double of(std::string_view rule) const;

  // Takes a new measurement in; it counts as much as all before it together. Returns whether
  // anything has changed: one that lies near what is known tells a schedule nothing new.
  bool add(std::string_view rule, double milliseconds);

 private:
  std::map<std::string, double, std::less<>> of_rule_;
};

}  // namespace gate::engine
