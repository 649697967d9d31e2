#include "gate/repo/folder_state.h"

#include <utility>

namespace gate::repo {
namespace {

class FolderState final : public GitState {
 public:
  FolderState(const GitState& whole, std::string prefix)
      : whole_(whole), prefix_(std::move(prefix)) {}

  Result<Head> head() const override { return whole_.head(); }
  Result<Commit> commit(const std::string& id) const override { return whole_.commit(id); }
  Result<std::vector<std::string>> tags_at(const std::string& commit) const override {
    return whole_.tags_at(commit);
  }
  Result<std::vector<std::string>> branches_at(const std::string& commit) const override {
    return whole_.branches_at(commit);
  }
  Result<bool> is_ancestor(const std::string& ancestor, const std::string& commit) const override {
    return whole_.is_ancestor(ancestor, commit);
  }
  bool is_shallow() const override { return whole_.is_shallow(); }

  Result<std::vector<Uncommitted>> uncommitted() const override {
    GATE_TRY(const std::vector<Uncommitted> all, whole_.uncommitted());
    std::vector<Uncommitted> here;
    for (const Uncommitted& one : all) {
      if (one.path.starts_with(prefix_))
        here.push_back({one.path.substr(prefix_.size()), one.state});
    }
    return here;
  }

  Result<std::vector<std::string>> tracked_but_ignored() const override {
    GATE_TRY(const std::vector<std::string> all, whole_.tracked_but_ignored());
    std::vector<std::string> here;
    for (const std::string& path : all) {
      if (path.starts_with(prefix_)) here.push_back(path.substr(prefix_.size()));
    }
    return here;
  }

  Result<std::optional<std::int64_t>> last_changed(const base::GlobSet& paths) const override {
    return whole_.last_changed(paths.below(prefix_));
  }

 private:
  const GitState& whole_;
  std::string prefix_;
};

}  // namespace

std::unique_ptr<GitState> folder_state(const GitState& whole, std::string prefix) {
  return std::make_unique<FolderState>(whole, std::move(prefix));
}

}  // namespace gate::repo
