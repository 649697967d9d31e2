// The files that a command depends on: as words of its command line, and as a part of the key under
// which its outcome is kept.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gate/checks/check.h"
#include "gate/checks/command/rule.h"
#include "gate/repo/snapshot.h"
#include "gate/system/process.h"

namespace gate::checks {

// Returns the files that the rule's `inputs` match, in the order of the snapshot.
[[nodiscard]] std::vector<repo::File> input_files(const CommandRule& rule, const Context& context);

// Compares files with those before the judged change. Not thread-safe.
class FileComparison {
 public:
  // Both outlive it.
  FileComparison(const repo::Snapshot& files, const repo::Snapshot& base);

  // Returns whether a file of `files` was there with the same bytes; false for one that cannot be
  // read.
  [[nodiscard]] bool same(const repo::File& file);

 private:
  const repo::Snapshot& base_;
  std::unique_ptr<repo::FileReader> reader_;
  std::unique_ptr<repo::FileReader> reader_before_;
  std::string now_;
  std::string before_;
};

// What a change did to the inputs of a rule.
struct InputChange {
  bool any = false;                 // one of them is new, different or gone
  std::vector<repo::File> written;  // those that are new or different
};

// Returns how `files`, the inputs of the rule, differ from its inputs at `base`. One that cannot be
// read counts as different.
[[nodiscard]] InputChange input_change(const CommandRule& rule, const Context& context,
                                       const repo::Snapshot& base,
                                       const std::vector<repo::File>& files);

// Returns whether the files stand in the command line.
[[nodiscard]] bool names_files(const system::Command& command);

// Returns the commands to run: `command` itself, or where a word of it is `{files}` as many as it
// takes to name all files below its folder, each with a command line that every system takes. Paths
// are relative to the folder; one that looks like an option gets `./` in front. Links and
// submodules are left out.
[[nodiscard]] std::vector<system::Command> split_by_files(const CommandRule& rule,
                                                          const system::Command& command,
                                                          const std::vector<repo::File>& files);

// Returns the key of an outcome: it changes with the command, its variables, the program (path,
// size and time of its file, of its interpreter, and what `version` prints), how the result is
// judged, and the content of every input. Nothing where a file cannot be read.
[[nodiscard]] std::optional<std::string> outcome_key(const CommandRule& rule,
                                                     const Context& context,
                                                     const system::Command& command,
                                                     const std::vector<repo::File>& files);

}  // namespace gate::checks
