#include "gate/repo/walk.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>

#include <fmt/format.h>

namespace gate::repo {
namespace {

constexpr std::uint64_t kIgnoreFileLimit = 100 << 20;  // git's limit for pattern files

// Returns whether an open folder whose listing has `.git` is the top of a work tree.
bool is_repository(int folder, const Child& git) {
  if (git.type == Child::Type::file) {
    const Descriptor file = open_below(folder, ".git", O_RDONLY);
    if (!file.is_open()) return true;  // not ours to read, so not ours to enter
    const auto text = read_rest(file.number(), std::uint64_t{1} << 20);
    return text.has_value() && text->has_value() && (*text)->starts_with("gitdir: ");
  }
  if (git.type != Child::Type::folder) return false;
  const auto has = [folder](const char* path) {
    const auto status = stat_below(folder, path);
    return status.has_value() && status->has_value();
  };
  return has(".git/HEAD") && has(".git/objects") && has(".git/refs");
}

// Returns the rules in the .gitignore of an open folder; null where it has none. A symbolic link
// counts as none.
Result<std::unique_ptr<const IgnoreFile>> read_gitignore(int folder, std::string_view folder_path,
                                                         bool ignore_case) {
  const Descriptor file = open_below(folder, ".gitignore", O_RDONLY);
  if (!file.is_open()) {
    if (errno == ENOENT || errno == ELOOP) return std::unique_ptr<const IgnoreFile>();
    return Error{fmt::format("read {}.gitignore: {}", folder_path, system_reason(errno))};
  }
  struct stat status {};
  if (fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode))
    return std::unique_ptr<const IgnoreFile>();
  auto text = read_rest(file.number(), kIgnoreFileLimit);
  if (!text) return std::move(text).error().within(fmt::format("read {}.gitignore", folder_path));
  if (!text->has_value())
    return Error{fmt::format("read {}.gitignore: it is too large", folder_path)};
  return std::unique_ptr<const IgnoreFile>(std::make_unique<IgnoreFile>(**text, ignore_case));
}

class Walker {
 public:
  Walker(const std::vector<IndexEntry>& entries, const WalkRules& rules, WalkVisitor& visitor)
      : entries_(entries), rules_(rules), visitor_(visitor), ignore_(rules.ignore) {
    has_submodules_ = std::any_of(entries.begin(), entries.end(),
                                  [](const IndexEntry& e) { return e.is_submodule(); });
  }

  Result<void> start(int top, std::string_view prefix);

 private:
  struct Range {
    std::size_t first;
    std::size_t last;
    [[nodiscard]] bool empty() const { return first == last; }
  };

  // Walks the open folder at `path_`, whose index entries are `range`.
  Result<void> folder(int folder, Range range, bool ignored, std::size_t depth);
  Result<void> child_folder(int parent, const Child& child, Range& rest, bool ignored,
                            std::size_t depth);
  Result<void> child_file(int parent, const Child& child, Range& rest, bool ignored);
  Result<void> enter_rules(int folder, const Listing* listing, bool ignored);
  [[nodiscard]] Range below(Range range) const;
  [[nodiscard]] std::size_t lower_bound(Range range, std::string_view path) const;

  const std::vector<IndexEntry>& entries_;
  const WalkRules& rules_;
  WalkVisitor& visitor_;
  IgnoreStack ignore_;
  std::string path_;                                // of the folder or child at hand
  std::vector<std::unique_ptr<Listing>> listings_;  // by depth
  bool has_submodules_ = false;
};

std::size_t Walker::lower_bound(Range range, std::string_view path) const {
  const auto begin = entries_.begin();
  const auto found = std::lower_bound(
      begin + static_cast<std::ptrdiff_t>(range.first),
      begin + static_cast<std::ptrdiff_t>(range.last), path,
      [](const IndexEntry& entry, std::string_view wanted) { return entry.path < wanted; });
  return static_cast<std::size_t>(found - begin);
}

// Returns the part of `range` below the folder `path_`, which ends in '/'.
Walker::Range Walker::below(Range range) const {
  std::string border = path_;
  border.back() = '/' + 1;
  const std::size_t first = lower_bound(range, path_);
  return {first, lower_bound({first, range.last}, border)};
}

Result<void> Walker::start(int top, std::string_view prefix) {
  Range range{0, entries_.size()};
  bool ignored = false;
  Descriptor current;
  int at = top;
  // The folders above the prefix are only asked for their rules.
  while (!prefix.empty()) {
    GATE_CHECK(enter_rules(at, nullptr, ignored));
    const std::size_t slash = prefix.find('/');
    const std::string name(prefix.substr(0, slash));
    path_ += name;
    ignored = ignored || ignore_.ignored(path_, true);
    path_ += '/';
    prefix.remove_prefix(std::min(slash, prefix.size() - 1) + 1);
    Descriptor next = open_below(at, name.c_str(), O_RDONLY | O_DIRECTORY);
    if (!next.is_open())
      return Error{fmt::format("open folder {}: {}", path_, system_reason(errno))};
    current = std::move(next);
    at = current.number();
    range = below(range);
  }
  // The folder was opened above (or by the caller) for reading; a listing moves its position, so
  // open it anew.
  Descriptor own = open_below(at, ".", O_RDONLY | O_DIRECTORY);
  if (!own.is_open()) return Error{fmt::format("open folder {}: {}", path_, system_reason(errno))};
  return folder(own.number(), range, ignored, 0);
}

Result<void> Walker::enter_rules(int folder, const Listing* listing, bool ignored) {
  constexpr std::string_view kName = ".gitignore";
  std::unique_ptr<const IgnoreFile> rules;
  if (!ignored) {
    bool on_disk = listing == nullptr;
    if (listing != nullptr) {
      const auto& children = listing->children();
      const Child wanted{kName, Child::Type::file};
      const auto found = std::lower_bound(children.begin(), children.end(), wanted, git_order);
      on_disk = found != children.end() && found->name == kName;
    }
    if (on_disk) {
      GATE_TRY(rules, read_gitignore(folder, path_, rules_.ignore_case));
    }
    if (rules == nullptr && rules_.read_blob) {
      const std::string path = path_ + std::string(kName);
      const std::size_t at = lower_bound({0, entries_.size()}, path);
      if (at < entries_.size() && entries_[at].path == path && entries_[at].skip_worktree) {
        GATE_TRY(const std::string text, rules_.read_blob(entries_[at].id));
        rules = std::make_unique<const IgnoreFile>(text, rules_.ignore_case);
      }
    }
  }
  ignore_.enter(path_, std::move(rules));
  return {};
}

Result<void> Walker::folder(int folder, Range range, bool ignored, std::size_t depth) {
  if (listings_.size() <= depth) listings_.push_back(std::make_unique<Listing>());
  const Listing& listing = *listings_[depth];
  GATE_CHECK(listings_[depth]->read(folder, path_));
  if (depth > 0 && range.empty() && !rules_.enter_repositories) {
    const auto& children = listing.children();
    const auto git = std::find_if(children.begin(), children.end(),
                                  [](const Child& c) { return c.name == ".git"; });
    if (git != children.end() && is_repository(folder, *git)) return visitor_.repository(path_);
  }
  GATE_CHECK(enter_rules(folder, &listing, ignored));
  const std::size_t base = path_.size();
  for (const Child& child : listing.children()) {
    if (child.name == ".git") continue;
    path_.resize(base);
    path_ += child.name;
    if (child.type == Child::Type::folder) {
      GATE_CHECK(child_folder(folder, child, range, ignored, depth));
    } else {
      GATE_CHECK(child_file(folder, child, range, ignored));
    }
  }
  path_.resize(base);
  ignore_.leave();
  return {};
}

// `rest` holds the entries of the folder that are not yet passed; both sides come in git's order.
Result<void> Walker::child_file(int parent, const Child& child, Range& rest, bool ignored) {
  while (!rest.empty() && entries_[rest.first].path < path_)
    ++rest.first;
  if (!rest.empty() && entries_[rest.first].path == path_)
    return visitor_.tracked(rest.first, child, parent);
  if (child.type == Child::Type::special || ignored || ignore_.ignored(path_, false)) return {};
  return visitor_.untracked(path_, child, parent);
}

Result<void> Walker::child_folder(int parent, const Child& child, Range& rest, bool ignored,
                                  std::size_t depth) {
  if (has_submodules_) {
    // A submodule sorts by its bare name, a folder as if it ended in '/': look among all.
    const std::size_t at = lower_bound({0, entries_.size()}, path_);
    if (at < entries_.size() && entries_[at].path == path_ && entries_[at].is_submodule()) {
      return visitor_.tracked(at, child, parent);
    }
  }
  const bool child_ignored = ignored || ignore_.ignored(path_, true);
  path_ += '/';
  while (!rest.empty() && entries_[rest.first].path < path_)
    ++rest.first;
  const Range inside = below(rest);
  rest.first = inside.last;
  if (inside.empty() && child_ignored) return {};
  const Descriptor folder_file = open_below(parent, child.name.data(), O_RDONLY | O_DIRECTORY);
  if (!folder_file.is_open()) {
    if (errno == ENOENT || errno == ELOOP || errno == ENOTDIR)
      return {};  // replaced since it was listed
    return Error{fmt::format("open folder {}: {}", path_, system_reason(errno))};
  }
  return folder(folder_file.number(), inside, child_ignored, depth + 1);
}

}  // namespace

Result<void> walk(int top, std::string_view prefix, const std::vector<IndexEntry>& entries,
                  const WalkRules& rules, WalkVisitor& visitor) {
  return Walker(entries, rules, visitor).start(top, prefix);
}

Result<std::vector<std::string>> find_tracked_but_ignored(int top,
                                                          const std::vector<IndexEntry>& entries,
                                                          const WalkRules& rules) {
  struct Level {
    std::string folder;  // "" or "app/"
    bool ignored;
  };
  IgnoreStack ignore(rules.ignore);
  std::vector<Level> levels;
  const auto enter = [&](std::string folder, bool ignored) -> Result<void> {
    std::unique_ptr<const IgnoreFile> own;
    if (!ignored) {
      const Descriptor at =
          open_below(top, folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY);
      if (at.is_open()) {
        GATE_TRY(own, read_gitignore(at.number(), folder, rules.ignore_case));
      }
    }
    ignore.enter(folder, std::move(own));
    levels.push_back({std::move(folder), ignored});
    return {};
  };
  GATE_CHECK(enter({}, false));
  std::vector<std::string> found;
  for (const IndexEntry& entry : entries) {
    while (!entry.path.starts_with(levels.back().folder)) {
      levels.pop_back();
      ignore.leave();
    }
    for (std::size_t slash = entry.path.find('/', levels.back().folder.size());
         slash != std::string_view::npos; slash = entry.path.find('/', slash + 1)) {
      const bool ignored =
          levels.back().ignored || ignore.ignored(entry.path.substr(0, slash), true);
      GATE_CHECK(enter(std::string(entry.path.substr(0, slash + 1)), ignored));
    }
    if (levels.back().ignored || ignore.ignored(entry.path, entry.is_submodule())) {
      if (found.empty() || found.back() != entry.path) found.emplace_back(entry.path);
    }
  }
  return found;
}

}  // namespace gate::repo
