#include "gate/repo/work_tree.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "gate/repo/blob_reader.h"
#include "gate/repo/repository.h"

namespace gate::repo {
namespace {

// The files that a sparse checkout left out, by slot.
using LeftOut = std::unordered_map<std::uint32_t, ObjectId>;

// What stands in a File's path is followed by a NUL: index and `untracked_` see to it.
class WorkTreeReader final : public FileReader {
 public:
  WorkTreeReader(int top, const LeftOut& left_out, const ObjectStore& store)
      : top_(top), left_out_(left_out), blob_(store) {}

  Result<void> open(const File& file) override {
    path_ = file.path;
    file_ = Descriptor();
    target_.clear();
    blob_.close();
    const auto stored = left_out_.find(file.slot);
    is_stored_ = stored != left_out_.end();
    if (is_stored_) return blob_.open(stored->second, path_);
    is_target_ = file.kind == FileKind::symlink || file.kind == FileKind::submodule;
    if (file.kind == FileKind::submodule) return {};
    if (file.kind == FileKind::symlink) {
      GATE_TRY(target_, link_target(top_, path_.data()));
      return {};
    }
    // Files come folder by folder: the folder stays open, so that one name is looked up instead of
    // a path.
    const std::size_t slash = path_.rfind('/');
    const std::string_view folder = path_.substr(0, slash == std::string_view::npos ? 0 : slash);
    const char* name = path_.data() + (folder.empty() ? 0 : slash + 1);
    if (folder != folder_path_) {
      folder_path_ = folder;
      folder_ = Descriptor();
      if (!folder.empty()) folder_ = open_below(top_, folder_path_.c_str(), O_PATH | O_DIRECTORY);
      if (!folder.empty() && !folder_.is_open()) return failed();
    }
    file_ = open_below(folder.empty() ? top_ : folder_.number(), name, O_RDONLY);
    if (!file_.is_open()) return failed();
    return {};
  }

  Result<std::size_t> read(char* into, std::size_t length) override {
    if (is_stored_) return blob_.read(into, length);
    if (is_target_) {
      const std::size_t count = std::min(length, target_.size());
      std::memcpy(into, target_.data(), count);
      target_.erase(0, count);
      return count;
    }
    for (;;) {
      const ssize_t count = ::read(file_.number(), into, length);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) return failed();
    }
  }

 private:
  // Returns what errno says; a folder that could not be opened is tried anew for the next file.
  Error failed() {
    const int reason = errno;
    folder_path_.clear();
    folder_ = Descriptor();
    if (reason == ELOOP) return Error{fmt::format("read {}: it became a symbolic link", path_)};
    return Error{fmt::format("read {}: {}", path_, system_reason(reason))};
  }

  int top_;                  // the snapshot's
  const LeftOut& left_out_;  // the snapshot's
  BlobReader blob_;
  bool is_stored_ = false;
  std::string_view path_;
  std::string folder_path_;  // "" is the top
  Descriptor folder_;
  Descriptor file_;
  bool is_target_ = false;
  std::string target_;  // what is still to be read of a symbolic link
};

class WorkTreeSnapshot final : public Snapshot, private WalkVisitor {
 public:
  WorkTreeSnapshot(IndexFile index, ObjectStore store)
      : index_(std::move(index)), store_(std::move(store)) {}

  Result<void> fill(const std::filesystem::path& top, const std::string& prefix,
                    const WalkRules& rules) {
    GATE_TRY(const Descriptor whole, open_folder(top));
    top_ =
        open_below(whole.number(), prefix.empty() ? "." : prefix.c_str(), O_RDONLY | O_DIRECTORY);
    if (!top_.is_open())
      return Error{fmt::format("open folder {}: {}", prefix, system_reason(errno))};
    prefix_ = prefix;
    on_disk_.assign(index_.entries().size(), Found::nothing);
    GATE_CHECK(walk(whole.number(), prefix, index_.entries(), rules, *this));
    collect(prefix.size());
    return {};
  }

  std::string_view at() const override { return "worktree"; }
  std::span<const File> files() const override { return files_; }
  std::unique_ptr<FileReader> reader() const override {
    return std::make_unique<WorkTreeReader>(top_.number(), left_out_, store_);
  }

  Result<unsigned> mode(const File& file) const override {
    if (left_out_.contains(file.slot)) return file.kind == FileKind::executable ? 0755U : 0644U;
    GATE_TRY(const auto status, stat_below(top_.number(), file.path.data()));
    if (!status) return Error{fmt::format("{} is gone", file.path)};
    return static_cast<unsigned>(status->st_mode & 07777);
  }

  Result<std::uint64_t> size(const File& file) const override {
    if (file.kind == FileKind::submodule) return std::uint64_t{0};
    if (left_out_.contains(file.slot)) return Snapshot::size(file);
    GATE_TRY(const auto status, stat_below(top_.number(), file.path.data()));
    if (!status) return Error{fmt::format("{} is gone", file.path)};
    return static_cast<std::uint64_t>(status->st_size);
  }

  Result<std::optional<unsigned>> mode_on_disk(const std::string& path) const override {
    GATE_TRY(const auto status, stat_below(top_.number(), path.c_str()));
    if (!status || !S_ISREG(status->st_mode)) return std::optional<unsigned>();
    return std::optional(static_cast<unsigned>(status->st_mode & 07777));
  }

 private:
  enum class Found : std::uint8_t { nothing, file, symlink, submodule };

  struct Untracked {
    std::string path;
    FileKind kind;
  };

  Result<void> tracked(std::size_t entry, const Child& child, int) override {
    switch (child.type) {
      case Child::Type::file:
        on_disk_[entry] = Found::file;
        break;
      case Child::Type::symlink:
        on_disk_[entry] = Found::symlink;
        break;
      case Child::Type::folder:
        on_disk_[entry] = Found::submodule;
        break;
      case Child::Type::special:
        break;
    }
    return {};
  }

  Result<void> untracked(std::string_view path, const Child& child, int folder) override {
    FileKind kind = FileKind::symlink;
    if (child.type == Child::Type::file) {
      GATE_TRY(const auto status, stat_below(folder, child.name.data()));
      if (!status) return {};
      kind = (status->st_mode & S_IXUSR) != 0 ? FileKind::executable : FileKind::regular;
    }
    untracked_.push_back({std::string(path), kind});
    return {};
  }

  Result<void> repository(std::string_view) override { return {}; }

  // Returns whether a sparse checkout keeps the entry below the judged folder from the disk.
  [[nodiscard]] bool is_left_out(const IndexEntry& entry) const {
    return entry.skip_worktree && entry.stage == 0 && entry.path.starts_with(prefix_);
  }

  static FileKind kind_of(const IndexEntry& entry, Found found) {
    const bool stored = found == Found::nothing;
    if (found == Found::symlink || (stored && entry.is_symlink())) return FileKind::symlink;
    if (found == Found::submodule || (stored && entry.is_submodule())) return FileKind::submodule;
    const bool is_executable =
        (entry.mode & kModeType) == kModeRegular && (entry.mode & S_IXUSR) != 0;
    return is_executable ? FileKind::executable : FileKind::regular;
  }

  // Merges both sorted lists; paths lose their first `skip` bytes.
  void collect(std::size_t skip) {
    std::sort(untracked_.begin(), untracked_.end(),
              [](const Untracked& a, const Untracked& b) { return a.path < b.path; });
    const auto& entries = index_.entries();
    files_.reserve(entries.size() + untracked_.size());
    const auto add = [&](std::string_view path, FileKind kind, bool tracked) {
      files_.push_back(
          {path.substr(skip), kind, tracked, static_cast<std::uint32_t>(files_.size())});
    };
    auto other = untracked_.begin();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (on_disk_[i] == Found::nothing && !is_left_out(entries[i])) continue;
      for (; other != untracked_.end() && other->path < entries[i].path; ++other)
        add(other->path, other->kind, false);
      if (on_disk_[i] == Found::nothing)
        left_out_.emplace(static_cast<std::uint32_t>(files_.size()), entries[i].id);
      add(entries[i].path, kind_of(entries[i], on_disk_[i]), true);
    }
    for (; other != untracked_.end(); ++other)
      add(other->path, other->kind, false);
    on_disk_ = {};
  }

  IndexFile index_;  // holds the tracked paths
  std::vector<Untracked> untracked_;
  std::vector<Found> on_disk_;  // by entry, while the walk runs
  std::vector<File> files_;
  LeftOut left_out_;
  ObjectStore store_;  // where those lie
  std::string prefix_;
  Descriptor top_;  // the folder judged
};

}  // namespace

Result<std::unique_ptr<Snapshot>> make_work_tree_snapshot(const std::filesystem::path& top,
                                                          std::string prefix, IndexFile index,
                                                          const WalkRules& rules,
                                                          ObjectStore store) {
  auto snapshot = std::make_unique<WorkTreeSnapshot>(std::move(index), std::move(store));
  GATE_CHECK(snapshot->fill(top, prefix, rules));
  return std::unique_ptr<Snapshot>(std::move(snapshot));
}

Result<std::unique_ptr<Snapshot>> folder_snapshot(const std::filesystem::path& folder) {
  GATE_TRY(IndexFile nothing, IndexFile::parse({}));
  WalkRules rules;
  rules.enter_repositories = true;
  return make_work_tree_snapshot(folder, {}, std::move(nothing), rules, {});
}

}  // namespace gate::repo
