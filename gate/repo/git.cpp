#include "gate/repo/git.h"

#include <array>

namespace gate::repo {

void prepare_libgit2() {
  static const bool prepared = [] {
    git_libgit2_init();
    // Git refuses a repository of another user because its configuration may name programs to run.
    // Gate runs none of them, and CI often judges a checkout that another user made.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    // Extensions of the format that change nothing for a reader, or that this room sees to itself
    // (config.worktree, objects that a partial clone left out). libgit2 refuses every one it is not
    // told of, `objectformat` among them.
    std::array<const char*, 3> known{"worktreeconfig", "partialclone", "preciousobjects"};
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, known.data(), known.size());
    return true;
  }();
  static_cast<void>(prepared);
}

Error libgit2_error(std::string_view action) {
  const git_error* last = git_error_last();
  Error error{last != nullptr && last->message != nullptr ? last->message : "no reason given"};
  return std::move(error).within(action);
}

}  // namespace gate::repo
