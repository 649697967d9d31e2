// What is not committed, held against `git status` on generated repositories.
#include "gate/repo/status.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <sys/stat.h>
#include <utime.h>
#include <vector>

#include <catch2/catch.hpp>

#include "gate/repo/repository.h"
#include "tests/support/temp_repository.h"

namespace gate::repo {
namespace {

namespace fs = std::filesystem;
using test::TempRepository;

// One line a path: state and path.
std::string ours(const fs::path& folder) {
  const auto repository = Repository::open(folder);
  if (!repository) FAIL(repository.error().message);
  const auto found = (*repository)->uncommitted();
  if (!found) FAIL(found.error().message);
  std::string text;
  for (const Uncommitted& item : *found)
    text += std::string(1, "SM?DU"[static_cast<int>(item.state)]) + " " + item.path + "\n";
  return text;
}

// `git status` in the same words. It must not refresh the index, which would take the doubtful
// cases from us.
std::string theirs(const TempRepository& repository) {
  const std::string raw =
      repository.git({"--no-optional-locks", "status", "--porcelain=v1", "-z",
                      "--untracked-files=all", "--no-renames", "--ignore-submodules=dirty"});
  std::multimap<std::string, char> lines;
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t end = std::min(raw.find('\0', at), raw.size());
    const std::string line = raw.substr(at, end - at);
    at = end + 1;
    const char index = line[0];
    const char disk = line[1];
    const std::string both = line.substr(0, 2);
    char state = 'S';
    if (index == 'U' || disk == 'U' || both == "AA") {  // "DD" is also a file announced and gone
      state = 'U';
    } else if (index == '?') {
      state = '?';
    } else if (disk == 'D') {
      state = 'D';
    } else if (disk != ' ') {
      state = 'M';
    }
    lines.emplace(line.substr(3), state);
  }
  std::string text;
  for (const auto& [path, state] : lines)
    text += std::string(1, state) + " " + path + "\n";
  return text;
}

// What was written long before the index is not racy; a test must not depend on how fast it runs.
void age(const TempRepository& repository) {
  for (const auto& entry : fs::recursive_directory_iterator(repository.path())) {
    if (entry.is_regular_file() && entry.path().string().find("/.git/") == std::string::npos) {
      const utimbuf old{1600000000, 1600000000};
      utime(entry.path().c_str(), &old);
    }
  }
}

TEST_CASE("every way to be uncommitted has its state") {
  const TempRepository repository;
  for (const char* path : {"clean", "modified", "deleted", "staged", "staged-then-modified",
                           "removed", "removed-but-there", "mode", "became-link", "became-folder",
                           "dir/a", "dir/b", "touched", "same-size"}) {
    repository.write(path, "content");
  }
  repository.write(".gitignore", "*.log\n");
  repository.link("link", "clean");
  repository.link("link-changed", "clean");
  repository.commit();
  repository.write("modified", "other words");
  repository.write("same-size", "CONTENT");
  repository.write("touched", "content");
  repository.remove("deleted");
  repository.write("staged", "new");
  repository.write("staged-then-modified", "new");
  repository.write("added", "new");
  repository.write("added-then-deleted", "new");
  repository.git({"add", "staged", "staged-then-modified", "added", "added-then-deleted"});
  repository.write("staged-then-modified", "newer");
  repository.remove("added-then-deleted");
  repository.git({"rm", "--quiet", "removed"});
  repository.git({"rm", "--quiet", "--cached", "removed-but-there"});
  repository.write("announced", "new");
  repository.git({"add", "--intent-to-add", "announced"});
  fs::permissions(repository.folder("mode"), fs::perms(0755));
  repository.link("became-link", "clean");
  repository.remove("became-folder");
  repository.write("became-folder/inside", "new");
  repository.link("link-changed", "modified");
  repository.write("ignored.log", "");
  repository.write("dir/new/untracked", "");
  repository.git({"mv", "dir/a", "dir/renamed"});
  const std::string expected =
      "S added\n"
      "D added-then-deleted\n"
      "M announced\n"
      "D became-folder\n"
      "? became-folder/inside\n"
      "M became-link\n"
      "D deleted\n"
      "S dir/a\n"
      "? dir/new/untracked\n"
      "S dir/renamed\n"
      "M link-changed\n"
      "M mode\n"
      "M modified\n"
      "S removed\n"
      "S removed-but-there\n"
      "? removed-but-there\n"
      "M same-size\n"
      "S staged\n"
      "M staged-then-modified\n";
  CHECK(ours(repository.path()) == expected);
  CHECK(theirs(repository) == expected);
}

TEST_CASE("a change within the tick of the index is seen") {
  const TempRepository repository;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "file" + std::to_string(i);
    repository.write(name, "aaaa");
    repository.git({"add", name});
    repository.write(name, "bbbb");  // same size, maybe the same time
    INFO(i);
    CHECK(ours(repository.path()).find("M " + name + "\n") != std::string::npos);
  }
  CHECK(ours(repository.path()) == theirs(repository));
}

TEST_CASE("flags that tell git to look away are respected") {
  const TempRepository repository;
  for (const char* path : {"assumed", "skipped", "plain"})
    repository.write(path, "a");
  repository.commit();
  repository.git({"update-index", "--assume-unchanged", "assumed"});
  repository.git({"update-index", "--skip-worktree", "skipped"});
  for (const char* path : {"assumed", "skipped", "plain"})
    repository.write(path, "changed");
  CHECK(ours(repository.path()) == "M plain\n");
  CHECK(theirs(repository) == "M plain\n");
  repository.git({"config", "core.sparseCheckout", "true"});
  CHECK(ours(repository.path()) == "M plain\nM skipped\n");
  CHECK(theirs(repository) == "M plain\nM skipped\n");
}

TEST_CASE("mode changes count only where the file system keeps modes") {
  const TempRepository repository;
  repository.write("file", "a");
  repository.commit();
  fs::permissions(repository.folder("file"), fs::perms(0755));
  CHECK(ours(repository.path()) == "M file\n");
  repository.git({"config", "core.fileMode", "false"});
  CHECK(ours(repository.path()).empty());
  CHECK(theirs(repository).empty());
}

TEST_CASE("line ends that git converts are no change") {
  const TempRepository repository;
  repository.write("a.txt", "one\ntwo\n");
  repository.write("b.txt", "one\r\ntwo\r\n");
  repository.git({"config", "core.autocrlf", "false"});
  repository.commit();
  repository.git({"config", "core.autocrlf", "true"});
  repository.remove("a.txt");
  repository.git({"checkout", "a.txt"});  // now with CRLF
  age(repository);                        // every file is in doubt
  CHECK(theirs(repository).empty());
  CHECK(ours(repository.path()).empty());
  repository.write("a.txt", "one\r\ntwx\r\n");
  CHECK(ours(repository.path()) == theirs(repository));
  CHECK(ours(repository.path()) == "M a.txt\n");
}

TEST_CASE("attributes ask for conversion too") {
  const TempRepository repository;
  repository.write(".gitattributes", "*.txt text eol=crlf\n*.bin -text\n*.id ident\n");
  repository.write("a.txt", "one\r\ntwo\r\n");
  repository.write("b.bin", "one\r\n");
  repository.write("c.id", "$Id$\n");
  repository.commit();
  repository.remove("c.id");
  repository.git({"checkout", "c.id"});
  age(repository);
  CHECK(theirs(repository).empty());
  CHECK(ours(repository.path()).empty());
}

TEST_CASE("no filter program is started; what only it could tell is an error") {
  const TempRepository repository;
  repository.write(".gitattributes", "*.dat filter=proof\n");
  repository.git({"config", "filter.proof.clean",
                  "touch " + repository.folder("started").string() + "; tr a-z A-Z"});
  repository.write("x.dat", "words");
  repository.commit();
  repository.remove("started");
  CHECK(ours(repository.path()).empty());
  age(repository);
  const auto opened = Repository::open(repository.path());
  CHECK((*opened)->uncommitted().error().message ==
        "whether x.dat changed cannot be told without its filter `proof`, and gate starts no "
        "filters; `git status` brings the "
        "index up to date");
  CHECK_FALSE(fs::exists(repository.folder("started")));
}

TEST_CASE("no hook and no monitor is started") {
  const TempRepository repository;
  repository.write("a", "a");
  repository.commit();
  const std::string proof = repository.folder(".git/started").string();
  repository.write(".git/monitor", "#!/bin/sh\ntouch " + proof + "\n");
  fs::permissions(repository.folder(".git/monitor"), fs::perms(0755));
  for (const char* hook : {"post-index-change", "post-checkout", "reference-transaction"}) {
    fs::copy_file(repository.folder(".git/monitor"),
                  repository.folder(std::string(".git/hooks/") + hook),
                  fs::copy_options::overwrite_existing);
  }
  repository.git({"config", "core.fsmonitor", repository.folder(".git/monitor").string()});
  repository.remove(".git/started");
  repository.write("b", "b");
  age(repository);
  CHECK(ours(repository.path()) == "? b\n");
  CHECK_FALSE(fs::exists(proof));
}

TEST_CASE("a submodule counts by its commit only") {
  const TempRepository library;
  library.write("lib.c", "1");
  library.commit();
  const TempRepository repository;
  repository.git({"submodule", "--quiet", "add", library.path().string(), "lib"});
  repository.git({"submodule", "--quiet", "add", library.path().string(), "lib.old"});
  repository.commit();
  CHECK(ours(repository.path()).empty());
  repository.write("lib/lib.c", "dirty");
  repository.write("lib/new", "untracked");
  CHECK(ours(repository.path()) == theirs(repository));
  CHECK(ours(repository.path()).empty());
  repository.git({"-C", "lib", "commit", "--quiet", "--all", "--message", "moved"});
  CHECK(ours(repository.path()) == "M lib\n");
  CHECK(theirs(repository) == "M lib\n");
  repository.git({"add", "lib"});
  CHECK(ours(repository.path()) == "S lib\n");
  repository.git({"submodule", "--quiet", "deinit", "--force", "lib"});
  repository.remove("lib.old");
  CHECK(ours(repository.path()) == theirs(repository));
}

TEST_CASE("an untracked repository is one path") {
  const TempRepository repository;
  repository.commit();
  repository.git({"init", "--quiet", "nested"});
  repository.write("nested/file", "");
  repository.write("dir/file", "");
  repository.git({"init", "--quiet", "dir/nested"});
  repository.write("dir/nested/file", "");
  CHECK(ours(repository.path()) == "? dir/file\n? dir/nested/\n? nested/\n");
  CHECK(theirs(repository) == "? dir/file\n? dir/nested/\n? nested/\n");
}

TEST_CASE("random changes are told as git status tells them") {
  std::mt19937 random(20240608);
  const auto chance = [&](unsigned of) { return random() % of == 0; };
  const std::vector<std::string> paths{
      "a",   "a.b",   "a/c", "a/c.d", "a/e/f", "ab", "b/.gitignore", "b/a.log", "b/c",
      "b.c", "b/d/e", "c/a", "c/b/a", "c/b/b", "d",  "e/f/g/h"};
  for (int round = 0; round < 25; ++round) {
    INFO("round " << round);
    const TempRepository repository;
    const auto change = [&](unsigned of) {
      for (const std::string& path : paths) {
        if (!chance(of)) continue;
        switch (random() % 6) {
          case 0:
            repository.remove(path);
            break;
          case 1:
            repository.link(fs::exists(repository.folder(path).parent_path()) ? "z-link" : "y-link",
                            path);
            break;
          case 2:
            if (fs::is_regular_file(fs::symlink_status(repository.folder(path)))) {
              fs::permissions(repository.folder(path), fs::perms(chance(2) ? 0755 : 0644));
            }
            break;
          default: {
            // Make way for a folder where a file is, and the other way round.
            for (fs::path up = fs::path(path).parent_path(); !up.empty(); up = up.parent_path()) {
              if (fs::exists(fs::symlink_status(repository.folder(up.string()))) &&
                  !fs::is_directory(repository.folder(up.string()))) {
                repository.remove(up.string());
              }
            }
            if (fs::is_directory(repository.folder(path))) repository.remove(path);
            repository.write(
                path, path.ends_with(".gitignore") ? "*.log\n!/c\n" : std::to_string(random() % 3));
          }
        }
      }
    };
    change(1);
    repository.commit();
    if (chance(3)) repository.git({"update-index", "--index-version", "4"});
    change(3);
    if (chance(2)) repository.git({"add", "--all"});
    change(4);
    for (const std::string& path : paths) {
      if (chance(6)) static_cast<void>(test::run_git(repository.path(), {"add", "--", path}));
      if (chance(9))
        static_cast<void>(
            test::run_git(repository.path(), {"rm", "--quiet", "--cached", "--", path}));
      if (chance(9))
        static_cast<void>(test::run_git(repository.path(), {"add", "--intent-to-add", "--", path}));
    }
    if (chance(2)) repository.git({"write-tree"});
    change(5);
    if (chance(3)) age(repository);
    REQUIRE(ours(repository.path()) == theirs(repository));
  }
}

TEST_CASE("a blob's id is the one git gives") {
  CHECK(blob_id("").hex() == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  CHECK(blob_id("") == kEmptyBlob);
  CHECK(blob_id("hello\n").hex() == "ce013625030ba8dba906f756967f9e9ca394464a");
}

}  // namespace
}  // namespace gate::repo
