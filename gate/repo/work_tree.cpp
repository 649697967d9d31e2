#include "gate/repo/work_tree.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <mutex>
#include <optional>
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

// The slot of a file that was found without the walk.
constexpr std::uint32_t kUnlisted = UINT32_MAX;

// Before the walk nobody has a file of another slot, so that this never meets one that fills it.
bool is_stored(const File& file, const LeftOut& left_out) {
  return file.slot != kUnlisted && left_out.contains(file.slot);
}

// What stands in a File's path is followed by a NUL: index and Listed see to it.
class WorkTreeReader final : public FileReader {
 public:
  WorkTreeReader(int top, const LeftOut& left_out, const ObjectStore& store)
      : top_(top), left_out_(left_out), blob_(store) {}

  Result<void> open(const File& file) override {
    path_ = file.path;
    file_ = Descriptor();
    target_.clear();
    blob_.close();
    is_stored_ = is_stored(file, left_out_);
    if (is_stored_) return blob_.open(left_out_.at(file.slot), path_);
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

  [[nodiscard]] std::uint64_t size_hint() const override {
    if (is_stored_) return blob_.size();
    struct stat status {};
    if (is_target_ || fstat(file_.number(), &status) != 0 || status.st_size < 0) return 0;
    return static_cast<std::uint64_t>(status.st_size);
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

enum class Found : std::uint8_t { nothing, file, symlink, submodule };

FileKind kind_of(const IndexEntry& entry, Found found) {
  const bool stored = found == Found::nothing;
  if (found == Found::symlink || (stored && entry.is_symlink())) return FileKind::symlink;
  if (found == Found::submodule || (stored && entry.is_submodule())) return FileKind::submodule;
  const bool is_executable =
      (entry.mode & kModeType) == kModeRegular && (entry.mode & S_IXUSR) != 0;
  return is_executable ? FileKind::executable : FileKind::regular;
}

// Returns whether a sparse checkout keeps the entry below the judged folder from the disk.
bool is_left_out(const IndexEntry& entry, std::string_view prefix) {
  return entry.skip_worktree && entry.stage == 0 && entry.path.starts_with(prefix);
}

struct Untracked {
  std::string path;
  FileKind kind;
};

// What a walk found.
struct Listed {
  std::vector<Untracked> untracked;  // holds the paths of untracked files
  std::vector<File> files;
  LeftOut left_out;
};

// Walks through the folders and merges what lies there with the index.
class Lister final : private WalkVisitor {
 public:
  Lister(const std::vector<IndexEntry>& entries, std::string_view prefix)
      : entries_(entries), prefix_(prefix), on_disk_(entries.size(), Found::nothing) {}

  Result<Listed> list(int top, const WalkRules& rules) && {
    GATE_CHECK(walk(top, prefix_, entries_, rules, *this));
    collect();
    return std::move(listed_);
  }

 private:
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
    listed_.untracked.push_back({std::string(path), kind});
    return {};
  }

  Result<void> repository(std::string_view) override { return {}; }

  // Merges both sorted lists; paths lose the prefix.
  void collect() {
    std::vector<Untracked>& untracked = listed_.untracked;
    std::vector<File>& files = listed_.files;
    std::sort(untracked.begin(), untracked.end(),
              [](const Untracked& a, const Untracked& b) { return a.path < b.path; });
    files.reserve(entries_.size() + untracked.size());
    const auto add = [&](std::string_view path, FileKind kind, bool tracked) {
      files.push_back(
          {path.substr(prefix_.size()), kind, tracked, static_cast<std::uint32_t>(files.size())});
    };
    auto other = untracked.begin();
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (on_disk_[i] == Found::nothing && !is_left_out(entries_[i], prefix_)) continue;
      for (; other != untracked.end() && other->path < entries_[i].path; ++other)
        add(other->path, other->kind, false);
      if (on_disk_[i] == Found::nothing)
        listed_.left_out.emplace(static_cast<std::uint32_t>(files.size()), entries_[i].id);
      add(entries_[i].path, kind_of(entries_[i], on_disk_[i]), true);
    }
    for (; other != untracked.end(); ++other)
      add(other->path, other->kind, false);
  }

  const std::vector<IndexEntry>& entries_;
  std::string_view prefix_;
  std::vector<Found> on_disk_;  // by entry
  Listed listed_;
};

class WorkTreeSnapshot final : public Snapshot {
 public:
  WorkTreeSnapshot(std::string prefix, IndexFile index, WalkRules rules, ObjectStore store)
      : index_(std::move(index)),
        rules_(std::move(rules)),
        store_(std::move(store)),
        prefix_(std::move(prefix)) {}

  Result<void> open(const std::filesystem::path& top) {
    GATE_TRY(whole_, open_folder(top));
    top_ = open_below(whole_.number(), prefix_.empty() ? "." : prefix_.c_str(),
                      O_RDONLY | O_DIRECTORY);
    if (!top_.is_open())
      return Error{fmt::format("open folder {}: {}", prefix_, system_reason(errno))};
    return {};
  }

  std::string_view at() const override { return "worktree"; }

  std::span<const File> files() const override {
    std::call_once(walked_, [this] {
      Result<Listed> listed = Lister(index_.entries(), prefix_).list(whole_.number(), rules_);
      if (listed) {
        listed_ = *std::move(listed);
      } else {
        failure_ = std::move(listed).error();
      }
      has_walked_ = true;
    });
    return listed_.files;
  }

  Result<void> is_complete() const override {
    if (has_walked_ && failure_) return *failure_;
    return {};
  }

  const File* find(std::string_view path) const override {
    if (!has_walked_) {
      if (const std::optional<const File*> known = find_unlisted(path)) return *known;
    }
    return Snapshot::find(path);
  }

  std::unique_ptr<FileReader> reader() const override {
    return std::make_unique<WorkTreeReader>(top_.number(), listed_.left_out, store_);
  }

  Result<unsigned> mode(const File& file) const override {
    if (is_stored(file, listed_.left_out)) return file.kind == FileKind::executable ? 0755U : 0644U;
    GATE_TRY(const auto status, stat_below(top_.number(), file.path.data()));
    if (!status) return Error{fmt::format("{} is gone", file.path)};
    return static_cast<unsigned>(status->st_mode & 07777);
  }

  Result<std::uint64_t> size(const File& file) const override {
    if (file.kind == FileKind::submodule) return std::uint64_t{0};
    if (is_stored(file, listed_.left_out)) return Snapshot::size(file);
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
  // Returns what the walk would find at a path without a folder in it, where index and disk tell;
  // otherwise nothing.
  [[nodiscard]] std::optional<const File*> find_unlisted(std::string_view path) const {
    if (path.empty() || path.find('/') != std::string_view::npos) return std::nullopt;
    const std::string whole = prefix_ + std::string(path);
    const auto& entries = index_.entries();
    const auto entry = std::lower_bound(
        entries.begin(), entries.end(), whole,
        [](const IndexEntry& one, std::string_view wanted) { return one.path < wanted; });
    const bool tracked = entry != entries.end() && entry->path == whole;
    const auto status = stat_below(top_.number(), whole.c_str() + prefix_.size());
    if (!status) return std::nullopt;
    if (!*status) {
      if (tracked && is_left_out(*entry, prefix_)) return std::nullopt;
      return nullptr;
    }
    // Whether git ignores a file that is not in the index takes the walk.
    if (!tracked || !S_ISREG((*status)->st_mode)) return std::nullopt;
    const std::lock_guard lock(single_mutex_);
    return &single_.emplace_back(
        File{entry->path.substr(prefix_.size()), kind_of(*entry, Found::file), true, kUnlisted});
  }

  IndexFile index_;  // holds the paths of tracked files
  WalkRules rules_;
  ObjectStore store_;  // where those lie that were left out
  std::string prefix_;
  Descriptor whole_;  // the top of the work tree
  Descriptor top_;    // the folder judged
  mutable std::once_flag walked_;
  mutable std::atomic<bool> has_walked_{false};
  mutable Listed listed_;
  mutable std::optional<Error> failure_;  // of the walk
  mutable std::mutex single_mutex_;
  mutable std::deque<File> single_;  // found before the walk
};

}  // namespace

Result<std::unique_ptr<Snapshot>> make_work_tree_snapshot(const std::filesystem::path& top,
                                                          std::string prefix, IndexFile index,
                                                          WalkRules rules, ObjectStore store) {
  auto snapshot = std::make_unique<WorkTreeSnapshot>(std::move(prefix), std::move(index),
                                                     std::move(rules), std::move(store));
  GATE_CHECK(snapshot->open(top));
  return std::unique_ptr<Snapshot>(std::move(snapshot));
}

Result<std::unique_ptr<Snapshot>> folder_snapshot(const std::filesystem::path& folder) {
  GATE_TRY(IndexFile nothing, IndexFile::parse({}));
  WalkRules rules;
  rules.enter_repositories = true;
  GATE_TRY(std::unique_ptr<Snapshot> snapshot,
           make_work_tree_snapshot(folder, {}, std::move(nothing), std::move(rules), {}));
  (void)snapshot->files();
  GATE_CHECK(snapshot->is_complete());
  return snapshot;
}

}  // namespace gate::repo
