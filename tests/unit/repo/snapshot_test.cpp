#include "gate/repo/snapshot.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "gate/repo/sample.h"

namespace gate::repo {
namespace {

std::vector<std::string> paths(std::span<const File> files) {
  std::vector<std::string> result;
  for (const File& file : files)
    result.emplace_back(file.path);
  return result;
}

TEST_CASE("a sample lists its files by the bytes of their paths") {
  const auto snapshot = sample_snapshot(
      {{"b/x", {.content = "1"}}, {"b.x", {}}, {"a", {}}, {"b/y/z", {}}, {"b0", {}}});
  CHECK(snapshot->at() == "sample");
  CHECK(paths(snapshot->files()) == std::vector<std::string>{"a", "b.x", "b/x", "b/y/z", "b0"});
  CHECK(paths(snapshot->below("b")) == std::vector<std::string>{"b/x", "b/y/z"});
  CHECK(paths(snapshot->below("b/")) == std::vector<std::string>{"b/x", "b/y/z"});
  CHECK(paths(snapshot->below("b/y")) == std::vector<std::string>{"b/y/z"});
  CHECK(snapshot->below("c").empty());
  CHECK(snapshot->below("a").empty());
  CHECK(snapshot->below("").size() == 5);
  REQUIRE(snapshot->find("b/x") != nullptr);
  CHECK(snapshot->find("b/x")->path == "b/x");
  CHECK(snapshot->find("b") == nullptr);
  CHECK(snapshot->find("") == nullptr);
  CHECK(sample_snapshot({})->files().empty());
}

TEST_CASE("a file is read whole or not at all") {
  const std::string long_text(300'000, 'x');
  const auto snapshot = sample_snapshot(
      {{"empty", {}}, {"long", {.content = long_text}}, {"short", {.content = "ab"}}});
  const auto reader = snapshot->reader();
  std::string buffer;
  const auto read = [&](const char* path, std::uint64_t limit) {
    return read_all(*reader, *snapshot->find(path), buffer, limit);
  };
  CHECK(*read("long", long_text.size()) == long_text);
  CHECK(*read("short", 2) == "ab");
  CHECK(read("empty", 0)->empty());
  CHECK(read("long", long_text.size() - 1).error().message ==
        "long is larger than 299999 bytes, the most that is read at once");
  CHECK(*read_text(*snapshot, "short") == "ab");
  CHECK(*read_text(*snapshot, "long") == long_text);
  CHECK(read_text(*snapshot, "empty")->empty());
  CHECK(read_text(*snapshot, "none").error().message == "none does not exist");
}

TEST_CASE("a sample's type and mode agree") {
  const auto snapshot = sample_snapshot(
      {{"a", {.kind = FileKind::executable}},
       {"b", {.mode = 0755}},
       {"c", {.mode = 0600}},
       {"d", {.content = "target", .kind = FileKind::symlink, .mode = 0777, .tracked = false}},
       {"e", {.content = "ignored", .kind = FileKind::submodule}}});
  const auto mode = [&](const char* path) { return *snapshot->mode(*snapshot->find(path)); };
  CHECK(snapshot->find("a")->kind == FileKind::executable);
  CHECK(mode("a") == 0755);
  CHECK(snapshot->find("b")->kind == FileKind::executable);
  CHECK(snapshot->find("c")->kind == FileKind::regular);
  CHECK(mode("c") == 0600);
  CHECK(snapshot->find("d")->kind == FileKind::symlink);
  CHECK_FALSE(snapshot->find("d")->tracked);
  CHECK(*read_text(*snapshot, "d") == "target");
  CHECK(read_text(*snapshot, "e")->empty());
}

TEST_CASE("a sample's state answers as a repository would") {
  SampleGit state;
  const std::string id = state.head.commit;
  state.commits.emplace_back();
  state.commits.back().id = id;
  state.commits.back().message = "hello";
  state.uncommitted = {{"z", Uncommitted::State::modified}, {"a", Uncommitted::State::untracked}};
  state.tags = {"v2", "v1", "v1"};
  state.branches = {"main"};
  state.ancestors = {"v0"};
  state.changed = {{"docs/a.md", 100}, {"docs/b.md", 200}, {"src/a.c", 300}};
  const auto git = sample_git(state);
  CHECK(git->head()->branch == "main");
  CHECK(git->commit(id)->message == "hello");
  CHECK(git->commit("x").error().message == "commit x does not exist");
  CHECK(git->uncommitted()->front().path == "a");
  CHECK(*git->tags_at(id) == std::vector<std::string>{"v1", "v2"});
  CHECK(git->tags_at("x")->empty());
  CHECK(*git->branches_at(id) == std::vector<std::string>{"main"});
  CHECK(*git->is_ancestor("v0", id));
  CHECK(*git->is_ancestor(id, id));
  CHECK_FALSE(*git->is_ancestor("v3", id));
  base::GlobSet docs;
  REQUIRE(docs.add("docs/**").has_value());
  CHECK(**git->last_changed(docs) == 200);
  base::GlobSet none;
  REQUIRE(none.add("lib/**").has_value());
  CHECK_FALSE(git->last_changed(none)->has_value());
}

}  // namespace
}  // namespace gate::repo
