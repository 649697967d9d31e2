#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using repo::SampleGit;
using repo::Uncommitted;
using test::RuleUnderTest;

const std::string kId(40, '1');

SampleGit state() {
  SampleGit git;
  repo::Commit commit;
  commit.id = kId;
  commit.message = "feat: pay by card\n\nSigned-off-by: A\n";
  commit.author.email = "dev@lujaiin.sa";
  git.commits = {commit};
  return git;
}

std::string judge(std::string_view keys, const SampleGit& git) {
  const RuleUnderTest rule("git", keys);
  CHECK(rule.mistakes().empty());
  const auto files = test::sample({{"README.md", ""}});
  const auto repository = repo::sample_git(git);
  Context context{*files};
  context.git = repository.get();
  return test::spell(rule.run(context));
}

std::string judge_files(std::string_view keys,
                        const std::map<std::string, repo::SampleFile>& files) {
  const RuleUnderTest rule("git", keys);
  CHECK(rule.mistakes().empty());
  const auto snapshot = repo::sample_snapshot(files);
  return test::spell(rule.run(Context{*snapshot}));
}

std::string mistakes(std::string_view keys) { return RuleUnderTest("git", keys).mistakes(); }

// A sample that says it is a commit.
class CommitSnapshot final : public repo::Snapshot {
 public:
  [[nodiscard]] std::string_view at() const override { return kId; }
  [[nodiscard]] std::span<const repo::File> files() const override { return {}; }
  [[nodiscard]] std::unique_ptr<repo::FileReader> reader() const override { return nullptr; }
  [[nodiscard]] Result<unsigned> mode(const repo::File& /*file*/) const override { return 0644U; }
};

std::string judge_commit(std::string_view keys, const SampleGit& git) {
  const CommitSnapshot files;
  const auto repository = repo::sample_git(git);
  Context context{files};
  context.git = repository.get();
  return test::spell(RuleUnderTest("git", keys).run(context));
}

TEST_CASE("a clean work tree has everything committed") {
  SampleGit git = state();
  CHECK(judge("clean = true", git) == "passed");
  git.uncommitted = {{"a", Uncommitted::State::staged},
                     {"b", Uncommitted::State::modified},
                     {"c", Uncommitted::State::untracked},
                     {"d", Uncommitted::State::deleted},
                     {"e", Uncommitted::State::conflicted}};
  CHECK(judge("clean = true", git) ==
        "failed\na `a` is staged, not committed\nb `b` is modified, not committed\nc `c` is not "
        "tracked\n"
        "d `d` is deleted, not committed\ne `e` has an unresolved conflict");
  git.uncommitted = {{"c", Uncommitted::State::untracked}};
  CHECK(judge("clean = true\nuntracked = false", git) == "passed");
  CHECK(judge_commit("clean = true", git) ==
        "not_applicable: a commit is judged: what the work tree holds beside it changes nothing");
}

TEST_CASE("the branch is one of those that are wanted, as a whole name") {
  SampleGit git = state();
  CHECK(judge("branch = [\"main\", \"release/*\"]", git) == "passed");
  git.head.branch = "release/1.2";
  CHECK(judge("branch = [\"main\", \"release/*\"]", git) == "passed");
  git.head.branch = "feature/main";
  git.branches = {"main"};
  CHECK(judge("branch = \"main\"", git) ==
        "failed\nHEAD is on the branch `feature/main`, not on `main`");
}

TEST_CASE("of a detached HEAD the branches that point at it count") {
  SampleGit git = state();
  git.head.branch.reset();
  CHECK(judge("branch = \"main\"", git) ==
        "could_not_run: no branch points at the commit 1111111, so its branch cannot be told: "
        "fetch the branch, or check it "
        "out by its name");
  git.branches = {"origin/main"};
  CHECK(judge("branch = \"main\"", git) == "passed");
  git.branches = {"feature/main", "next"};
  CHECK(judge("branch = \"main\"", git) ==
        "failed\nthe commit 1111111 is the head of `feature/main`, `next`, not of `main`");
  git.head.branch = "next";
  git.branches = {"main", "next"};
  CHECK(judge_commit("branch = \"main\"", git) == "passed");
}

TEST_CASE("the commit carries a tag") {
  SampleGit git = state();
  CHECK(judge("tag = \"v*\"", git) ==
        "failed\nno tag points at the commit 1111111, one of `v*` must");
  git.tags = {"nightly"};
  CHECK(judge("tag = \"v*\"", git) ==
        "failed\nthe commit 1111111 carries `nightly`, not a tag of `v*`");
  git.tags = {"nightly", "v1.2"};
  CHECK(judge("tag = \"v*\"", git) == "passed");
}

TEST_CASE("message, signature and author of the commit are judged") {
  SampleGit git = state();
  CHECK(judge("message = ['^(feat|fix): ', '^Signed-off-by: ']", git) == "passed");
  CHECK(judge("message = '^DEX-[0-9]+'", git) ==
        "failed\nthe message of 1111111 (`feat: pay by card`) does not match `^DEX-[0-9]+`");
  CHECK(judge("message_forbid = '(?i)\\bwip\\b'", git) == "passed");
  CHECK(judge("message_forbid = 'card'", git) ==
        "failed\nthe message of 1111111 (`feat: pay by card`) matches `card`");
  CHECK(judge("signed = true", git) ==
        "failed\nthe commit 1111111 is not signed [git commit --amend -S]");
  CHECK(judge("author_email = '@lujaiin\\.sa$'", git) == "passed");
  CHECK(
      judge("author_email = '@example\\.org$'", git) ==
      "failed\nthe author of 1111111 is `dev@lujaiin.sa`, which does not match `@example\\.org$`");
  git.commits[0].has_signature = true;
  CHECK(judge("signed = true", git) == "passed");
  git.commits.clear();
  CHECK(judge("signed = true", git).substr(0, 15) == "could_not_run: ");
}

TEST_CASE("a branch without commits has no commit to judge") {
  SampleGit git = state();
  git.head.commit.clear();
  CHECK(judge("signed = true", git) == "could_not_run: there is no commit yet");
  CHECK(judge("branch = \"main\"", git) == "passed");
  CHECK(judge("clean = true", git) == "passed");
}

TEST_CASE("ancestry is decided where the history reaches") {
  SampleGit git = state();
  CHECK(judge("ancestor = \"v1.0\"", git) ==
        "failed\n`v1.0` is no ancestor of the commit 1111111 [rebase onto v1.0 or merge it]");
  git.shallow = true;
  CHECK(judge("ancestor = \"v1.0\"", git) ==
        "could_not_run: the history is cut short, so nobody can tell whether `v1.0` is in it: "
        "fetch it whole (git fetch "
        "--unshallow, fetch-depth: 0)");
  git.ancestors = {"v1.0"};
  CHECK(judge("ancestor = \"v1.0\"", git) == "passed");
}

TEST_CASE("tracked files that an ignore rule covers are found") {
  SampleGit git = state();
  CHECK(judge("tracked_ignored = false", git) == "passed");
  git.tracked_but_ignored = {".env"};
  CHECK(
      judge("tracked_ignored = false", git) ==
      "failed\n.env `.env` is tracked although an ignore rule covers it [git rm --cached -- .env]");
}

TEST_CASE("outside a repository what git knows cannot be told") {
  CHECK(judge_files("clean = true", {{"a", {}}}) == "could_not_run: not a git repository");
  CHECK(judge_files("branch = \"main\"", {{"a", {}}}) == "could_not_run: not a git repository");
  CHECK(judge_files("conflict_markers = false", {{"a", {}}}) == "passed");
  CHECK(judge_files("clean = true\nsubmodules = false", {{"a", {}}}) ==
        "could_not_run: not a git repository");
}

TEST_CASE("an unresolved conflict is found where it begins") {
  const std::string conflict =
      "a\n<<<<<<< HEAD\nours\n||||||| base\n=======\ntheirs\n>>>>>>> next\nb\n";
  CHECK(judge_files("conflict_markers = false", {{"a.php", {conflict}}}) ==
        "failed\na.php:2:1 an unresolved merge conflict, up to line 7 [resolve it and take the "
        "markers out]");
  CHECK(judge_files("conflict_markers = false", {{"a.php", {conflict + conflict}}}) ==
        "failed\na.php:2:1 an unresolved merge conflict, up to line 7 [resolve it and take the "
        "markers out]\n"
        "a.php:10:1 an unresolved merge conflict, up to line 15 [resolve it and take the markers "
        "out]");
  for (const std::string& harmless : {
           std::string(
               "    <<<<<<< HEAD\n    =======\n    >>>>>>> next\n"),  // shown in documentation
           std::string("Heading\n=======\n\n>>>>>>> quoted\n"),
           std::string("<<<<<<< HEAD\n>>>>>>> next\n"),
           std::string("<<<<<<<< 8\n========\n>>>>>>>> 8\n"),
           std::string(),
       }) {
    CHECK(judge_files("conflict_markers = false", {{"a.md", {harmless}}}) == "passed");
  }
  CHECK(judge_files("conflict_markers = false",
                    {{"a", {"<<<<<<< x\n"}}, {"b", {"=======\n>>>>>>> x\n"}}}) == "passed");
}

TEST_CASE("large files and submodules are found") {
  repo::SampleFile module;
  module.kind = repo::FileKind::submodule;
  repo::SampleFile untracked{std::string(2000, 'x'), repo::FileKind::regular, 0644, false};
  const std::map<std::string, repo::SampleFile> files{{"big.bin", {std::string(1025, 'x')}},
                                                      {"lib/x", module},
                                                      {"small", {std::string(1024, 'x')}},
                                                      {"tmp", untracked}};
  CHECK(judge_files("max_blob = \"2KB\"", files) == "passed");
  CHECK(judge_files("max_blob = \"1KB\"", files) ==
        "failed\nbig.bin `big.bin` has 1.0 KB, at most 1.0 KB are wanted [keep it out of git, or "
        "in Git LFS]");
  CHECK(judge_files("submodules = false", files) == "failed\nlib/x `lib/x` is a submodule");
  CHECK(judge_files("submodules = false", {{"a", {}}}) == "passed");
}

TEST_CASE("mistakes in the keys of a git rule are told") {
  CHECK_FALSE(mistakes("").empty());
  CHECK(mistakes("clean = false") ==
        "1:9 `clean = false` asks nothing; write clean = true, or take the line out\n");
  CHECK(mistakes("submodules = true") ==
        "1:14 `submodules = true` asks nothing; write submodules = false, or take the line out\n");
  CHECK(mistakes("signed = true\nuntracked = false") ==
        "2:13 `untracked` without `clean`; write clean = true beside it\n");
  CHECK(mistakes("ancestor = \"\"").find("`ancestor` is empty; name a revision: \"v1.0\"") !=
        std::string::npos);
  CHECK_FALSE(mistakes("branch = [\"a\", \"[\"]").empty());
  CHECK_FALSE(mistakes("message = '('").empty());
}

}  // namespace
}  // namespace gate::checks
