// Sample: a repository in memory, for the examples of rules and for tests.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gate/repo/git_state.h"
#include "gate/repo/snapshot.h"

namespace gate::repo {

struct SampleFile {
  std::string content{};
  FileKind kind = FileKind::regular;
  unsigned mode = 0644;
  bool tracked = true;
};

// The state of git that a sample claims.
struct SampleGit {
  Head head{"main", std::string(40, '1')};
  std::vector<Commit> commits;  // parents before children not needed; looked up by id
  std::vector<Uncommitted> uncommitted;
  std::vector<std::string> tags;
  std::vector<std::string> branches;
  std::vector<std::string> ancestors;  // revisions that count as ancestors of HEAD
  std::vector<std::string> tracked_but_ignored;
  std::vector<std::pair<std::string, std::int64_t>> changed;  // path, seconds of its last commit
  bool shallow = false;
};

[[nodiscard]] std::unique_ptr<Snapshot> sample_snapshot(std::map<std::string, SampleFile> files);
[[nodiscard]] std::unique_ptr<GitState> sample_git(SampleGit state);

}  // namespace gate::repo
