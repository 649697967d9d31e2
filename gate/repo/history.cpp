#include "gate/repo/history.h"

#include <algorithm>
#include <queue>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gate/repo/git.h"

namespace gate::repo {
namespace {

// Commits from young to old, each once.
class CommitQueue {
 public:
  CommitQueue(const Objects& objects, const ShallowCommits& shallow)
      : objects_(objects), shallow_(shallow) {}

  Result<void> add(const ObjectId& id) {
    if (!known_.insert(id).second) return {};
    GATE_TRY(CommitLinks links, objects_.commit(id));
    queue_.push({id, std::move(links)});
    return {};
  }

  struct Item {
    ObjectId id;
    CommitLinks links;
    friend bool operator<(const Item& a, const Item& b) {
      return a.links.committed < b.links.committed;
    }
  };

  // Takes the youngest and adds its parents; nothing when history is at its end.
  Result<std::optional<Item>> next() {
    if (queue_.empty()) return std::optional<Item>();
    Item item = queue_.top();
    queue_.pop();
    if (!shallow_.contains(item.id)) {
      for (const ObjectId& parent : item.links.parents) {
        GATE_CHECK(add(parent));
      }
    }
    return std::optional(std::move(item));
  }

 private:
  const Objects& objects_;
  const ShallowCommits& shallow_;
  std::set<ObjectId> known_;
  std::priority_queue<Item> queue_;
};

// Returns what a tree has at one path; a zero id for nothing.
Result<ObjectId> entry_at(const Objects& objects, ObjectId at, std::string_view path) {
  for (;;) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    GATE_TRY(const Objects::Tree tree, objects.tree(at));
    const bool is_last = slash == path.size();
    const auto found =
        std::find_if(tree.entries.begin(), tree.entries.end(), [&](const TreeEntry& entry) {
          return entry.name == path.substr(0, slash) && entry.is_folder() != is_last;
        });
    if (found == tree.entries.end()) return ObjectId{};
    if (is_last) return found->id;
    at = found->id;
    path.remove_prefix(slash + 1);
  }
}

Result<bool> changes(const Objects& objects, const ObjectId& before, const ObjectId& after,
                     const base::GlobSet& paths) {
  if (before == after) return false;
  const std::string_view literal = paths.literal();
  if (!literal.empty()) {  // one path: only the folders on the way to it are read
    ObjectId old;
    if (!before.is_zero()) {
      GATE_TRY(old, entry_at(objects, before, literal));
    }
    GATE_TRY(const ObjectId now, entry_at(objects, after, literal));
    return old != now;
  }
  bool changed = false;
  GATE_TRY(const bool to_the_end,
           compare_trees(objects, before, after, [&](const TreeChange& change) {
             changed = paths.matches(change.path);
             return !changed;
           }));
  static_cast<void>(to_the_end);
  return changed;
}

}  // namespace

Result<ShallowCommits> parse_shallow(std::string_view text) {
  ShallowCommits commits;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    git_oid id;
    if (line.size() != 2 * ObjectId::kSize || git_oid_fromstr(&id, line.c_str()) != 0) {
      return Error{"the file `shallow` of the repository is damaged"};
    }
    commits.insert(from_git(id));
  }
  return commits;
}

Result<std::optional<std::int64_t>> find_last_change(const Objects& objects, const ObjectId& head,
                                                     const ShallowCommits& shallow,
                                                     const base::GlobSet& paths) {
  CommitQueue queue(objects, shallow);
  if (!head.is_zero()) {
    GATE_CHECK(queue.add(head));
  }
  for (;;) {
    GATE_TRY(const auto item, queue.next());
    if (!item) return std::optional<std::int64_t>();
    ObjectId before;  // none: a first commit adds everything
    if (!item->links.parents.empty() && !shallow.contains(item->id)) {
      GATE_TRY(const CommitLinks parent, objects.commit(item->links.parents.front()));
      before = parent.tree;
    }
    GATE_TRY(const bool changed, changes(objects, before, item->links.tree, paths));
    if (!changed) continue;
    if (shallow.contains(item->id)) {
      return Error{
          "the history is cut short before the last change; `git fetch --unshallow` gets the rest"};
    }
    return std::optional(item->links.committed);
  }
}

Result<bool> reaches(const Objects& objects, const ObjectId& commit, const ObjectId& ancestor,
                     const ShallowCommits& shallow) {
  CommitQueue queue(objects, shallow);
  GATE_CHECK(queue.add(commit));
  for (;;) {
    GATE_TRY(const auto item, queue.next());
    if (!item) return false;
    if (item->id == ancestor) return true;
  }
}

}  // namespace gate::repo
