// Judges what a command came to: how it ended, what its result says, and whether the two agree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/checks/check.h"
#include "gate/checks/command/output.h"
#include "gate/checks/command/places.h"
#include "gate/checks/command/rule.h"
#include "gate/system/process.h"

namespace gate::checks {

// One rule's command, which may have run several times over parts of its files.
class CommandJudge {
 public:
  // All outlive it.
  CommandJudge(const CommandRule& rule, const Context& context, const Masks& masks)
      : rule_(rule), masks_(masks), places_(rule, context) {}

  void add(const system::ProcessResult& result);

  // Passed only where every run ended as success, was read, reports no problem and, where tests are
  // counted, ran some.
  [[nodiscard]] Answer answer() &&;

 private:
  void judge_exit(const system::ProcessResult& result);
  [[nodiscard]] std::string broken_line(const system::ProcessResult& result) const;
  void judge_result(const system::ProcessResult& result);
  void exited_badly(const system::ProcessResult& result);
  void unknown(std::string why, const system::ProcessResult& result);
  void judge_tests();
  [[nodiscard]] Result<readers::ToolResult> read(const system::ProcessResult& result) const;
  using Choose = std::vector<std::string> (*)(std::string_view output, std::size_t most);
  [[nodiscard]] std::vector<std::string> lines(const system::ProcessResult& result, Choose choose,
                                               std::size_t most) const;

  const CommandRule& rule_;
  const Masks& masks_;
  ToolPlaces places_;
  std::vector<finding::Finding> findings_;
  std::vector<std::string> reasons_;  // what people should know of the verdict
  std::vector<std::string> unknown_;
  std::vector<std::string> last_words_;
  std::vector<int> statuses_;
  bool counts_tests_ = false;
  readers::TestCounts tests_;
};

}  // namespace gate::checks
