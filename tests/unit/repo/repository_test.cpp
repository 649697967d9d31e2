#include "gate/repo/repository.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/temp_repository.h"

namespace gate::repo {
namespace {

namespace fs = std::filesystem;
using test::TempFolder;
using test::TempRepository;

std::unique_ptr<Repository> open(const fs::path& folder) {
  auto repository = Repository::open(folder);
  if (!repository) FAIL(repository.error().message);
  REQUIRE(*repository != nullptr);
  return *std::move(repository);
}

std::string error_of(const fs::path& folder) {
  const auto repository = Repository::open(folder);
  return repository ? "no error" : repository.error().message;
}

std::vector<std::string> paths(const Result<std::unique_ptr<Snapshot>>& snapshot) {
  if (!snapshot) FAIL(snapshot.error().message);
  std::vector<std::string> result;
  for (const File& file : (*snapshot)->files())
    result.emplace_back(file.path);
  return result;
}

base::GlobSet globs(std::string_view text) {
  base::GlobSet set;
  REQUIRE(set.add(text).has_value());
  return set;
}

TEST_CASE("a repository is found from its top, from inside and through a link") {
  const TempRepository made;
  made.write("a/b/file", "x");
  const std::string id = made.commit("first\n\nbody");
  fs::create_directory_symlink(made.path(), made.path().parent_path() / "link");
  for (const fs::path& folder :
       {made.path(), made.folder("a/b"), made.path().parent_path() / "link"}) {
    const auto repository = open(folder);
    CHECK(repository->work_tree() == made.path());
    CHECK(repository->git_folder() == made.folder(".git"));
    CHECK_FALSE(repository->is_bare());
    CHECK(repository->head()->branch == "main");
    CHECK(repository->head()->commit == id);
  }
  const TempFolder nothing;
  const auto none = Repository::open(nothing.path());
  REQUIRE(none.has_value());
  CHECK(*none == nullptr);
  CHECK(error_of(nothing.path() / "none") ==
        "open " + (nothing.path() / "none").string() + ": no such file or directory");
}

TEST_CASE("variables of git in the environment bind nothing") {
  const TempRepository made;
  made.write("file", "x");
  made.commit();
  const TempRepository other;
  setenv("GIT_DIR", other.folder(".git").c_str(), 1);
  setenv("GIT_WORK_TREE", other.path().c_str(), 1);
  setenv("GIT_INDEX_FILE", "/nonexistent", 1);
  setenv("GIT_OBJECT_DIRECTORY", "/nonexistent", 1);
  const auto repository = open(made.path());
  CHECK(repository->work_tree() == made.path());
  CHECK(paths(repository->work_tree_snapshot("")) == std::vector<std::string>{"file"});
  CHECK(paths(repository->index_snapshot("")) == std::vector<std::string>{"file"});
  CHECK(paths(repository->commit_snapshot(repository->head()->commit, "")) ==
        std::vector<std::string>{"file"});
  CHECK(repository->uncommitted()->empty());
  for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"})
    unsetenv(name);
}

TEST_CASE("a repository without commits has a branch and an index") {
  const TempRepository made;
  made.write("file", "x");
  const auto repository = open(made.path());
  CHECK(repository->head()->branch == "main");
  CHECK(repository->head()->commit.empty());
  CHECK(repository->resolve("HEAD").error().message == "the repository has no commits yet");
  CHECK(paths(repository->work_tree_snapshot("")) == std::vector<std::string>{"file"});
  CHECK(paths(repository->index_snapshot("")).empty());
  CHECK(repository->uncommitted()->size() == 1);
  CHECK_FALSE(repository->last_changed(globs("file"))->has_value());
  made.git({"add", "file"});
  const auto again = open(made.path());
  CHECK(paths(again->index_snapshot("")) == std::vector<std::string>{"file"});
  CHECK(again->uncommitted()->front().state == Uncommitted::State::staged);
}

TEST_CASE("a bare repository has commits and no work tree") {
  const TempRepository made({"--bare"});
  const TempRepository source;
  source.write("file", "x");
  const std::string id = source.commit();
  source.git({"push", "--quiet", made.path().string(), "main"});
  const auto repository = open(made.path());
  CHECK(repository->is_bare());
  CHECK(repository->work_tree().empty());
  CHECK(repository->git_folder() == made.path());
  CHECK(repository->head()->commit == id);
  CHECK(repository->work_tree_snapshot("").error().message == "a bare repository has no work tree");
  CHECK(repository->uncommitted().error().message == "a bare repository has no work tree");
  CHECK(repository->tracked_but_ignored().error().message == "a bare repository has no work tree");
  CHECK(paths(repository->commit_snapshot(id, "")) == std::vector<std::string>{"file"});
  CHECK(paths(repository->index_snapshot("")).empty());
}

TEST_CASE("a linked work tree has its own HEAD and index, rules and history are shared") {
  const TempRepository made;
  made.write("file", "x");
  made.commit();
  made.git({"worktree", "add", "--quiet", "-b", "side", "../side"});
  const fs::path side = made.path().parent_path() / "side";
  std::ofstream(made.folder(".git/info/exclude")) << "*.log\n";
  std::ofstream(side / "a.log") << "";
  std::ofstream(side / "new") << "";
  const auto repository = open(side);
  CHECK(repository->work_tree() == side);
  CHECK(repository->git_folder() == made.folder(".git/worktrees/side"));
  CHECK(repository->head()->branch == "side");
  CHECK(paths(repository->work_tree_snapshot("")) == std::vector<std::string>{"file", "new"});
  CHECK(repository->uncommitted()->size() == 1);
  CHECK(*repository->branches_at("HEAD") == std::vector<std::string>{"main", "side"});
}

TEST_CASE("what cannot be read is an error that says so") {
  const TempRepository sha256({"--object-format=sha256"});
  CHECK(error_of(sha256.path()) ==
        "the repository of " + sha256.path().string() +
            " names its objects by SHA-256 (`extensions.objectFormat`), which this build of gate "
            "cannot read");
  const TempRepository headless;
  headless.write(".git/HEAD", "nonsense\n");
  CHECK(error_of(headless.path()) == "open the repository of " + headless.path().string() +
                                         ": HEAD is broken: corrupted loose reference file: HEAD");
  const TempRepository lost;
  lost.write(".git/HEAD", std::string(40, '1') + "\n");
  CHECK(error_of(lost.path()) ==
        "open the repository of " + lost.path().string() + ": HEAD is broken: it names " +
            std::string(40, '1') +
            ", which cannot be read as a commit: object not found - no match for id (" +
            std::string(40, '1') + ")");
  const TempRepository empty;
  empty.remove(".git/HEAD");
  CHECK(error_of(empty.path()) ==
        empty.folder(".git").string() + " belongs to no repository that can be read");
  const TempRepository split;
  split.write("a", "");
  split.commit();
  split.git({"update-index", "--split-index"});
  CHECK(open(split.path())->work_tree_snapshot("").error().message ==
        "the index is split (`core.splitIndex`), which gate does not read; join it with "
        "`git update-index --no-split-index`");
  const TempRepository cut;
  cut.write(".git/index", "DIRC");
  CHECK(open(cut.path())->uncommitted().error().message == "the index is damaged: it is cut short");
}

TEST_CASE("a repository of another user is read") {
  if (geteuid() != 0) return;  // only root can give files away
  const TempRepository made;
  made.write("file", "x");
  made.commit();
  for (const auto& entry : fs::recursive_directory_iterator(made.path())) {
    REQUIRE(lchown(entry.path().c_str(), 12345, 12345) == 0);
  }
  REQUIRE(lchown(made.path().c_str(), 12345, 12345) == 0);
  CHECK(paths(open(made.path())->work_tree_snapshot("")) == std::vector<std::string>{"file"});
}

TEST_CASE("a revision is resolved to its commit") {
  const TempRepository made;
  const std::string first = made.commit("first");
  made.git({"tag", "--annotate", "--message", "words", "v1"});
  const std::string second = made.commit("second");
  made.git({"tag", "v2"});
  made.git({"tag", "tree", "HEAD^{tree}"});
  const auto repository = open(made.path());
  CHECK(*repository->resolve("v1") == first);
  CHECK(*repository->resolve("HEAD~1") == first);
  CHECK(*repository->resolve("main") == second);
  CHECK(*repository->resolve(second.substr(0, 10)) == second);
  for (const std::string& bad :
       {std::string("none"), std::string(), std::string("tree"), std::string("a\0b", 3)}) {
    CHECK(repository->resolve(bad).error().message ==
          "`" + bad + "` names no commit of this repository");
  }
  CHECK(*repository->tags_at(first) == std::vector<std::string>{"v1"});
  CHECK(*repository->tags_at("HEAD") == std::vector<std::string>{"v2"});
  CHECK(*repository->is_ancestor("v1", "HEAD"));
  CHECK(*repository->is_ancestor("HEAD", "HEAD"));
  CHECK_FALSE(*repository->is_ancestor("HEAD", "v1"));
  CHECK_FALSE(repository->is_ancestor("none", "HEAD").has_value());
}

TEST_CASE("a commit is told with its people, message and parents") {
  const TempRepository made;
  const std::string first = made.commit("first");
  const std::string second = made.commit("title\n\nbody");
  const auto repository = open(made.path());
  const auto commit = repository->commit(second);
  REQUIRE(commit.has_value());
  CHECK(commit->id == second);
  CHECK(commit->message == "title\n\nbody\n");
  CHECK(commit->author.name == "A U Thor");
  CHECK(commit->author.email == "author@example.org");
  CHECK(commit->author.seconds == 1700000000);
  CHECK(commit->committer.email == "committer@example.org");
  CHECK(commit->parents == std::vector<std::string>{first});
  CHECK_FALSE(commit->has_signature);
  const std::string raw = made.git({"cat-file", "commit", second});
  const std::string signature =
      "gpgsig -----BEGIN PGP SIGNATURE-----\n x\n -----END PGP SIGNATURE-----\n";
  const std::string id = made.git({"hash-object", "-t", "commit", "-w", "--stdin"},
                                  raw.substr(0, raw.find("\n\n") + 1) + signature + "\nsigned\n");
  CHECK(repository->commit(id)->has_signature);
  CHECK_FALSE(repository->commit(std::string(40, '1')).has_value());
}

TEST_CASE("a detached HEAD has no branch") {
  const TempRepository made;
  const std::string id = made.commit();
  made.git({"checkout", "--quiet", "--detach"});
  const auto repository = open(made.path());
  CHECK_FALSE(repository->head()->branch.has_value());
  CHECK(repository->head()->commit == id);
}

TEST_CASE("branches include remote-tracking ones, not their other names") {
  const TempRepository source;
  const std::string id = source.commit();
  const TempFolder folder;
  const fs::path clone = folder.path() / "clone";
  REQUIRE(
      test::run_git(folder.path(), {"clone", "--quiet", source.path().string(), "clone"}).status ==
      0);
  const auto repository = open(clone);
  CHECK(*repository->branches_at(id) == std::vector<std::string>{"main", "origin/main"});
}

TEST_CASE("a merge in progress leaves conflicted paths without content in the index") {
  const TempRepository made;
  made.write("both", "base\n");
  made.write("same", "same\n");
  made.commit();
  made.git({"checkout", "--quiet", "-b", "side"});
  made.write("both", "side\n");
  made.commit();
  made.git({"checkout", "--quiet", "main"});
  made.write("both", "main\n");
  made.commit();
  REQUIRE(test::run_git(made.path(), {"merge", "--quiet", "side"}).status == 1);
  const auto repository = open(made.path());
  CHECK(paths(repository->work_tree_snapshot("")) == std::vector<std::string>{"both", "same"});
  const auto index = repository->index_snapshot("");
  CHECK(paths(index) == std::vector<std::string>{"both", "same"});
  CHECK(read_text(**index, "both").error().message ==
        "read both: it is in conflict, its content is not decided");
  CHECK(*read_text(**index, "same") == "same\n");
  const auto uncommitted = repository->uncommitted();
  REQUIRE(uncommitted->size() == 1);
  CHECK(uncommitted->front().path == "both");
  CHECK(uncommitted->front().state == Uncommitted::State::conflicted);
}

TEST_CASE("index and commit are read as they are stored, whatever lies in the work tree") {
  const TempRepository made;
  made.write("app/a", "committed");
  made.write("app/run", "x");
  fs::permissions(made.folder("app/run"), fs::perms(0755));
  made.link("app/link", "a");
  made.write("app.txt", "");
  const std::string id = made.commit();
  made.write("app/a", "staged");
  made.write("app/new", "");
  made.git({"add", "app/a"});
  made.git({"add", "--intent-to-add", "app/new"});
  made.write("app/a", "changed");
  const auto repository = open(made.path());
  const auto index = repository->index_snapshot("app/");
  CHECK((*index)->at() == "index");
  CHECK(paths(index) == std::vector<std::string>{"a", "link", "run"});
  CHECK(*read_text(**index, "a") == "staged");
  const auto commit = repository->commit_snapshot(id, "app");
  CHECK((*commit)->at() == id);
  CHECK(paths(commit) == std::vector<std::string>{"a", "link", "run"});
  CHECK(*read_text(**commit, "a") == "committed");
  CHECK(*read_text(**commit, "link") == "a");
  CHECK((*commit)->find("link")->kind == FileKind::symlink);
  CHECK((*commit)->find("run")->kind == FileKind::executable);
  CHECK(*(*commit)->mode(*(*commit)->find("run")) == 0755);
  CHECK(*(*commit)->mode(*(*commit)->find("a")) == 0644);
  CHECK(paths(repository->commit_snapshot(id, "")) ==
        std::vector<std::string>{"app.txt", "app/a", "app/link", "app/run"});
  CHECK(repository->commit_snapshot(id, "none").error().message ==
        "read commit " + id + ": there is no folder none/");
  CHECK(repository->index_snapshot("none").error().message == "the index has no file in none/");
  CHECK(repository->commit_snapshot("HEAD", "").error().message == "`HEAD` is no full commit id");
  CHECK(repository->commit_snapshot(std::string(40, '1'), "").error().message ==
        "commit " + std::string(40, '1') +
            " is missing from this clone; get it with `git fetch`, or look for damage with "
            "`git fsck`");
}

TEST_CASE("a blob that a partial clone left out is named with the way to get it") {
  const TempRepository source;
  source.git({"config", "uploadpack.allowFilter", "true"});
  source.write("old", "old");
  const std::string first = source.commit();
  source.write("old", "new");
  source.commit();
  const std::string blob = source.git({"rev-parse", first + ":old"});
  const TempFolder folder;
  REQUIRE(test::run_git(folder.path(), {"clone", "--quiet", "--filter=blob:none",
                                        "file://" + source.path().string(), "clone"})
              .status == 0);
  const auto repository = open(folder.path() / "clone");
  const auto snapshot = repository->commit_snapshot(first, "");
  CHECK(paths(snapshot) == std::vector<std::string>{"old"});
  CHECK(read_text(**snapshot, "old").error().message ==
        "read old: blob " + blob +
            " is missing from this clone; get it with `git fetch --refetch --no-filter`");
}

TEST_CASE("a damaged object is an error") {
  const TempRepository made;
  made.write("file", "content");
  const std::string id = made.commit();
  const std::string blob = made.git({"rev-parse", "HEAD:file"});
  const std::string other = made.git({"hash-object", "-w", "--stdin"}, "other content");
  const auto object = [&](const std::string& name) {
    return made.folder(".git/objects/" + name.substr(0, 2) + "/" + name.substr(2));
  };
  fs::copy_file(object(other), object(blob), fs::copy_options::overwrite_existing);
  const auto snapshot = open(made.path())->commit_snapshot(id, "");
  const auto text = read_text(**snapshot, "file");
  REQUIRE_FALSE(text.has_value());
  CHECK(text.error().message.starts_with("read file: read blob " + blob));
}

TEST_CASE("a tree with a name that no file can have is an error") {
  const TempRepository made;
  const std::string blob = made.git({"hash-object", "-w", "--stdin"}, "x");
  std::string raw;
  for (std::size_t i = 0; i < blob.size(); i += 2)
    raw += static_cast<char>(std::stoi(blob.substr(i, 2), nullptr, 16));
  for (const char* name : {"..", "a/b", ""}) {
    const std::string tree = made.git({"hash-object", "-t", "tree", "-w", "--stdin", "--literally"},
                                      std::string("100644 ") + name + std::string(1, '\0') + raw);
    const std::string commit = made.git({"commit-tree", "-m", "bad", tree});
    const auto snapshot = open(made.path())->commit_snapshot(commit, "");
    CHECK(snapshot.error().message == "list commit " + commit + ": read tree " + tree +
                                          ": the tree is damaged: no file can be named `" + name +
                                          "`");
  }
}

TEST_CASE("a shallow clone says so, and that its history is cut") {
  const TempRepository source;
  source.write("old", "1");
  const std::string first = source.commit("1");
  source.write("new", "1");
  source.commit("2");
  source.write("new", "2");
  source.commit("3");
  const TempFolder folder;
  REQUIRE(test::run_git(folder.path(), {"clone", "--quiet", "--depth=2",
                                        "file://" + source.path().string(), "clone"})
              .status == 0);
  const auto repository = open(folder.path() / "clone");
  CHECK(repository->is_shallow());
  CHECK_FALSE(open(source.path())->is_shallow());
  CHECK(repository->resolve("HEAD~2").error().message ==
        "`HEAD~2` names no commit of this repository; its history is cut short, `git fetch "
        "--unshallow` gets the rest");
  CHECK_FALSE(repository->resolve(first).has_value());
  CHECK(*repository->is_ancestor("HEAD~1", "HEAD"));
  CHECK_FALSE(*repository->is_ancestor("HEAD", "HEAD~1"));
  CHECK(**repository->last_changed(globs("/new")) == 1700000000);
  CHECK(repository->last_changed(globs("/old")).error().message ==
        "the history is cut short before the last change; `git fetch --unshallow` gets the rest");
}

TEST_CASE("the last change of a file is found across merges") {
  TempRepository made;
  made.set_time(1000);
  made.write("docs/a.md", "1");
  made.write("src/x.c", "1");
  made.commit();
  made.set_time(2000);
  made.git({"checkout", "--quiet", "-b", "side"});
  made.write("docs/b.md", "1");
  made.commit();
  made.set_time(3000);
  made.git({"checkout", "--quiet", "main"});
  made.write("src/x.c", "2");
  made.commit();
  made.set_time(4000);
  made.git({"merge", "--quiet", "--no-edit", "side"});
  made.set_time(5000);
  made.write("other", "1");
  made.commit();
  const auto repository = open(made.path());
  CHECK(**repository->last_changed(globs("docs/a.md")) == 1000);
  CHECK(**repository->last_changed(globs("docs/**")) == 4000);  // the merge brought it to main
  CHECK(**repository->last_changed(globs("docs/b.md")) == 4000);
  CHECK(**repository->last_changed(globs("*.c")) == 3000);
  CHECK(**repository->last_changed(base::GlobSet()) == 5000);
  CHECK_FALSE(repository->last_changed(globs("none/**"))->has_value());
}

TEST_CASE("tracked files that a rule ignores are told") {
  const TempRepository made;
  made.write("a.log", "");
  made.write("out/sub/b", "");
  made.write("out.txt", "");
  made.write("dir/c.tmp", "");
  made.write("dir/keep.tmp", "");
  made.write("x", "");
  made.commit();
  CHECK(open(made.path())->tracked_but_ignored()->empty());
  made.write(".gitignore", "*.log\nout/\n");
  made.write("dir/.gitignore", "*.tmp\n!keep.tmp\n");
  const std::string theirs = made.git({"ls-files", "--cached", "--ignored", "--exclude-standard"});
  CHECK(*open(made.path())->tracked_but_ignored() ==
        std::vector<std::string>{"a.log", "dir/c.tmp", "out/sub/b"});
  CHECK(theirs == "a.log\ndir/c.tmp\nout/sub/b");
}

TEST_CASE("a user's own excludes file counts, the one of the work tree is stronger") {
  const TempRepository made;
  made.write("../global", "*.tmp\n*.bak\n");
  made.git({"config", "core.excludesFile", (made.path().parent_path() / "global").string()});
  made.write(".gitignore", "!*.bak\n");
  made.write("a.tmp", "");
  made.write("a.bak", "");
  CHECK(paths(open(made.path())->work_tree_snapshot("")) ==
        std::vector<std::string>{".gitignore", "a.bak"});
}

TEST_CASE("readers and questions work from several threads at once") {
  const TempRepository made;
  for (int i = 0; i < 50; ++i)
    made.write("d" + std::to_string(i % 5) + "/f" + std::to_string(i), std::to_string(i));
  const std::string id = made.commit();
  const auto repository = open(made.path());
  const auto disk = *repository->work_tree_snapshot("");
  const auto commit = *repository->commit_snapshot(id, "");
  std::vector<int> good(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < good.size(); ++t) {
    threads.emplace_back([&, t] {
      for (const Snapshot* snapshot : {disk.get(), commit.get()}) {
        const auto reader = snapshot->reader();
        std::string buffer;
        for (const File& file : snapshot->files()) {
          const auto text = read_all(*reader, file, buffer);
          if (text.has_value() && file.path.substr(file.path.find('f') + 1) == *text) ++good[t];
        }
      }
      if (repository->uncommitted()->empty() && *repository->is_ancestor(id, "HEAD")) ++good[t];
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(good == std::vector<int>(4, 101));
}

}  // namespace
}  // namespace gate::repo
