#include "gate/repo/status.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>

#include <fmt/format.h>

#include "gate/repo/git.h"

namespace gate::repo {
namespace {

using State = Uncommitted::State;

constexpr std::uint64_t kHashLimit = std::uint64_t{4} << 30;

// Old trees hold modes such as 0100664; the index has only 0644 and 0755.
std::uint32_t settled_mode(std::uint32_t mode) {
  if ((mode & kModeType) != kModeRegular) return mode & kModeType;
  return kModeRegular | ((mode & S_IXUSR) != 0 ? 0755U : 0644U);
}

// Compares HEAD's tree with the index; folders whose tree the index still knows are not read.
class StagedSearch {
 public:
  StagedSearch(const StatusQuestion& question, std::vector<Uncommitted>& found)
      : objects_(*question.objects), entries_(question.index->entries()), found_(found) {}

  Result<void> folder(const ObjectId* head, const CachedTree* cached, std::size_t first,
                      std::size_t last) {
    if (head != nullptr && cached != nullptr && cached->entry_count >= 0 && cached->id == *head)
      return {};
    std::optional<Objects::Tree> tree;
    if (head != nullptr) {
      auto read = objects_.tree(*head);
      if (!read) return std::move(read).error().within("compare with HEAD");
      tree = *std::move(read);
    }
    const std::size_t base = path_.size();
    std::size_t at = 0;  // in the tree
    const std::size_t end = tree ? tree->entries.size() : 0;
    while (at < end || first < last) {
      const Part part = first < last ? next_part(first, last, base) : Part{};
      const int order = at == end ? 1 : first == last ? -1 : compare(tree->entries[at], part);
      const TreeEntry* old = order <= 0 ? &tree->entries[at++] : nullptr;
      const Part* now = order >= 0 ? &part : nullptr;
      path_.resize(base);
      path_ += old != nullptr ? old->name : now->name;
      GATE_CHECK(one(old, now, first, cached));
      if (now != nullptr) first = now->last;
    }
    path_.resize(base);
    return {};
  }

 private:
  // What the index has under one name of a folder.
  struct Part {
    std::string_view name;
    bool is_folder = false;
    std::size_t last = 0;  // one behind its entries
  };

  [[nodiscard]] Part next_part(std::size_t first, std::size_t last, std::size_t base) const {
    const std::string_view path = entries_[first].path;
    const std::size_t slash = path.find('/', base);
    std::size_t end = first + 1;
    if (slash == std::string_view::npos) {
      while (end < last && entries_[end].path == path)
        ++end;  // the sides of a conflict
      return {path.substr(base), false, end};
    }
    const std::string_view folder = path.substr(0, slash + 1);
    const auto begin = entries_.begin();
    const auto stop = std::partition_point(
        begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
        [&](const IndexEntry& e) { return e.path.starts_with(folder); });
    return {path.substr(base, slash - base), true, static_cast<std::size_t>(stop - begin)};
  }

  static int compare(const TreeEntry& old, const Part& now) {
    const Child a{old.name, old.is_folder() ? Child::Type::folder : Child::Type::file};
    const Child b{now.name, now.is_folder ? Child::Type::folder : Child::Type::file};
    return git_order(a, b) ? -1 : git_order(b, a) ? 1 : 0;
  }

  Result<void> one(const TreeEntry* old, const Part* now, std::size_t first,
                   const CachedTree* cached) {
    if ((old != nullptr && old->is_folder()) || (now != nullptr && now->is_folder)) {
      const CachedTree* child = nullptr;
      if (cached != nullptr && now != nullptr) {
        const auto match = std::find_if(cached->children.begin(), cached->children.end(),
                                        [&](const CachedTree& c) { return c.name == now->name; });
        if (match != cached->children.end()) child = &*match;
      }
      path_ += '/';
      return folder(old != nullptr ? &old->id : nullptr, child, first,
                    now != nullptr ? now->last : first);
    }
    if (now == nullptr) {
      found_.push_back({path_, State::staged});
      return {};
    }
    const IndexEntry& entry = entries_[first];
    if (entry.stage != 0) return {};  // told of as a conflict
    const bool is_there = !entry.intent_to_add;
    const bool is_same = old == nullptr ? !is_there
                                        : is_there && old->id == entry.id &&
                                              settled_mode(old->mode) == settled_mode(entry.mode);
    if (!is_same) found_.push_back({path_, State::staged});
    return {};
  }

  const Objects& objects_;
  const std::vector<IndexEntry>& entries_;
  std::vector<Uncommitted>& found_;
  std::string path_;
};

// Compares the index with the disk while a walk goes through it.
class ChangedSearch final : public WalkVisitor {
 public:
  ChangedSearch(const StatusQuestion& question, std::vector<Uncommitted>& found)
      : question_(question),
        entries_(question.index->entries()),
        found_(found),
        seen_(entries_.size(), false) {
    converts_ = question.may_convert ||
                std::any_of(entries_.begin(), entries_.end(),
                            [](const IndexEntry& entry) { return is_attributes(entry.path); });
  }

  Result<void> tracked(std::size_t number, const Child& child, int folder) override {
    const IndexEntry& entry = entries_[number];
    seen_[number] = true;
    if (entry.stage != 0 || is_unwatched(entry)) return {};
    if (entry.intent_to_add) {
      tell(entry, State::modified);
      return {};
    }
    if (entry.is_submodule()) return submodule(entry, child);
    const bool type_fits = entry.is_symlink()
                               ? child.type == Child::Type::symlink ||
                                     (!question_.has_symlinks && child.type == Child::Type::file)
                               : child.type == Child::Type::file;
    if (!type_fits) {
      tell(entry, State::modified);
      return {};
    }
    GATE_TRY(const auto status, stat_below(folder, child.name.data()));
    if (!status) {
      seen_[number] = false;
      return {};
    }
    if (mode_differs(entry, *status)) {
      tell(entry, State::modified);
    } else if (!is_unchanged(entry.stat, *status, entry.id)) {
      // Git's rule: another size is another content, unless git set the size to 0 to say that it
      // does not know.
      if (entry.stat.size != 0 && entry.stat.size != static_cast<std::uint32_t>(status->st_size)) {
        tell(entry, State::modified);
      } else {
        doubtful_.push_back(number);
      }
    }
    return {};
  }

  Result<void> untracked(std::string_view path, const Child&, int) override {
    found_.push_back({std::string(path), State::untracked});
    converts_ = converts_ || is_attributes(path);
    return {};
  }

  Result<void> repository(std::string_view path) override {
    found_.push_back({std::string(path), State::untracked});
    return {};
  }

  // Settles what the walk left open: files whose stat says nothing, entries that it did not meet,
  // conflicts.
  Result<void> finish() {
    for (const std::size_t number : doubtful_) {
      GATE_TRY(const bool is_equal, content_equal(entries_[number]));
      if (!is_equal) tell(entries_[number], State::modified);
    }
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const IndexEntry& entry = entries_[i];
      if (entry.stage != 0) {
        if (i == 0 || entries_[i - 1].path != entry.path) tell(entry, State::conflicted);
      } else if (!seen_[i] && !entry.skip_worktree && !entry.assume_valid) {
        tell(entry, State::deleted);
      }
    }
    return {};
  }

 private:
  static bool is_attributes(std::string_view path) {
    return path == ".gitattributes" || path.ends_with("/.gitattributes");
  }

  // Returns whether the user told git not to look at the file. In a sparse checkout a file that is
  // there nevertheless counts again.
  [[nodiscard]] bool is_unwatched(const IndexEntry& entry) const {
    return entry.assume_valid || (entry.skip_worktree && !question_.is_sparse_checkout);
  }

  void tell(const IndexEntry& entry, State state) {
    found_.push_back({std::string(entry.path), state});
  }

  Result<void> submodule(const IndexEntry& entry, const Child& child) {
    if (child.type != Child::Type::folder) {
      tell(entry, State::modified);
      return {};
    }
    GATE_TRY(const std::optional<ObjectId> head, question_.submodule_head(std::string(entry.path)));
    if (head && *head != entry.id) tell(entry, State::modified);
    return {};
  }

  [[nodiscard]] bool mode_differs(const IndexEntry& entry, const struct stat& status) const {
    if (!question_.trusts_mode || entry.is_symlink()) return false;
    return ((entry.mode & S_IXUSR) != 0) != ((status.st_mode & S_IXUSR) != 0);
  }

  [[nodiscard]] bool is_unchanged(const StatData& known, const struct stat& status,
                                  const ObjectId& id) const {
    const auto same = [](std::uint32_t stored, auto value) {
      return stored == static_cast<std::uint32_t>(value);
    };
    if (!same(known.mtime_seconds, status.st_mtim.tv_sec) ||
        !same(known.mtime_nanoseconds, status.st_mtim.tv_nsec) ||
        !same(known.ctime_seconds, status.st_ctim.tv_sec) ||
        !same(known.ctime_nanoseconds, status.st_ctim.tv_nsec) ||
        !same(known.inode, status.st_ino) || !same(known.user, status.st_uid) ||
        !same(known.group, status.st_gid) || !same(known.size, status.st_size)) {
      return false;
    }
    if (known.size == 0 && id != kEmptyBlob) return false;
    // Written in the same tick as the index, or later: it may have been written twice ("racy git").
    const std::int64_t seconds = status.st_mtim.tv_sec;
    return seconds < question_.index_seconds ||
           (seconds == question_.index_seconds &&
            status.st_mtim.tv_nsec < question_.index_nanoseconds);
  }

  Result<bool> content_equal(const IndexEntry& entry) const {
    const std::string path(entry.path);
    if (!entry.is_symlink()) {
      if (converts_) return question_.converted_equal(path, entry.id);
      const Descriptor file = open_below(question_.top, path.c_str(), O_RDONLY);
      if (!file.is_open()) return Error{fmt::format("read {}: {}", path, system_reason(errno))};
      auto bytes = read_rest(file.number(), kHashLimit);
      if (!bytes) return std::move(bytes).error().within(fmt::format("read {}", path));
      if (!bytes->has_value())
        return Error{fmt::format("read {}: it is too large to compare", path)};
      return blob_id(**bytes) == entry.id;
    }
    if (!question_.has_symlinks) return question_.converted_equal(path, entry.id);
    GATE_TRY(const std::string target, link_target(question_.top, path.c_str()));
    return blob_id(target) == entry.id;
  }

  const StatusQuestion& question_;
  const std::vector<IndexEntry>& entries_;
  std::vector<Uncommitted>& found_;
  std::vector<bool> seen_;
  std::vector<std::size_t> doubtful_;
  bool converts_ = false;
};

// Where a path is told of twice the work tree's side stands for it; an untracked file beside a
// staged deletion is two.
int rank(State state) {
  switch (state) {
    case State::conflicted:
      return 0;
    case State::deleted:
      return 1;
    case State::modified:
      return 2;
    case State::staged:
      return 3;
    case State::untracked:
      return 4;
  }
  return 5;
}

}  // namespace

ObjectId blob_id(std::string_view bytes) {
  git_oid id;
  git_odb_hash(&id, bytes.data(), bytes.size(), GIT_OBJECT_BLOB);
  return from_git(id);
}

Result<std::vector<Uncommitted>> find_uncommitted(const StatusQuestion& question) {
  std::vector<Uncommitted> found;
  const CachedTree cached = question.index->cached_tree();
  const ObjectId* head = question.head_tree.is_zero() ? nullptr : &question.head_tree;
  GATE_CHECK(
      StagedSearch(question, found).folder(head, &cached, 0, question.index->entries().size()));
  ChangedSearch changed(question, found);
  GATE_CHECK(walk(question.top, {}, question.index->entries(), *question.rules, changed));
  GATE_CHECK(changed.finish());
  std::sort(found.begin(), found.end(), [](const Uncommitted& a, const Uncommitted& b) {
    const int order = a.path.compare(b.path);
    return order != 0 ? order < 0 : rank(a.state) < rank(b.state);
  });
  const auto end =
      std::unique(found.begin(), found.end(), [](const Uncommitted& a, const Uncommitted& b) {
        return a.path == b.path && b.state != State::untracked;
      });
  found.erase(end, found.end());
  return found;
}

}  // namespace gate::repo
