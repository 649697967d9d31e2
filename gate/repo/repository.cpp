#include "gate/repo/repository.h"

#include <algorithm>
#include <mutex>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "gate/repo/folder.h"
#include "gate/repo/git.h"
#include "gate/repo/history.h"
#include "gate/repo/load_index.h"
#include "gate/repo/object_snapshot.h"
#include "gate/repo/settings.h"
#include "gate/repo/status.h"
#include "gate/repo/work_tree.h"

namespace gate::repo {
namespace {

namespace fs = std::filesystem;

fs::path without_slash(const char* path) {
  std::string text(path);
  while (text.size() > 1 && text.back() == '/')
    text.pop_back();
  return text;
}

// Returns the prefix as "a/b/" or ""; an error for one that is no folder inside a work tree.
Result<std::string> normal_prefix(std::string_view prefix) {
  std::string normal;
  for (std::string_view rest = prefix; !rest.empty();) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, slash);
    if (part == ".git") return Error{fmt::format("{} is git's own folder", prefix)};
    if (part.empty() || part == "." || part == ".." || part.find('\0') != std::string_view::npos) {
      return Error{fmt::format("`{}` is no folder of the repository", prefix)};
    }
    normal += part;
    normal += '/';
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  return normal;
}

Result<ObjectId> parse_id(const std::string& hex) {
  git_oid id;
  if (hex.size() != 2 * ObjectId::kSize || git_oid_fromstr(&id, hex.c_str()) != 0) {
    return Error{fmt::format("`{}` is no full commit id", hex)};
  }
  return from_git(id);
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

class GitRepository final : public Repository {
 public:
  explicit GitRepository(RepositoryHandle git) : git_(std::move(git)) {}

  // Reads what every question needs; finds out whether HEAD makes sense.
  Result<void> prepare() {
    git_folder_ = without_slash(git_repository_path(git_.get()));
    common_folder_ = without_slash(git_repository_commondir(git_.get()));
    is_bare_ = git_repository_is_bare(git_.get()) != 0;
    if (!is_bare_) work_tree_ = without_slash(git_repository_workdir(git_.get()));
    GATE_TRY(settings_, read_settings(git_.get()));
    GATE_TRY(const auto shallow, read_git_file(common_folder_ / "shallow"));
    if (shallow) {
      GATE_TRY(shallow_, parse_shallow(*shallow));
    }
    store_.folder = (common_folder_ / "objects").string();
    store_.remedy = settings_.is_partial_clone
                        ? "get it with `git fetch --refetch --no-filter`"
                        : "get it with `git fetch`, or look for damage with `git fsck`";
    return read_head();
  }

  bool is_bare() const override { return is_bare_; }
  const fs::path& work_tree() const override { return work_tree_; }
  const fs::path& git_folder() const override { return git_folder_; }

  Result<std::string> resolve(std::string_view revision) const override {
    const std::lock_guard lock(mutex_);
    GATE_TRY(const ObjectId id, resolve_locked(revision));
    return id.hex();
  }

  using Repository::work_tree_snapshot;
  Result<std::unique_ptr<Snapshot>> work_tree_snapshot(std::string_view prefix,
                                                       bool lazily) const override {
    const std::lock_guard lock(mutex_);
    GATE_TRY(std::string normal, normal_prefix(prefix));
    GATE_CHECK(needs_work_tree());
    GATE_TRY(LoadedIndex index, whole_index());
    GATE_TRY(WalkRules rules, walk_rules());
    GATE_TRY(std::unique_ptr<Snapshot> snapshot,
             make_work_tree_snapshot(work_tree_, std::move(normal), std::move(index.file),
                                     std::move(rules), store_));
    if (lazily) return snapshot;
    (void)snapshot->files();
    GATE_CHECK(snapshot->is_complete());
    return snapshot;
  }

  Result<std::unique_ptr<Snapshot>> index_snapshot(std::string_view prefix) const override {
    const std::lock_guard lock(mutex_);
    GATE_TRY(const std::string normal, normal_prefix(prefix));
    GATE_TRY(const LoadedIndex index, whole_index());
    std::vector<TrackedFile> files;
    for (const IndexEntry& entry : index.file.entries()) {
      // A file announced by `git add --intent-to-add` would not be in the commit.
      if (!entry.path.starts_with(normal) || entry.intent_to_add) continue;
      if (entry.stage == 0) {
        files.push_back({std::string(entry.path), entry.mode, entry.id});
      } else if (files.empty() || files.back().path != entry.path) {
        files.push_back({std::string(entry.path), entry.mode, ObjectId{}});
      }
    }
    if (files.empty() && !normal.empty())
      return Error{fmt::format("the index has no file in {}", normal)};
    return make_object_snapshot("index", std::move(files), normal.size(), store_);
  }

  Result<std::unique_ptr<Snapshot>> commit_snapshot(const std::string& id,
                                                    std::string_view prefix) const override {
    GATE_TRY(const std::string normal, normal_prefix(prefix));
    GATE_TRY(const ObjectId commit, parse_id(id));
    GATE_TRY(const auto objects, Objects::open(store_));
    GATE_TRY(const CommitLinks links, objects->commit(commit));
    auto folder = objects->folder(links.tree, normal);
    if (!folder) return std::move(folder).error().within(fmt::format("read commit {}", id));
    std::vector<TrackedFile> files;
    auto listed = objects->list(*folder, normal, files);
    if (!listed) return std::move(listed).error().within(fmt::format("list commit {}", id));
    return make_object_snapshot(commit.hex(), std::move(files), normal.size(), store_);
  }

  Result<Head> head() const override { return head_; }

  Result<Commit> commit(const std::string& id) const override {
    const std::lock_guard lock(mutex_);
    GATE_TRY(const ObjectId own, resolve_locked(id));
    const git_oid oid = to_git(own);
    git_commit* raw = nullptr;
    if (git_commit_lookup(&raw, git_.get(), &oid) != 0)
      return libgit2_error(fmt::format("read commit {}", id));
    const CommitHandle handle(raw);
    const auto signature = [](const git_signature* from) {
      return Signature{from->name, from->email, from->when.time};
    };
    Commit commit;
    commit.id = own.hex();
    commit.message = git_commit_message(raw);
    commit.author = signature(git_commit_author(raw));
    commit.committer = signature(git_commit_committer(raw));
    for (unsigned i = 0; i < git_commit_parentcount(raw); ++i) {
      commit.parents.push_back(from_git(*git_commit_parent_id(raw, i)).hex());
    }
    git_buf signed_by = GIT_BUF_INIT;
    commit.has_signature = git_commit_header_field(&signed_by, raw, "gpgsig") == 0;
    git_buf_dispose(&signed_by);
    return commit;
  }

  Result<std::vector<Uncommitted>> uncommitted() const override {
    const std::lock_guard lock(mutex_);
    if (uncommitted_) return *uncommitted_;
    GATE_TRY(std::vector<Uncommitted> found, find_uncommitted_locked());
    uncommitted_ = std::move(found);
    return *uncommitted_;
  }

  Result<std::vector<std::string>> tags_at(const std::string& commit) const override {
    return names_at(commit, {"refs/tags/"});
  }

  Result<std::vector<std::string>> branches_at(const std::string& commit) const override {
    return names_at(commit, {"refs/heads/", "refs/remotes/"});
  }

  Result<bool> is_ancestor(const std::string& ancestor, const std::string& commit) const override {
    const std::lock_guard lock(mutex_);
    GATE_TRY(const ObjectId old, resolve_locked(ancestor));
    GATE_TRY(const ObjectId young, resolve_locked(commit));
    if (old == young) return true;
    if (is_shallow()) {  // libgit2 knows nothing of a cut history and stumbles at its end
      GATE_TRY(const auto objects, Objects::open(store_));
      return reaches(*objects, young, old, shallow_);
    }
    const git_oid old_id = to_git(old);
    const git_oid young_id = to_git(young);
    const int answer = git_graph_descendant_of(git_.get(), &young_id, &old_id);
    if (answer < 0) return libgit2_error("walk the history");
    return answer == 1;
  }

  Result<std::optional<std::string>> merge_base(const std::string& one,
                                                const std::string& other) const override {
    const std::lock_guard lock(mutex_);
    GATE_TRY(const ObjectId first, resolve_locked(one));
    GATE_TRY(const ObjectId second, resolve_locked(other));
    const git_oid first_id = to_git(first);
    const git_oid second_id = to_git(second);
    git_oid base;
    const int status = git_merge_base(&base, git_.get(), &first_id, &second_id);
    if (status == 0) return std::optional(from_git(base).hex());
    // Behind the cut of a shallow clone there may be one.
    if (is_shallow()) {
      return Error{
          "the history is cut short before the two part; get the rest with `git fetch "
          "--unshallow`"};
    }
    if (status == GIT_ENOTFOUND) return std::optional<std::string>();
    return libgit2_error("find the common ancestor");
  }

  bool is_shallow() const override { return !shallow_.empty(); }

  Result<std::vector<std::string>> tracked_but_ignored() const override {
    const std::lock_guard lock(mutex_);
    GATE_CHECK(needs_work_tree());
    GATE_TRY(const LoadedIndex index, whole_index());
    GATE_TRY(const WalkRules rules, walk_rules());
    GATE_TRY(const Descriptor top, open_folder(work_tree_));
    return find_tracked_but_ignored(top.number(), index.file.entries(), rules);
  }

  Result<std::optional<std::int64_t>> last_changed(const base::GlobSet& paths) const override {
    GATE_TRY(const auto objects, Objects::open(store_));
    ObjectId from;
    if (!head_.commit.empty()) {
      GATE_TRY(from, parse_id(head_.commit));
    }
    return find_last_change(*objects, from, shallow_, paths);
  }

 private:
  Result<void> needs_work_tree() const {
    if (is_bare_) return Error{"a bare repository has no work tree"};
    return {};
  }

  Result<void> read_head() {
    git_reference* raw = nullptr;
    if (git_reference_lookup(&raw, git_.get(), "HEAD") != 0) return libgit2_error("HEAD is broken");
    const ReferenceHandle reference(raw);
    if (git_reference_type(raw) == GIT_REFERENCE_SYMBOLIC) {
      std::string_view branch = git_reference_symbolic_target(raw);
      if (branch.starts_with("refs/heads/"))
        branch.remove_prefix(std::string_view("refs/heads/").size());
      head_.branch = std::string(branch);
    }
    git_oid id;
    const int status = git_reference_name_to_id(&id, git_.get(), "HEAD");
    if (status == GIT_ENOTFOUND && head_.branch) return {};  // a branch without commits
    if (status != 0) return libgit2_error("HEAD is broken");
    head_.commit = from_git(id).hex();
    git_commit* commit = nullptr;
    if (git_commit_lookup(&commit, git_.get(), &id) != 0) {
      return libgit2_error(fmt::format(
          "HEAD is broken: it names {}, which cannot be read as a commit", head_.commit));
    }
    const CommitHandle handle(commit);
    head_tree_ = from_git(*git_commit_tree_id(commit));
    return {};
  }

  // The functions below want the mutex held: libgit2's handle is not for two threads at once.

  Result<ObjectId> resolve_locked(std::string_view revision) const {
    const std::string text(revision);
    git_object* raw = nullptr;
    const bool is_text = !text.empty() && text.find('\0') == std::string::npos;
    if (is_text && git_revparse_single(&raw, git_.get(), text.c_str()) == 0) {
      const ObjectHandle object(raw);
      git_object* peeled = nullptr;
      if (git_object_peel(&peeled, raw, GIT_OBJECT_COMMIT) == 0) {
        const ObjectHandle commit(peeled);
        return from_git(*git_object_id(peeled));
      }
    }
    if (text == "HEAD" && head_.commit.empty()) return no_commit_at_head();
    std::string message = fmt::format("`{}` names no commit of this repository", text);
    if (is_shallow())
      message += "; its history is cut short, `git fetch --unshallow` gets the rest";
    return Error{std::move(message)};
  }

  // HEAD names a branch without commits; others may have some.
  Error no_commit_at_head() const {
    git_branch_iterator* raw = nullptr;
    if (git_branch_iterator_new(&raw, git_.get(), GIT_BRANCH_LOCAL) == 0) {
      const std::unique_ptr<git_branch_iterator, decltype(&git_branch_iterator_free)> branches(
          raw, &git_branch_iterator_free);
      git_reference* reference = nullptr;
      git_branch_t kind{};
      if (git_branch_next(&reference, &kind, branches.get()) == 0) {
        const std::unique_ptr<git_reference, decltype(&git_reference_free)> other(
            reference, &git_reference_free);
        return Error{
            fmt::format("HEAD names the branch `{}`, which has no commits; name another "
                        "with --at: `{}`",
                        head_.branch.value_or("HEAD"), git_reference_shorthand(reference))};
      }
    }
    return Error{"the repository has no commits yet"};
  }

  Result<LoadedIndex> whole_index() const { return load_index(git_folder_ / "index", store_); }

  Result<WalkRules> walk_rules() const {
    WalkRules rules;
    rules.ignore_case = settings_.ignore_case;
    GATE_TRY(rules.ignore, read_shared_ignores(git_.get(), settings_));
    rules.read_blob = [store = store_](const ObjectId& id) -> Result<std::string> {
      GATE_TRY(const auto objects, Objects::open(store));
      GATE_TRY(const ObjectBytes blob, objects->read(id, Objects::Type::blob));
      return std::string(blob.bytes());
    };
    return rules;
  }

  Result<std::vector<Uncommitted>> find_uncommitted_locked() const {
    GATE_CHECK(needs_work_tree());
    GATE_TRY(const LoadedIndex index, whole_index());
    GATE_TRY(const WalkRules rules, walk_rules());
    GATE_TRY(const Descriptor top, open_folder(work_tree_));
    GATE_TRY(const auto objects, Objects::open(store_));
    StatusQuestion question;
    question.top = top.number();
    question.index = &index.file;
    question.index_seconds = index.seconds;
    question.index_nanoseconds = index.nanoseconds;
    question.head_tree = head_tree_;
    question.objects = objects.get();
    question.rules = &rules;
    question.trusts_mode = settings_.trusts_mode;
    question.has_symlinks = settings_.has_symlinks;
    question.is_sparse_checkout = settings_.is_sparse_checkout;
    question.may_convert = settings_.may_convert;
    question.converted_equal = [this](const std::string& path, const ObjectId& id) {
      return converted_equal(path, id);
    };
    question.submodule_head = [this](const std::string& path) { return submodule_head(path); };
    return find_uncommitted(question);
  }

  Result<bool> converted_equal(const std::string& path, const ObjectId& id) const {
    GATE_TRY(const std::string program, filter_program(git_.get(), path));
    git_oid hash;
    // An empty second path: no conversion.
    if (!program.empty()) {
      if (git_repository_hashfile(&hash, git_.get(), path.c_str(), GIT_OBJECT_BLOB, "") == 0 &&
          from_git(hash) == id) {
        return true;
      }
      return Error{fmt::format(
          "whether {} changed cannot be told without its filter `{}`, and gate starts no filters; "
          "`git status` brings the index up to date",
          path, program)};
    }
    if (git_repository_hashfile(&hash, git_.get(), path.c_str(), GIT_OBJECT_BLOB, nullptr) != 0) {
      return libgit2_error(fmt::format("read {}", path));
    }
    return from_git(hash) == id;
  }

  Result<std::optional<ObjectId>> submodule_head(const std::string& path) const {
    const fs::path folder = work_tree_ / path;
    std::error_code unimportant;
    if (!fs::exists(fs::symlink_status(folder / ".git", unimportant)))
      return std::optional<ObjectId>();
    git_repository* raw = nullptr;
    if (git_repository_open(&raw, folder.c_str()) != 0)
      return libgit2_error(fmt::format("open submodule {}", path));
    const RepositoryHandle submodule(raw);
    git_oid id;
    const int status = git_reference_name_to_id(&id, raw, "HEAD");
    if (status == GIT_ENOTFOUND) return std::optional<ObjectId>();
    if (status != 0) return libgit2_error(fmt::format("read HEAD of submodule {}", path));
    return std::optional(from_git(id));
  }

  Result<std::vector<std::string>> names_at(const std::string& commit,
                                            const std::vector<std::string_view>& folders) const {
    const std::lock_guard lock(mutex_);
    GATE_TRY(const ObjectId wanted, resolve_locked(commit));
    git_reference_iterator* raw = nullptr;
    if (git_reference_iterator_new(&raw, git_.get()) != 0) return libgit2_error("list references");
    const ReferencesHandle references(raw);
    std::vector<std::string> names;
    git_reference* next = nullptr;
    int status = 0;
    while ((status = git_reference_next(&next, raw)) == 0) {
      const ReferenceHandle reference(next);
      const std::string_view name = git_reference_name(next);
      const auto folder = std::find_if(folders.begin(), folders.end(), [&](std::string_view start) {
        return name.starts_with(start);
      });
      // origin/HEAD is another name of a branch that is listed itself.
      if (folder == folders.end() || git_reference_type(next) == GIT_REFERENCE_SYMBOLIC) continue;
      git_object* object = nullptr;
      if (git_reference_peel(&object, next, GIT_OBJECT_COMMIT) != 0)
        continue;  // a tag of a tree or a blob
      const ObjectHandle peeled(object);
      if (from_git(*git_object_id(object)) == wanted)
        names.emplace_back(name.substr(folder->size()));
    }
    if (status != GIT_ITEROVER) return libgit2_error("list references");
    return sorted(std::move(names));
  }

  RepositoryHandle git_;
  mutable std::mutex mutex_;  // guards git_ and uncommitted_
  mutable std::optional<std::vector<Uncommitted>> uncommitted_;
  fs::path git_folder_;
  fs::path common_folder_;  // of all linked work trees
  fs::path work_tree_;
  bool is_bare_ = false;
  Settings settings_;
  ShallowCommits shallow_;
  ObjectStore store_;
  Head head_;
  ObjectId head_tree_;  // zero on a branch without commits
};

// Returns the nearest `.git` from `folder` upwards, whatever it is.
std::optional<fs::path> git_entry_above(fs::path folder) {
  std::error_code unimportant;
  for (;; folder = folder.parent_path()) {
    if (fs::exists(fs::symlink_status(folder / ".git", unimportant))) return folder / ".git";
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

Error open_error(const fs::path& folder) {
  Error error = libgit2_error(fmt::format("open the repository of {}", folder.string()));
  if (error.message.find("extensions.objectformat") != std::string::npos) {
    return Error{fmt::format(
        "the repository of {} names its objects by SHA-256 (`extensions.objectFormat`), which this "
        "build of gate cannot read",
        folder.string())};
  }
  return error;
}

}  // namespace

Result<std::unique_ptr<Repository>> Repository::open(const fs::path& folder) {
  prepare_libgit2();
  std::error_code problem;
  const fs::path absolute = fs::canonical(folder, problem);
  if (problem)
    return Error{fmt::format("open {}: {}", folder.string(), system_reason(problem.value()))};
  git_repository* raw = nullptr;
  const int status = git_repository_open_ext(&raw, absolute.c_str(), 0, nullptr);
  if (status == GIT_ENOTFOUND) {
    // No repository is an answer, a damaged one is not.
    const auto entry = git_entry_above(absolute);
    if (!entry) return std::unique_ptr<Repository>();
    return Error{fmt::format("{} belongs to no repository that can be read", entry->string())};
  }
  if (status != 0) return open_error(absolute);
  auto repository = std::make_unique<GitRepository>(RepositoryHandle(raw));
  auto prepared = repository->prepare();
  if (!prepared)
    return std::move(prepared).error().within(
        fmt::format("open the repository of {}", absolute.string()));
  return std::unique_ptr<Repository>(std::move(repository));
}

}  // namespace gate::repo
