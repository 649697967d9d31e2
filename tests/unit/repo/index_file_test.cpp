#include "gate/repo/index_file.h"

#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "tests/support/temp_repository.h"

namespace gate::repo {
namespace {

std::string index_bytes(const test::TempRepository& repository) {
  std::ifstream file(repository.folder(".git/index"), std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// Writes an index as `git ls-files --stage` does.
std::string staged(const IndexFile& index) {
  std::ostringstream text;
  for (const IndexEntry& entry : index.entries()) {
    text << std::oct << entry.mode << std::dec << ' ' << entry.id.hex() << ' ' << int{entry.stage}
         << '\t' << entry.path << '\n';
  }
  return text.str();
}

test::TempRepository& filled() {
  static test::TempRepository repository;
  static const bool done = [] {
    for (int i = 0; i < 40; ++i) {
      repository.write(
          "dir" + std::to_string(i % 7) + "/file" + std::string(static_cast<std::size_t>(i), 'x'),
          std::to_string(i));
    }
    repository.write(
        std::string(200, 'd') + "/" + std::string(200, 'e') + "/" + std::string(250, 'f'), "deep");
    repository.link("link", "dir0");
    repository.commit();
    return true;
  }();
  static_cast<void>(done);
  return repository;
}

TEST_CASE("every version of the index reads as git lists it") {
  const auto& repository = filled();
  for (const char* version : {"2", "3", "4"}) {
    CAPTURE(version);
    repository.git({"update-index", "--index-version", version});
    if (*version == '3')
      repository.git({"update-index", "--skip-worktree", "dir1/file" + std::string(1, 'x')});
    const auto index = IndexFile::parse(index_bytes(repository));
    REQUIRE(index.has_value());
    CHECK(staged(*index) == repository.git({"ls-files", "--stage"}) + "\n");
    CHECK_FALSE(index->is_split());
    CHECK_FALSE(index->is_sparse());
  }
  repository.git({"update-index", "--index-version", "2"});
  repository.git({"write-tree"});  // fills the cache tree
  const auto index = IndexFile::parse(index_bytes(repository));
  const CachedTree root = index->cached_tree();
  CHECK(root.entry_count == 42);
  CHECK(root.id.hex() == repository.git({"rev-parse", "HEAD^{tree}"}));
  CHECK(root.children.size() == 8);
}

TEST_CASE("flags of an index entry are read") {
  const test::TempRepository repository;
  repository.write("a", "a");
  repository.write("b", "b");
  repository.write("c", "c");
  repository.git({"add", "a", "b"});
  repository.git({"add", "--intent-to-add", "c"});
  repository.git({"update-index", "--assume-unchanged", "a"});
  repository.git({"update-index", "--skip-worktree", "b"});
  const auto index = IndexFile::parse(index_bytes(repository));
  REQUIRE(index->entries().size() == 3);
  CHECK(index->entries()[0].assume_valid);
  CHECK(index->entries()[1].skip_worktree);
  CHECK(index->entries()[2].intent_to_add);
  CHECK(index->cached_tree().entry_count < 0);
}

TEST_CASE("an index without bytes has no entries") {
  const auto index = IndexFile::parse("");
  REQUIRE(index.has_value());
  CHECK(index->entries().empty());
  CHECK(index->cached_tree().entry_count == -1);
}

TEST_CASE("a damaged index is an error that says how") {
  const std::string good = index_bytes(filled());
  const auto message = [](std::string bytes) {
    return IndexFile::parse(std::move(bytes)).error().message;
  };
  CHECK(message("DIRC") == "the index is damaged: it is cut short");
  CHECK(message("XXXX" + good.substr(4)) == "the index is damaged: it does not begin with `DIRC`");
  CHECK(message(good.substr(0, 7) + "\x07" + good.substr(8)) ==
        "the index has version 7; gate reads versions 2 to 4");
  CHECK(message(good.substr(0, 8) + "\xFF\xFF\xFF\xFF" + good.substr(12)) ==
        "the index is damaged: it holds fewer entries than it says");
  const std::string end = good.substr(good.size() - 20);
  const std::string start = good.substr(0, 8) + std::string(4, '\0');
  CHECK(IndexFile::parse(start + end).has_value());
  CHECK(message(start + std::string("abcd\0\0\0\0", 8) + end) ==
        "the index has an extension that gate does not know");
  CHECK(message(start + std::string("TREE\0\0\0\1", 8) + end) ==
        "the index is damaged: an extension is cut short");
  CHECK(message(start + "TRE" + end) ==
        "the index is damaged: there is something behind its last extension");
  CHECK(IndexFile::parse(start + std::string("XTRA\0\0\0\0", 8) + end).has_value());
  CHECK(IndexFile::parse(start + std::string("link\0\0\0\0", 8) + end)->is_split());
}

TEST_CASE("a cut or changed index never leads astray") {
  std::mt19937 random(7);
  for (const char* version : {"2", "4"}) {
    filled().git({"update-index", "--index-version", version});
    const std::string good = index_bytes(filled());
    for (std::size_t length = 0; length < good.size(); length += 13) {
      const auto index = IndexFile::parse(good.substr(0, length));
      if (index) static_cast<void>(index->cached_tree());
    }
    for (int i = 0; i < 3000; ++i) {
      std::string bad = good;
      for (int n = 0; n < 3; ++n)
        bad[random() % bad.size()] = static_cast<char>(random());
      const auto index = IndexFile::parse(bad);
      if (index) static_cast<void>(index->cached_tree());
    }
  }
  SUCCEED();
}

}  // namespace
}  // namespace gate::repo
