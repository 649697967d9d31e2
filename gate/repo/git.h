// libgit2's handles and errors, for the sources of this room only.
#pragma once

#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include <git2.h>

#include "gate/base/result.h"
#include "gate/repo/object_id.h"

namespace gate::repo {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* handle) const {
    Free(handle);
  }
};

using RepositoryHandle = std::unique_ptr<git_repository, Freed<git_repository_free>>;
using ObjectsHandle = std::unique_ptr<git_odb, Freed<git_odb_free>>;
using ObjectHandle = std::unique_ptr<git_object, Freed<git_object_free>>;
using CommitHandle = std::unique_ptr<git_commit, Freed<git_commit_free>>;
using ReferenceHandle = std::unique_ptr<git_reference, Freed<git_reference_free>>;
using ReferencesHandle =
    std::unique_ptr<git_reference_iterator, Freed<git_reference_iterator_free>>;
using ConfigHandle = std::unique_ptr<git_config, Freed<git_config_free>>;

// Prepares libgit2 once for this process: as safe and as quick as gate needs it. Thread-safe.
void prepare_libgit2();

// Returns what the last failed call of this thread left as reason.
[[nodiscard]] Error libgit2_error(std::string_view action);

[[nodiscard]] inline git_oid to_git(const ObjectId& id) {
  git_oid raw;
  git_oid_fromraw(&raw, id.bytes.data());
  return raw;
}

[[nodiscard]] inline ObjectId from_git(const git_oid& id) {
  ObjectId own;
  std::memcpy(own.bytes.data(), id.id, ObjectId::kSize);
  return own;
}

}  // namespace gate::repo
