// What a rule of kind `config` expects of the values that its path selects.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/pattern.h"
#include "gate/policy/table_reader.h"
#include "gate/readers/formats/document.h"
#include "gate/readers/settings/setting.h"

namespace gate::checks {

// How a value does against one test.
struct TestResult {
  std::string_view test;  // the key of the rule that asks: "equals"; lives for the whole program
  std::string message;    // what is wrong, behind the name of the value: "is `true`, not `false`"
  std::string unknown;    // why it cannot be told; then there is no message
};

class ConfigValueTests {
 public:
  // Reads the keys of value tests from a rule's table.
  explicit ConfigValueTests(policy::TableReader& table);

  // Returns whether the rule asks nothing of values.
  [[nodiscard]] bool empty() const;

  // Returns the tests that a value does not pass, or whose outcome turns on what is not known.
  // `secret`: no message shows the value.
  [[nodiscard]] std::vector<TestResult> judge(readers::Value value, bool secret) const;

 private:
  void judge_equality(readers::Value value, bool secret, std::vector<TestResult>& out) const;
  void judge_patterns(readers::Value value, bool secret, std::vector<TestResult>& out) const;
  void judge_bounds(readers::Value value, bool secret, std::vector<TestResult>& out) const;
  void judge_contents(readers::Value value, bool secret, std::vector<TestResult>& out) const;

  std::optional<readers::Setting> equals_;
  std::optional<readers::Setting> not_equals_;
  readers::SettingList one_of_;
  readers::SettingList none_of_;
  std::vector<base::Pattern> matches_;      // each must
  std::vector<base::Pattern> not_matches_;  // none may
  std::string expected_;                    // what the patterns ask, in words; empty: not said
  std::optional<double> min_;
  std::optional<double> max_;
  readers::SettingList contains_;
  readers::SettingList not_contains_;
  base::GlobSet forbid_keys_;
  bool ignore_case_ = false;
};

// Returns how a message shows a value: `"text"`, `12`, "a list of 3 values"; of a secret only what
// it is.
[[nodiscard]] std::string show(readers::Value value, bool secret);

// Returns a number, also one that is written as a text; nothing for another value.
[[nodiscard]] std::optional<double> number_of(readers::Value value);

}  // namespace gate::checks
