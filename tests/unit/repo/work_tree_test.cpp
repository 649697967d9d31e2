// The snapshot of a work tree, held against what git lists and what lies on disk.
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

#include "gate/repo/repository.h"
#include "tests/support/temp_repository.h"

namespace gate::repo {
namespace {

namespace fs = std::filesystem;
using test::TempFolder;
using test::TempRepository;

std::unique_ptr<Snapshot> work_tree(const fs::path& folder, std::string_view prefix = "") {
  auto repository = Repository::open(folder);
  if (!repository) FAIL(repository.error().message);
  REQUIRE(*repository != nullptr);
  auto snapshot = (*repository)->work_tree_snapshot(prefix);
  if (!snapshot) FAIL(snapshot.error().message);
  return *std::move(snapshot);
}

// One line a file: type, `?` for untracked, path.
std::string listing(const Snapshot& snapshot) {
  std::string text;
  for (const File& file : snapshot.files()) {
    text += "rxls"[static_cast<int>(file.kind)];
    text += file.tracked ? ' ' : '?';
    text.append(file.path).push_back('\n');
  }
  return text;
}

TEST_CASE("the work tree is what is tracked and there, and what no rule ignores") {
  const TempRepository repository;
  repository.write("b.txt", "tracked");
  repository.write("b/in.txt", "tracked");
  repository.write("b0", "tracked");
  repository.write("gone.txt", "tracked");
  repository.write("gone/in.txt", "tracked");
  repository.write("kept.log", "tracked although ignored later");
  repository.write("out/kept.o", "tracked in a folder ignored later");
  repository.write("run.sh", "#!/bin/sh");
  fs::permissions(repository.folder("run.sh"), fs::perms(0755));
  repository.link("link", "b.txt");
  repository.commit();
  repository.write(".gitignore", "*.log\nout/\n");
  repository.write("b/.gitignore", "!kept.log\n");
  repository.write("b/kept.log", "untracked");
  repository.write("b/new.log", "kept.log only");
  repository.write("new.log", "ignored");
  repository.write("out/new.o", "ignored");
  repository.write("new/deep/er.txt", "untracked");
  repository.write("new.sh", "#!/bin/sh");
  fs::permissions(repository.folder("new.sh"), fs::perms(0750));
  repository.link("new-link", "/etc/passwd");
  repository.remove("gone.txt");
  repository.remove("gone");
  const auto snapshot = work_tree(repository.path());
  CHECK(snapshot->at() == "worktree");
  CHECK(listing(*snapshot) ==
        "r?.gitignore\n"
        "r b.txt\n"
        "r?b/.gitignore\n"
        "r b/in.txt\n"
        "r?b/kept.log\n"
        "r b0\n"
        "r kept.log\n"
        "l link\n"
        "l?new-link\n"
        "x?new.sh\n"
        "r?new/deep/er.txt\n"
        "r out/kept.o\n"
        "x run.sh\n");
  CHECK(*snapshot->mode(*snapshot->find("new.sh")) == 0750);
  CHECK(**snapshot->mode_on_disk("new.sh") == 0750);
  CHECK_FALSE(snapshot->mode_on_disk("none")->has_value());
  CHECK_FALSE(snapshot->mode_on_disk("../new.sh").has_value());
  CHECK(*read_text(*snapshot, "b/in.txt") == "tracked");
  CHECK(*read_text(*snapshot, "new-link") == "/etc/passwd");
  CHECK(*read_text(*snapshot, "link") == "b.txt");

  const auto below = work_tree(repository.folder("b"), "b");
  CHECK(listing(*below) == "r?.gitignore\nr in.txt\nr?kept.log\n");
  CHECK(*read_text(*below, "in.txt") == "tracked");
  CHECK(listing(*work_tree(repository.path(), "out/")) == "r kept.o\n");
  CHECK(listing(*work_tree(repository.path(), "new/deep")) == "r?er.txt\n");
}

TEST_CASE("a prefix that is no folder of the work tree is an error") {
  const TempRepository repository;
  repository.write("a/b", "");
  repository.link("link", "a");
  const auto opened = Repository::open(repository.path());
  const auto message = [&](std::string_view prefix) {
    return (*opened)->work_tree_snapshot(prefix).error().message;
  };
  CHECK(message("../x") == "`../x` is no folder of the repository");
  CHECK(message("/etc") == "`/etc` is no folder of the repository");
  CHECK(message("a//b") == "`a//b` is no folder of the repository");
  CHECK(message(".git") == ".git is git's own folder");
  CHECK(message("none") == "open folder none/: no such file or directory");
  CHECK(message("a/b") == "open folder a/b/: not a directory");
  CHECK(message("link") == "open folder link/: a symbolic link is in the way");
}

TEST_CASE("a symbolic link never leads out of the repository") {
  const TempFolder outside;
  std::ofstream(outside.path() / "secret") << "outside";
  fs::create_directory(outside.path() / "sub");
  std::ofstream(outside.path() / "sub/secret") << "outside";
  const TempRepository repository;
  repository.write("dir/secret", "inside");
  repository.write("dir/sub/secret", "inside");
  repository.write("other", "inside");
  repository.commit();
  const auto before = work_tree(repository.path());

  repository.remove("dir");
  repository.link("dir", outside.path().string());
  repository.link("other", (outside.path() / "secret").string());
  // A tracked file whose folder became a link is no file of the work tree.
  const auto snapshot = work_tree(repository.path());
  CHECK(listing(*snapshot) == "l?dir\nl other\n");
  CHECK(*read_text(*snapshot, "other") == (outside.path() / "secret").string());
  // Nor does a reader follow a link that came after the listing.
  const auto reader = before->reader();
  std::string buffer;
  const auto message = [&](const char* path) {
    return read_all(*reader, *before->find(path), buffer).error().message;
  };
  CHECK(message("dir/secret") == "read dir/secret: not a directory");
  CHECK(message("dir/sub/secret") == "read dir/sub/secret: it became a symbolic link");
  CHECK(message("other") == "read other: it became a symbolic link");
  CHECK_FALSE(before->mode(*before->find("dir/secret")).has_value());
}

TEST_CASE("special files are left out and never opened") {
  const TempRepository repository;
  repository.write("file", "");
  repository.write("became-fifo", "");
  repository.commit();
  repository.remove("became-fifo");
  REQUIRE(mkfifo(repository.folder("became-fifo").c_str(), 0600) == 0);
  REQUIRE(mkfifo(repository.folder("fifo").c_str(), 0600) == 0);
  const int socket_file = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  repository.folder("socket").string().copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(bind(socket_file, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  CHECK(listing(*work_tree(repository.path())) == "r file\n");
  close(socket_file);
}

TEST_CASE("contents and paths are bytes") {
  const TempRepository repository;
  const std::string nul("a\0b\r\n", 5);
  const std::string latin = "caf\xE9/\xFF\x01\n.txt";
  const std::vector<std::pair<std::string, std::string>> files{
      {"bom", "\xEF\xBB\xBF{}"}, {"crlf", "a\r\nb\r\n"}, {"empty", ""}, {"nul", nul},
      {latin, "latin"},          {"\xC3\xA9", "e"}};
  for (const auto& [path, bytes] : files)
    repository.write(path, bytes);
  const auto check = [&](const Snapshot& snapshot) {
    for (const auto& [path, bytes] : files) {
      CAPTURE(path);
      CHECK(*read_text(snapshot, path) == bytes);
    }
    CHECK(snapshot.files().size() == files.size());
  };
  check(*work_tree(repository.path()));
  repository.git({"config", "core.autocrlf", "false"});
  const std::string id = repository.commit();
  check(*work_tree(repository.path()));
  const auto opened = Repository::open(repository.path());
  check(**(*opened)->index_snapshot(""));
  check(**(*opened)->commit_snapshot(id, ""));
  CHECK(listing(*work_tree(repository.path(), "caf\xE9")) == "r \xFF\x01\n.txt\n");
}

TEST_CASE("a file of 100 MB is read in full from disk, index and commit") {
  const TempRepository repository;
  constexpr std::size_t kSize = 100'000'000;
  std::string bytes(kSize, 'x');
  bytes[kSize - 1] = '!';
  repository.write("large", bytes);
  const std::string id = repository.commit();
  const auto opened = Repository::open(repository.path());
  const auto whole = [](const Snapshot& snapshot) {
    std::string buffer;
    const auto reader = snapshot.reader();
    const auto text = read_all(*reader, *snapshot.find("large"), buffer);
    return text.has_value() && text->size() == kSize && text->ends_with("x!");
  };
  CHECK(whole(**(*opened)->work_tree_snapshot("")));
  CHECK(whole(**(*opened)->index_snapshot("")));
  CHECK(whole(**(*opened)->commit_snapshot(id, "")));
}

TEST_CASE("submodules are one entry, other repositories below are not gone into") {
  const TempRepository library;
  library.write("lib.c", "int x;");
  const std::string id = library.commit();
  const TempRepository repository;
  repository.write("lib.txt", "sorts before lib/");
  repository.git({"submodule", "--quiet", "add", library.path().string(), "lib"});
  repository.commit();
  repository.git({"clone", "--quiet", library.path().string(), "nested"});
  repository.git({"clone", "--quiet", library.path().string(), "dir/nested"});
  repository.write("dir/file", "");
  repository.write("no-repository/.git/file", "never listed");
  repository.write("no-repository/file", "listed");
  const auto snapshot = work_tree(repository.path());
  CHECK(listing(*snapshot) ==
        "r .gitmodules\nr?dir/file\ns lib\nr lib.txt\nr?no-repository/file\n");
  CHECK(read_text(*snapshot, "lib")->empty());
  const auto opened = Repository::open(repository.path());
  CHECK(listing(**(*opened)->index_snapshot("")) == "r .gitmodules\ns lib\nr lib.txt\n");
  // Inside, the submodule is the repository.
  CHECK(listing(*work_tree(repository.folder("lib"))) == "r lib.c\n");
  CHECK((*(*Repository::open(repository.folder("lib")))->head()).commit == id);
}

TEST_CASE("what a sparse checkout leaves out is read from the object database") {
  for (const bool sparse_index : {false, true}) {
    CAPTURE(sparse_index);
    const TempRepository repository;
    repository.write("top", "");
    repository.write("in/a", "");
    repository.write("out/b", "b");
    repository.write("out/sub/c", "c");
    repository.write("out/.gitignore", "*.o\n");
    const std::string id = repository.commit();
    repository.git({"sparse-checkout", "set", "--cone",
                    sparse_index ? "--sparse-index" : "--no-sparse-index", "in"});
    REQUIRE_FALSE(fs::exists(repository.folder("out")));
    const std::string all = "r in/a\nr out/.gitignore\nr out/b\nr out/sub/c\nr top\n";
    const auto files = work_tree(repository.path());
    CHECK(listing(*files) == all);
    CHECK(*read_text(*files, "out/sub/c") == "c");
    CHECK(*files->size(*files->find("out/.gitignore")) == 4);
    CHECK(*files->mode(*files->find("out/b")) == 0644);
    CHECK(listing(*(*Repository::open(repository.path()))->work_tree_snapshot("in").value()) ==
          "r a\n");
    const auto opened = Repository::open(repository.path());
    if (!opened) FAIL(opened.error().message);
    CHECK(listing(**(*opened)->index_snapshot("")) == all);
    CHECK(*read_text(**(*opened)->index_snapshot("out"), "sub/c") == "c");
    CHECK(listing(**(*opened)->commit_snapshot(id, "")) == all);
    CHECK((*opened)->uncommitted()->empty());
    // A rule that is not on disk still counts, and a file that came back is tracked.
    repository.write("out/b", "b");
    repository.write("out/new.o", "");
    repository.write("out/new.c", "");
    CHECK(listing(*work_tree(repository.path())) ==
          "r in/a\nr out/.gitignore\nr out/b\nr?out/new.c\nr out/sub/c\nr top\n");
  }
}

std::unique_ptr<Snapshot> lazy_work_tree(const fs::path& folder, std::string_view prefix = "") {
  auto snapshot = (*Repository::open(folder))->work_tree_snapshot(prefix, true);
  if (!snapshot) FAIL(snapshot.error().message);
  return *std::move(snapshot);
}

TEST_CASE("a lazy work tree answers for one file as the walk would") {
  const TempRepository repository;
  repository.write("gate.toml", "policy");
  repository.write("run.sh", "#!/bin/sh");
  fs::permissions(repository.folder("run.sh"), fs::perms(0755));
  repository.write("gone", "");
  repository.write("became", "a folder");
  repository.write("sub/gate.toml", "of the part");
  repository.link("link", "gate.toml");
  repository.commit();
  fs::remove(repository.folder("gone"));
  fs::remove(repository.folder("became"));
  repository.write("became/file", "");
  repository.write(".gitignore", "ignored\n");
  repository.write("ignored", "");
  repository.write("new", "");
  const auto whole = work_tree(repository.path());
  const auto part = work_tree(repository.path(), "sub/");
  for (const char* path : {"gate.toml", "run.sh", "gone", "became", "link", "ignored", "new",
                           "none", "sub", "sub/gate.toml", ""}) {
    CAPTURE(path);
    // One for each: what is asked for first may walk.
    const auto lazy = lazy_work_tree(repository.path());
    const File* const found = lazy->find(path);
    const File* const wanted = whole->find(path);
    REQUIRE((found == nullptr) == (wanted == nullptr));
    if (found == nullptr) continue;
    CHECK(found->path == wanted->path);
    CHECK(found->kind == wanted->kind);
    CHECK(found->tracked == wanted->tracked);
    CHECK(*read_text(*lazy, path) == *read_text(*whole, path));
    CHECK(*lazy->mode(*found) == *whole->mode(*wanted));
    CHECK(*lazy->size(*found) == *whole->size(*wanted));
    CHECK(listing(*lazy) == listing(*whole));
    CHECK(lazy->is_complete().has_value());
    // What was found before the walk stays good after it.
    CHECK(*lazy->size(*found) == *whole->size(*wanted));
  }
  const auto lazy = lazy_work_tree(repository.path(), "sub/");
  CHECK(*read_text(*lazy, "gate.toml") == "of the part");
  CHECK(listing(*lazy) == listing(*part));
}

TEST_CASE("a lazy work tree finds what a sparse checkout left out") {
  const TempRepository repository;
  repository.write("kept", "kept");
  repository.write("left", "left out");
  repository.commit();
  repository.git({"update-index", "--skip-worktree", "left"});
  fs::remove(repository.folder("left"));
  const auto lazy = lazy_work_tree(repository.path());
  REQUIRE(lazy->find("kept") != nullptr);
  CHECK(*read_text(*lazy, "left") == "left out");
}

TEST_CASE("a folder outside any repository is listed with its own ignore files") {
  const TempFolder folder;
  const auto write = [&](const char* path, const char* text) {
    fs::create_directories((folder.path() / path).parent_path());
    std::ofstream(folder.path() / path) << text;
  };
  write("a", "1");
  write("sub/.gitignore", "*.o\n");
  write("sub/x.o", "");
  write("sub/x.c", "");
  write("repo/.git/HEAD", "ref: refs/heads/main\n");
  write("repo/file", "2");
  const auto snapshot = folder_snapshot(folder.path());
  REQUIRE(snapshot.has_value());
  CHECK((*snapshot)->at() == "worktree");
  CHECK(listing(**snapshot) == "r?a\nr?repo/file\nr?sub/.gitignore\nr?sub/x.c\n");
  CHECK(*read_text(**snapshot, "repo/file") == "2");
  CHECK(folder_snapshot(folder.path() / "none").error().message ==
        "open folder " + (folder.path() / "none").string() + ": no such file or directory");
  const TempFolder empty;
  CHECK((*folder_snapshot(empty.path()))->files().empty());
}

TEST_CASE("a folder that cannot be read is an error, never an empty one") {
  if (geteuid() == 0) return;  // root reads everything
  const TempRepository repository;
  repository.write("closed/file", "");
  fs::permissions(repository.folder("closed"), fs::perms::none);
  const auto opened = Repository::open(repository.path());
  CHECK((*opened)->work_tree_snapshot("").error().message ==
        "open folder closed/: permission denied");
  const auto lazy = lazy_work_tree(repository.path());
  CHECK(lazy->is_complete().has_value());  // nobody has asked
  CHECK(lazy->files().empty());
  CHECK(lazy->is_complete().error().message == "open folder closed/: permission denied");
  fs::permissions(repository.folder("closed"), fs::perms::owner_all);
}

}  // namespace
}  // namespace gate::repo
