#include "gate/repo/objects.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "gate/repo/git.h"

namespace gate::repo {
namespace {

// Guards against a tree that was made to explode (folders that hold the same folder many times,
// again and again).
constexpr std::size_t kMaxDepth = 2048;  // git's core.maxTreeDepth
constexpr std::size_t kMaxTrees = 5'000'000;
constexpr std::size_t kMaxFiles = 20'000'000;

std::string_view name(Objects::Type type) {
  switch (type) {
    case Objects::Type::commit:
      return "commit";
    case Objects::Type::tree:
      return "tree";
    case Objects::Type::blob:
      return "blob";
  }
  return {};
}

git_object_t git_type(Objects::Type type) {
  switch (type) {
    case Objects::Type::commit:
      return GIT_OBJECT_COMMIT;
    case Objects::Type::tree:
      return GIT_OBJECT_TREE;
    case Objects::Type::blob:
      return GIT_OBJECT_BLOB;
  }
  return GIT_OBJECT_INVALID;
}

Error too_large() { return Error{"the tree holds more folders or files than gate reads"}; }

std::optional<ObjectId> parse_hex(std::string_view hex) {
  ObjectId id;
  if (hex.size() < 2 * ObjectId::kSize) return std::nullopt;
  for (std::size_t i = 0; i < ObjectId::kSize; ++i) {
    unsigned value = 0;
    const char* digits = hex.data() + 2 * i;
    const auto [stop, problem] = std::from_chars(digits, digits + 2, value, 16);
    if (problem != std::errc() || stop != digits + 2) return std::nullopt;
    id.bytes[i] = static_cast<unsigned char>(value);
  }
  return id;
}

// Git's order in a tree: a folder sorts as if its name ended in '/'.
int tree_order(const TreeEntry& a, const TreeEntry& b) {
  const std::size_t common = std::min(a.name.size(), b.name.size());
  const int order = a.name.substr(0, common).compare(b.name.substr(0, common));
  if (order != 0) return order;
  const auto next = [common](const TreeEntry& entry) -> int {
    if (entry.name.size() > common) return static_cast<unsigned char>(entry.name[common]);
    return entry.is_folder() ? '/' : 0;
  };
  return next(a) - next(b);
}

}  // namespace

struct Objects::Handle {
  ObjectsHandle odb;
  std::string remedy;
};

Objects::Objects(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Objects::~Objects() = default;

Result<std::unique_ptr<Objects>> Objects::open(const ObjectStore& store) {
  prepare_libgit2();
  git_odb* odb = nullptr;
  if (git_odb_open(&odb, store.folder.c_str()) != 0)
    return libgit2_error("open the object database");
  auto handle = std::make_unique<Handle>(Handle{ObjectsHandle(odb), store.remedy});
  return std::unique_ptr<Objects>(new Objects(std::move(handle)));
}

Result<ObjectBytes> Objects::read(const ObjectId& id, Type type) const {
  const git_oid oid = to_git(id);
  git_odb_object* raw = nullptr;
  const int status = git_odb_read(&raw, handle_->odb.get(), &oid);
  if (status == GIT_ENOTFOUND) {
    return Error{
        fmt::format("{} {} is missing from this clone; {}", name(type), id.hex(), handle_->remedy)};
  }
  if (status != 0) return libgit2_error(fmt::format("read {} {}", name(type), id.hex()));
  std::shared_ptr<void> owner(
      raw, [](void* object) { git_odb_object_free(static_cast<git_odb_object*>(object)); });
  if (git_odb_object_type(raw) != git_type(type)) {
    return Error{fmt::format("object {} is no {}", id.hex(), name(type))};
  }
  const std::string_view bytes(static_cast<const char*>(git_odb_object_data(raw)),
                               git_odb_object_size(raw));
  return ObjectBytes(std::move(owner), bytes);
}

Result<std::uint64_t> Objects::blob_size(const ObjectId& id) const {
  const git_oid oid = to_git(id);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  const int status = git_odb_read_header(&size, &type, handle_->odb.get(), &oid);
  if (status == GIT_ENOTFOUND) {
    return Error{fmt::format("blob {} is missing from this clone; {}", id.hex(), handle_->remedy)};
  }
  if (status != 0) return libgit2_error(fmt::format("read the size of blob {}", id.hex()));
  return std::uint64_t{size};
}

bool Objects::has(const ObjectId& id) const {
  const git_oid oid = to_git(id);
  return git_odb_exists(handle_->odb.get(), &oid) == 1;
}

Result<Objects::Tree> Objects::tree(const ObjectId& id) const {
  GATE_TRY(ObjectBytes bytes, read(id, Type::tree));
  auto entries = parse_tree(bytes.bytes());
  if (!entries) return std::move(entries).error().within(fmt::format("read tree {}", id.hex()));
  return Tree{std::move(bytes), *std::move(entries)};
}

Result<CommitLinks> Objects::commit(const ObjectId& id) const {
  GATE_TRY(const ObjectBytes bytes, read(id, Type::commit));
  auto links = parse_commit(bytes.bytes());
  if (!links) return std::move(links).error().within(fmt::format("read commit {}", id.hex()));
  return links;
}

Result<ObjectId> Objects::folder(const ObjectId& root, std::string_view path) const {
  ObjectId at = root;
  for (std::string_view rest = path; !rest.empty();) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    GATE_TRY(const Tree tree, this->tree(at));
    const auto found =
        std::find_if(tree.entries.begin(), tree.entries.end(), [&](const TreeEntry& entry) {
          return entry.is_folder() && entry.name == rest.substr(0, slash);
        });
    if (found == tree.entries.end()) return Error{fmt::format("there is no folder {}", path)};
    at = found->id;
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  return at;
}

Result<void> Objects::list(const ObjectId& root, const std::string& prefix,
                           std::vector<TrackedFile>& into) const {
  // An explicit stack: the depth is the repository's to choose.
  struct Level {
    Tree tree;
    std::size_t next;
    std::size_t path_length;
  };
  std::vector<Level> levels;
  std::string path = prefix;
  std::size_t trees = 1;
  GATE_TRY(Tree top, tree(root));
  levels.push_back({std::move(top), 0, path.size()});
  while (!levels.empty()) {
    Level& level = levels.back();
    path.resize(level.path_length);
    if (level.next == level.tree.entries.size()) {
      levels.pop_back();
      continue;
    }
    const TreeEntry& entry = level.tree.entries[level.next++];
    path += entry.name;
    if (!entry.is_folder()) {
      if (into.size() == kMaxFiles) return too_large();
      into.push_back({path, entry.mode, entry.id});
      continue;
    }
    path += '/';
    if (levels.size() == kMaxDepth || ++trees > kMaxTrees) return too_large();
    auto below = tree(entry.id);
    if (!below) return std::move(below).error().within(path);
    levels.push_back({*std::move(below), 0, path.size()});
  }
  return {};
}

Result<std::vector<TreeEntry>> parse_tree(std::string_view bytes) {
  std::vector<TreeEntry> entries;
  while (!bytes.empty()) {
    TreeEntry entry;
    const std::size_t space = bytes.find(' ');
    const std::size_t end = space == std::string_view::npos ? space : bytes.find('\0', space);
    if (end == std::string_view::npos || bytes.size() - end - 1 < ObjectId::kSize) {
      return Error{"the tree is damaged: it is cut short"};
    }
    const auto [stop, problem] = std::from_chars(bytes.data(), bytes.data() + space, entry.mode, 8);
    if (problem != std::errc() || stop != bytes.data() + space)
      return Error{"the tree is damaged: a mode is no number"};
    entry.name = bytes.substr(space + 1, end - space - 1);
    if (entry.name.empty() || entry.name == "." || entry.name == ".." ||
        entry.name.find('/') != std::string_view::npos) {
      return Error{fmt::format("the tree is damaged: no file can be named `{}`", entry.name)};
    }
    entry.id = ObjectId::from_raw(bytes.substr(end + 1));
    bytes.remove_prefix(end + 1 + ObjectId::kSize);
    if (!entries.empty() && tree_order(entries.back(), entry) >= 0) {
      return Error{"the tree is damaged: its names are not in order"};
    }
    entries.push_back(entry);
  }
  return entries;
}

Result<CommitLinks> parse_commit(std::string_view bytes) {
  CommitLinks links;
  bool has_tree = false;
  while (!bytes.empty() && bytes[0] != '\n') {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const auto take = [&line](std::string_view key) {
      if (!line.starts_with(key)) return false;
      line.remove_prefix(key.size());
      return true;
    };
    if (take("tree ") || take("parent ")) {
      const auto id = parse_hex(line);
      if (!id) return Error{"the commit is damaged: an id is no hex number"};
      if (has_tree) {
        links.parents.push_back(*id);
      } else {
        links.tree = *id;
        has_tree = true;
      }
    } else if (take("committer ")) {
      // "Name <address> seconds zone"; a name may hold anything but `>` after the address.
      const std::size_t close = line.rfind("> ");
      if (close != std::string_view::npos) {
        std::from_chars(line.data() + close + 2, line.data() + line.size(), links.committed);
      }
      break;
    }
  }
  if (!has_tree) return Error{"the commit is damaged: it names no tree"};
  return links;
}

namespace {

class Comparison {
 public:
  Comparison(const Objects& objects, const std::function<bool(const TreeChange&)>& tell)
      : objects_(objects), tell_(tell) {}

  // Returns false when `tell` wants no more.
  Result<bool> trees(const ObjectId* before, const ObjectId* after, std::size_t depth) {
    if (depth > kMaxDepth || ++trees_ > kMaxTrees) return too_large();
    GATE_TRY(const auto old_tree, read(before));
    GATE_TRY(const auto new_tree, read(after));
    const std::vector<TreeEntry> none;
    const auto& a = old_tree ? old_tree->entries : none;
    const auto& b = new_tree ? new_tree->entries : none;
    for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
      const int order = i == a.size() ? 1 : j == b.size() ? -1 : tree_order(a[i], b[j]);
      const TreeEntry* left = order <= 0 ? &a[i++] : nullptr;
      const TreeEntry* right = order >= 0 ? &b[j++] : nullptr;
      if (left != nullptr && right != nullptr && *left == *right) continue;
      GATE_TRY(const bool more, entry(left, right, depth));
      if (!more) return false;
    }
    return true;
  }

 private:
  Result<std::optional<Objects::Tree>> read(const ObjectId* id) {
    if (id == nullptr || id->is_zero()) return std::optional<Objects::Tree>();
    auto tree = objects_.tree(*id);
    if (!tree) return std::move(tree).error().within(path_.empty() ? "the top folder" : path_);
    return std::optional(*std::move(tree));
  }

  // Both have the same name where both are there; one may be a folder and the other not only where
  // their modes sort alike, which tree_order rules out.
  Result<bool> entry(const TreeEntry* left, const TreeEntry* right, std::size_t depth) {
    const TreeEntry& any = left != nullptr ? *left : *right;
    const std::size_t base = path_.size();
    path_ += any.name;
    bool more = true;
    if (any.is_folder()) {
      path_ += '/';
      GATE_TRY(more, trees(left != nullptr ? &left->id : nullptr,
                           right != nullptr ? &right->id : nullptr, depth + 1));
    } else {
      more = tell_({path_, left, right});
    }
    path_.resize(base);
    return more;
  }

  const Objects& objects_;
  const std::function<bool(const TreeChange&)>& tell_;
  std::string path_;
  std::size_t trees_ = 0;
};

}  // namespace

Result<bool> compare_trees(const Objects& objects, const ObjectId& before, const ObjectId& after,
                           const std::function<bool(const TreeChange&)>& tell) {
  if (before == after) return true;
  return Comparison(objects, tell).trees(&before, &after, 0);
}

}  // namespace gate::repo
