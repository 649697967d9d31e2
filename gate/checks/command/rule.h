// CommandRule: what a rule of the kind `command` says, as data.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/pattern.h"
#include "gate/checks/check.h"
#include "gate/policy/rule_head.h"
#include "gate/policy/table_reader.h"
#include "gate/readers/results/results.h"
#include "gate/system/process.h"

namespace gate::checks {

// The word of `run` in whose place the input files are named.
inline constexpr std::string_view kFilesWord = "{files}";

// What a program that is not there means.
enum class Missing : std::uint8_t { error, warning, skip };

// How far a change reaches in what a tool finds.
enum class Scope : std::uint8_t {
  project,  // a change in one file may make it find something in another
  file,     // what it finds in a file depends on that file alone
};

struct CommandRule {
  std::string id;
  system::Command command;  // `folder` relative to the judged folder
  std::string shown;        // the command line, for people
  std::vector<std::int64_t> success;
  // With which it may end when it found something; empty: with any that is no success.
  std::vector<std::int64_t> failure;
  std::vector<base::Pattern> broken;  // lines that say that it broke down, whatever its status
  Missing missing = Missing::error;
  std::string install;
  std::vector<std::string> needs;
  Demand demand;
  base::GlobSet inputs;
  std::int64_t max_files = 0;        // of one command line; 0: as many as fit
  std::vector<std::string> version;  // a command that prints the tool's version

  const readers::ResultFormat* format = nullptr;
  std::vector<base::Pattern> patterns;  // instead of a format
  std::string tool;                     // in front of the codes of its findings
  std::string result_root;              // where the tool sees the judged folder; empty: where it is
  Scope scope = Scope::project;
  std::int64_t min_tests = 1;
  bool min_tests_given = false;

  [[nodiscard]] bool reads_result() const { return format != nullptr || !patterns.empty(); }
};

// Reads the kind's own keys; mistakes are reported through the table.
[[nodiscard]] CommandRule read_command_rule(const policy::RuleHead& head,
                                            policy::TableReader& table);

// Returns the name of the tool that a command line runs: without its folder and extension, and
// without what starts it (`npx`, `php`, `python3 -m` ...).
[[nodiscard]] std::string tool_name(const std::vector<std::string>& argv);

}  // namespace gate::checks
