// Project: a repository with tools and a policy that runs them, and the gate that judges it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "tests/support/child.h"
#include "tests/support/temp_repository.h"

namespace gate::test {

// One rule of the kind `command`: its tool is the shell script tools/NAME.
struct Tool {
  std::string name;
  std::string script;
  std::string keys{};  // more lines of the rule
};

class Project {
 public:
  // The rules are named app.NAME, in the order of the tools.
  explicit Project(const std::vector<Tool>& tools);

  [[nodiscard]] const std::filesystem::path& path() const { return repository_.path(); }

  // Returns the command line `gate run --no-cache` with more arguments. Reports and what it prints
  // lie outside the repository, in reports().
  [[nodiscard]] tests::ChildCommand gate(const std::vector<std::string>& arguments) const;
  [[nodiscard]] std::filesystem::path reports() const { return outside_.path(); }
  [[nodiscard]] std::string report(std::string_view name) const;

  // Returns the command lines of processes that belong to the project: those that name its folder.
  // A gate that judges it does not.
  [[nodiscard]] std::vector<std::string> processes() const;

 private:
  TempRepository repository_;
  TempFolder outside_;
};

}  // namespace gate::test
