// Judges a repository by one rule of kind `git`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/pattern.h"
#include "gate/checks/check.h"

namespace gate::checks {

// Globs over names of branches or tags: the whole name counts, so that `main` is not
// `feature/main`.
struct NameGlobs {
  std::vector<std::string> texts;
  std::vector<base::Glob> globs;

  [[nodiscard]] bool empty() const { return texts.empty(); }
  [[nodiscard]] bool matches(std::string_view name) const;
  [[nodiscard]] std::string list() const;
};

struct GitRule {
  bool clean = false;
  bool untracked = true;  // with `clean`: untracked files count
  NameGlobs branch;
  NameGlobs tag;
  std::vector<base::Pattern> message;
  std::vector<base::Pattern> message_forbid;
  bool is_signed = false;
  std::vector<base::Pattern> author_email;
  std::string ancestor;
  bool forbid_tracked_ignored = false;
  bool forbid_conflicts = false;
  std::optional<std::uint64_t> max_blob;
  bool forbid_submodules = false;

  // Returns whether something of the commit itself is asked: message, signature, author.
  [[nodiscard]] bool asks_commit_object() const;
  // Returns whether something is asked of the commit or of what points at it.
  [[nodiscard]] bool asks_commit() const;
  // Returns whether something is asked that only a repository can answer.
  [[nodiscard]] bool asks_git() const;
};

// The marks of a conflict: index of their patterns in the rule's request of the scan.
enum ConflictMark : std::uint32_t { kOurs, kBorder, kTheirs };

[[nodiscard]] Answer judge(const GitRule& rule, const Context& context);

}  // namespace gate::checks
