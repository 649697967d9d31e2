// Judges a snapshot by one rule of kind `files`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/base/glob.h"
#include "gate/checks/check.h"

namespace gate::checks {

inline constexpr unsigned kPermissionBits = 07777;

// One element of `require`: a file must match it.
struct Wanted {
  std::string text;
  base::Glob glob;

  [[nodiscard]] bool is_literal() const {
    return text.find_first_of("*?[{\\") == std::string::npos;
  }
};

struct FilesRule {
  std::vector<Wanted> require;
  std::vector<Wanted> require_any;
  std::string fix;  // of the rule; `PATH` in it stands for the file that is wrong
  base::GlobSet forbid;
  base::GlobSet paths;
  std::optional<bool> tracked;  // none: all files
  std::optional<unsigned> max_mode;
  std::optional<std::uint64_t> max_size;
  std::string symlink_to;
  bool no_symlinks = false;
  bool utf8_paths = false;
  std::optional<std::int64_t> min_count;
  std::optional<std::int64_t> max_count;
};

[[nodiscard]] Answer judge(const FilesRule& rule, const Context& context);

}  // namespace gate::checks
