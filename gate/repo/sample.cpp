#include "gate/repo/sample.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace gate::repo {
namespace {

// A file's type and its bits agree, whichever of the two the writer of a sample gave.
SampleFile settled(SampleFile file) {
  constexpr unsigned kAnyExecute = 0111;
  if (file.kind == FileKind::executable && (file.mode & kAnyExecute) == 0) file.mode |= kAnyExecute;
  if (file.kind == FileKind::regular && (file.mode & kAnyExecute) != 0)
    file.kind = FileKind::executable;
  return file;
}

class SampleReader final : public FileReader {
 public:
  explicit SampleReader(const std::vector<const SampleFile*>& contents) : contents_(contents) {}

  Result<void> open(const File& file) override {
    rest_ = file.kind == FileKind::submodule ? std::string_view() : contents_[file.slot]->content;
    size_ = rest_.size();
    return {};
  }

  Result<std::size_t> read(char* into, std::size_t length) override {
    const std::size_t count = std::min(length, rest_.size());
    if (count != 0) std::memcpy(into, rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

  [[nodiscard]] std::uint64_t size_hint() const override { return size_; }

 private:
  const std::vector<const SampleFile*>& contents_;  // the snapshot's
  std::string_view rest_;
  std::uint64_t size_ = 0;
};

class SampleSnapshot final : public Snapshot {
 public:
  explicit SampleSnapshot(std::map<std::string, SampleFile> files) : owned_(std::move(files)) {
    files_.reserve(owned_.size());
    contents_.reserve(owned_.size());
    for (auto& [path, file] : owned_) {
      file = settled(std::move(file));
      files_.push_back(
          {path, file.kind, file.tracked, static_cast<std::uint32_t>(contents_.size())});
      contents_.push_back(&file);
    }
  }

  std::string_view at() const override { return "sample"; }
  std::span<const File> files() const override { return files_; }
  std::unique_ptr<FileReader> reader() const override {
    return std::make_unique<SampleReader>(contents_);
  }
  Result<unsigned> mode(const File& file) const override { return contents_[file.slot]->mode; }

 private:
  std::map<std::string, SampleFile> owned_;
  std::vector<File> files_;
  std::vector<const SampleFile*> contents_;  // by slot
};

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

class SampleState final : public GitState {
 public:
  explicit SampleState(SampleGit state) : state_(std::move(state)) {
    std::stable_sort(state_.uncommitted.begin(), state_.uncommitted.end(),
                     [](const Uncommitted& a, const Uncommitted& b) { return a.path < b.path; });
    state_.tags = sorted(std::move(state_.tags));
    state_.branches = sorted(std::move(state_.branches));
    state_.tracked_but_ignored = sorted(std::move(state_.tracked_but_ignored));
  }

  Result<Head> head() const override { return state_.head; }

  Result<Commit> commit(const std::string& id) const override {
    for (const Commit& commit : state_.commits) {
      if (commit.id == id) return commit;
    }
    return Error{fmt::format("commit {} does not exist", id)};
  }

  Result<std::vector<Uncommitted>> uncommitted() const override { return state_.uncommitted; }

  Result<std::vector<std::string>> tags_at(const std::string& commit) const override {
    return is_head(commit) ? state_.tags : std::vector<std::string>();
  }

  Result<std::vector<std::string>> branches_at(const std::string& commit) const override {
    return is_head(commit) ? state_.branches : std::vector<std::string>();
  }

  Result<bool> is_ancestor(const std::string& ancestor, const std::string& commit) const override {
    if (ancestor == commit) return true;
    return is_head(commit) && std::find(state_.ancestors.begin(), state_.ancestors.end(),
                                        ancestor) != state_.ancestors.end();
  }

  bool is_shallow() const override { return state_.shallow; }

  Result<std::vector<std::string>> tracked_but_ignored() const override {
    return state_.tracked_but_ignored;
  }

  Result<std::optional<std::int64_t>> last_changed(const base::GlobSet& paths) const override {
    std::optional<std::int64_t> latest;
    for (const auto& [path, seconds] : state_.changed) {
      if (paths.matches(path) && (!latest || seconds > *latest)) latest = seconds;
    }
    return latest;
  }

 private:
  [[nodiscard]] bool is_head(const std::string& commit) const {
    return !commit.empty() && commit == state_.head.commit;
  }

  SampleGit state_;
};

}  // namespace

std::unique_ptr<Snapshot> sample_snapshot(std::map<std::string, SampleFile> files) {
  return std::make_unique<SampleSnapshot>(std::move(files));
}

std::unique_ptr<GitState> sample_git(SampleGit state) {
  return std::make_unique<SampleState>(std::move(state));
}

}  // namespace gate::repo
