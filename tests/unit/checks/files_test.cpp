#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using repo::FileKind;
using repo::SampleFile;
using test::RuleUnderTest;
using Files = std::map<std::string, SampleFile>;

SampleFile link_to(std::string target) {
  return {std::move(target), FileKind::symlink, 0777, true};
}
SampleFile with_mode(unsigned mode) { return {"x", FileKind::regular, mode, true}; }
SampleFile untracked() { return {"x", FileKind::regular, 0644, false}; }

std::string judge(std::string_view keys, const Files& files) {
  const RuleUnderTest rule("files", keys);
  CHECK(rule.mistakes().empty());
  const auto snapshot = repo::sample_snapshot(files);
  return test::spell(rule.run(Context{*snapshot}));
}

std::string mistakes(std::string_view keys) { return RuleUnderTest("files", keys).mistakes(); }

// A snapshot under another name than "sample", without the permissions of a disk.
class CommitSnapshot final : public repo::Snapshot {
 public:
  explicit CommitSnapshot(const Files& files) : files_(repo::sample_snapshot(files)) {}
  [[nodiscard]] std::string_view at() const override {
    return "1111111111111111111111111111111111111111";
  }
  [[nodiscard]] std::span<const repo::File> files() const override { return files_->files(); }
  [[nodiscard]] std::unique_ptr<repo::FileReader> reader() const override {
    return files_->reader();
  }
  [[nodiscard]] Result<unsigned> mode(const repo::File& file) const override {
    return files_->mode(file);
  }

 private:
  std::unique_ptr<repo::Snapshot> files_;
};

TEST_CASE("required files are there") {
  const Files files{
      {"composer.json", {}}, {"app/Seeders/AdminUserSeeder.php", {}}, {"notes.txt", untracked()}};
  CHECK(judge("require = [\"composer.json\", \"app/**/*Seeder.php\"]", files) == "passed");
  CHECK(judge("require = [\"/composer.lock\", \"app/**/Setting*.php\"]", files) ==
        "failed\nno file matches `/composer.lock` [add `composer.lock`]\nno file matches "
        "`app/**/Setting*.php`");
  CHECK(judge("require = \"Composer.json\"", files) ==
        "failed\nno file matches `Composer.json`; `composer.json` differs in capital letters [add "
        "`Composer.json`]");
  CHECK(judge("require = \"notes.txt\"", files) == "passed");
  CHECK(judge("require = \"notes.txt\"\ntracked = true", files) ==
        "failed\nno tracked file matches `notes.txt`; `notes.txt` is there, but not tracked by git "
        "[git add notes.txt]");
  CHECK(judge("require_any = [\"yarn.lock\", \"composer.json\"]", files) == "passed");
  CHECK(judge("require_any = [\"yarn.lock\", \"bun.lock\"]", files) ==
        "failed\nno file matches one of `yarn.lock`, `bun.lock` [add one of them]");
  CHECK(judge("require = \"a\"", {}) == "failed\nno file matches `a` [add `a`]");
}

TEST_CASE("forbidden files are findings, each at its path") {
  const Files files{
      {".env", {}}, {".env.bak", untracked()}, {"public/.env.old", {}}, {".env.example", {}}};
  CHECK(judge("forbid = [\".env*\", \"!.env.example\"]", files) ==
        "failed\n.env `.env` must not be in the repository\n.env.bak `.env.bak` must not be in the "
        "repository\n"
        "public/.env.old `public/.env.old` must not be in the repository");
  CHECK(judge("forbid = \"/.env*\"\ntracked = true", {{".env", {}}, {".env.bak", untracked()}}) ==
        "failed\n.env `.env` must not be tracked by git [git rm --cached -- .env]");
  CHECK(judge("forbid = \"*.sql\"", files) == "passed");
  CHECK(judge("forbid = \".env.bak\"\ntracked = true", files) == "passed");
  CHECK(judge("forbid = \".env\"\ntracked = false", files) == "passed");
}

TEST_CASE("permissions go no further than the mode") {
  CHECK(judge("paths = \".env\"\nmax_mode = \"0640\"", {{".env", with_mode(0640)}}) == "passed");
  CHECK(judge("paths = \".env\"\nmax_mode = \"0640\"", {{".env", with_mode(0400)}}) == "passed");
  CHECK(judge("paths = \".env\"\nmax_mode = \"600\"", {{".env", with_mode(0644)}}) ==
        "failed\n.env `.env` has the mode 0644, at most 0600 is wanted [chmod 0600 .env]");
  CHECK(judge("paths = \".env\"\nmax_mode = \"0640\"", {{"a", with_mode(0644)}}) ==
        "not_applicable: no file matches `.env`");
}

TEST_CASE("of a commit only the executable bit is known") {
  const RuleUnderTest strict("files", "paths = \"*\"\nmax_mode = \"0640\"");
  const CommitSnapshot plain({{".env", with_mode(0644)}});
  CHECK(test::spell(strict.run(Context{plain})) ==
        "not_applicable: git keeps no permissions besides the executable bit: judged with --at "
        "worktree");
  const CommitSnapshot executable({{".env", {"x", FileKind::executable, 0755, true}}});
  CHECK(test::spell(strict.run(Context{executable})) ==
        "failed\n.env `.env` has the mode 0755, at most 0640 is wanted [chmod 0640 .env]");
  CHECK(test::spell(
            RuleUnderTest("files", "paths = \"*\"\nmax_mode = \"0644\"").run(Context{plain})) ==
        "passed");
  const Answer both =
      RuleUnderTest("files", "paths = \"*\"\nmax_mode = \"0640\"\nno_symlinks = true")
          .run(Context{plain});
  CHECK(test::spell(both) == "passed");
  CHECK(both.evidence.back() ==
        "git keeps no permissions besides the executable bit: judged with --at worktree");
}

TEST_CASE("sizes stay below the limit") {
  const Files files{{"a", {std::string(2048, 'x')}}, {"b", {std::string(2049, 'x')}}, {"c", {}}};
  CHECK(judge("max_size = \"3KB\"", files) == "passed");
  CHECK(judge("max_size = 2048", files) == "failed\nb `b` has 2.0 KB, at most 2.0 KB are wanted");
  CHECK(judge("paths = \"a\"\nmax_size = 1", files) ==
        "failed\na `a` has 2.0 KB, at most 1 byte are wanted");
}

TEST_CASE("a link leads where it must") {
  const std::string_view rule = "paths = \"public/storage\"\nsymlink_to = \"storage/app/public\"";
  CHECK(judge(rule, {{"public/storage", link_to("../storage/app/public")}}) == "passed");
  CHECK(judge(rule, {{"public/storage", link_to("storage/app/public")}}) == "passed");
  CHECK(
      judge(rule, {{"public/storage", link_to("../storage")}}) ==
      "failed\npublic/storage `public/storage` leads to `../storage`, not to `storage/app/public` "
      "[ln -sfn ../storage/app/public public/storage]");
  CHECK(judge(rule, {{"public/storage", {}}}) ==
        "failed\npublic/storage `public/storage` is no symbolic link, it must lead to "
        "`storage/app/public` "
        "[ln -sf ../storage/app/public public/storage]");
  CHECK(judge(rule, {{"public/storage/logo.png", {}}}) ==
        "failed\npublic/storage/logo.png `public/storage` is a folder, not a symbolic link to "
        "`storage/app/public` "
        "[remove the folder and link it: ln -s ../storage/app/public public/storage]");
  CHECK(judge(rule, {{"public/index.php", {}}}) ==
        "not_applicable: no file matches `public/storage`");

  const auto snapshot =
      repo::sample_snapshot({{"public/storage", link_to("/srv/app/storage/app/public")}});
  Context context{*snapshot};
  context.folder = "/srv/app";
  CHECK(test::spell(RuleUnderTest("files", rule).run(context)) == "passed");
  context.folder = "/srv/other";
  CHECK(RuleUnderTest("files", rule).run(context).verdict == finding::Verdict::failed);
}

TEST_CASE("symbolic links and paths that are not UTF-8 are found") {
  const Files files{{"a", {}}, {"l", link_to("/etc/passwd")}, {"b\xFF", {}}};
  CHECK(judge("no_symlinks = true", files) == "failed\nl `l` is a symbolic link to `/etc/passwd`");
  CHECK(judge("no_symlinks = true\npaths = \"a\"", files) == "passed");
  CHECK(judge("utf8_paths = true", files) ==
        "failed\nb\xFF the path `b\xEF\xBF\xBD` is not UTF-8 [rename the file]");
  CHECK(judge("utf8_paths = true\npaths = \"a\"", files) == "passed");
}

TEST_CASE("files are counted") {
  const Files files{{"docs/a.md", {}}, {"docs/b.md", {}}};
  CHECK(judge("paths = \"docs/*.md\"\nmin_count = 1\nmax_count = 2", files) == "passed");
  CHECK(judge("paths = \"docs/*.md\"\nmin_count = 3", files) ==
        "failed\n2 files match `docs/*.md`, at least 3 must");
  CHECK(judge("paths = \"docs/*.md\"\nmax_count = 1", files) ==
        "failed\n2 files match `docs/*.md`, at most 1 may");
  CHECK(judge("paths = \"c.md\"\nmin_count = 1", files) ==
        "failed\n0 files match `c.md`, at least 1 must");
  CHECK(judge("paths = \"docs/a.md\"\nmax_count = 0", files) ==
        "failed\n1 file matches `docs/a.md`, at most 0 may");
}

TEST_CASE("mistakes in the keys of a files rule are told") {
  CHECK_FALSE(mistakes("paths = \"a\"").empty());
  CHECK(mistakes("require = [\"a\", \"[\"]").substr(0, 5) == "1:17 ");
  CHECK(mistakes("paths = \"a\"\nmax_mode = \"rw\"") ==
        "2:12 `rw` is no mode; write it in octal: max_mode = \"0640\"\n");
  CHECK(mistakes("paths = \"a\"\nmax_mode = \"17777\"").substr(0, 5) == "2:12 ");
  CHECK(mistakes("max_mode = \"0640\"") ==
        "1:12 `max_mode` without `paths`; name the files: paths = [\".env\"]\n");
  CHECK(mistakes("paths = \"a\"\nmin_count = 2\nmax_count = 1") ==
        "2:13 `min_count` is more than `max_count`\n");
  CHECK_FALSE(mistakes("require = \"a\"\nmax_sise = 1").empty());
}

}  // namespace
}  // namespace gate::checks
