// What a rule of kind `env` expects of the values of its keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/pattern.h"
#include "gate/policy/table_reader.h"

namespace gate::checks {

// How a value differs from what is expected.
struct Deviation {
  std::string_view test;  // the key of the rule that asks: "equals"; lives for the whole program
  std::string message;    // one sentence; shows no part of a secret
  std::string fix;        // may be empty
};

class Expectation {
 public:
  // Reads the keys of value tests from a rule's table.
  explicit Expectation(policy::TableReader& table);

  // Returns whether the rule asks nothing of values.
  [[nodiscard]] bool empty() const;

  // Returns whether every test is about the form of a value, so that an empty one has nothing to
  // judge.
  [[nodiscard]] bool only_form() const;

  [[nodiscard]] bool asks_strength() const { return strong_; }

  // Returns what is wrong with the value of `key`.
  [[nodiscard]] std::vector<Deviation> judge(std::string_view key, std::string_view value) const;

 private:
  void judge_equality(std::string_view key, std::string_view value,
                      std::vector<Deviation>& out) const;
  void judge_patterns(std::string_view key, std::string_view value,
                      std::vector<Deviation>& out) const;
  void judge_lists(std::string_view key, std::string_view value, std::vector<Deviation>& out) const;
  void judge_strength(std::string_view key, std::string_view value,
                      std::vector<Deviation>& out) const;
  void judge_form(std::string_view key, std::string_view value, std::vector<Deviation>& out) const;
  [[nodiscard]] bool same(std::string_view a, std::string_view b) const;
  [[nodiscard]] bool is_among(std::string_view value, const std::vector<std::string>& values) const;

  enum class Url : std::uint8_t { unasked, any, https };

  bool ignore_case_;
  std::optional<std::string> equals_;
  std::optional<std::string> not_equals_;
  std::vector<std::string> one_of_;
  std::vector<std::string> none_of_;
  std::vector<base::Pattern> matches_;      // each must
  std::vector<base::Pattern> not_matches_;  // none may
  std::string expected_;                    // what the patterns ask, in words; empty: not said
  std::vector<std::string> contains_;
  std::vector<std::string> not_contains_;
  std::size_t min_length_ = 0;
  bool forbid_placeholder_;
  bool strong_;
  std::size_t base64_key_ = 0;  // bytes; 0: not asked
  Url url_ = Url::unasked;
  bool port_;
  bool email_;
};

}  // namespace gate::checks
