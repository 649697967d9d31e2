// What a rule of kind `content` asks of files, and how it is decided.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/pattern.h"
#include "gate/checks/check.h"

namespace gate::checks {

struct ContentRule {
  std::string title;
  base::GlobSet paths;
  std::vector<base::Pattern> forbid;
  std::vector<base::Pattern> require;
  bool require_in_any = false;  // in one file at least; otherwise in every one
  std::vector<base::Pattern> ordered;
  std::vector<base::Pattern> count;
  std::uint64_t limit = 0;  // of matches of `count` in a file
  std::vector<base::Pattern> except;
  std::vector<base::Pattern> unless;  // in a file that one of them matches nothing is forbidden
  bool binary = false;
  bool fail_without_files = false;
  std::string message;  // `{0}`, `{1}` are match and groups; empty: the title

  // Returns the patterns to be scanned for: forbid, require, ordered, count, unless
  // in a row.
  [[nodiscard]] std::vector<const base::Pattern*> patterns() const;
};

[[nodiscard]] Answer judge(const ContentRule& rule, const Context& context);

// Returns the highest group that a message names, or nothing where it names none; `{{` and `}}`
// stand for braces. `bad` is set to what stands between braces and is no number.
[[nodiscard]] std::optional<std::size_t> highest_group(std::string_view message, std::string& bad);

}  // namespace gate::checks
