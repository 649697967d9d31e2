// One rule, a sample repository and its answer in a few lines, for the tests of the kinds.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "gate/base/diagnostic.h"
#include "gate/checks/check.h"
#include "gate/readers/formats/document.h"
#include "gate/repo/sample.h"

namespace gate::checks::test {

// A rule of one kind, made from the keys of its table as TOML.
class RuleUnderTest {
 public:
  RuleUnderTest(std::string_view kind, std::string_view keys);

  // Returns the mistakes in the keys, one a line: "line:column message; help"; empty where there
  // are none.
  [[nodiscard]] std::string mistakes() const;
  [[nodiscard]] const Check& check() const { return *check_; }

  // Runs the check; answers its scan() first.
  [[nodiscard]] Answer run(Context context) const;

 private:
  base::Diagnostics diagnostics_;
  std::shared_ptr<const readers::Document> document_;
  policy::RuleHead head_;
  std::unique_ptr<Check> check_;
};

// Returns a snapshot of regular, tracked files.
[[nodiscard]] std::unique_ptr<repo::Snapshot> sample(
    const std::map<std::string, std::string>& files);

// Returns the answer as text: "verdict" or "verdict: reason", then a line "path:line:column message
// [fix]" for each finding; parts that are empty are left out.
[[nodiscard]] std::string spell(const Answer& answer);

}  // namespace gate::checks::test
