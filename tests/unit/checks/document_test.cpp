#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using test::RuleUnderTest;
using Files = std::map<std::string, std::string>;

std::string judge(std::string_view keys, const Files& files) {
  const RuleUnderTest rule("document", keys);
  CHECK(rule.mistakes().empty());
  const auto snapshot = test::sample(files);
  return test::spell(rule.run(Context{*snapshot}));
}

std::string judge(std::string_view keys, const std::map<std::string, repo::SampleFile>& files) {
  const auto snapshot = repo::sample_snapshot(files);
  return test::spell(RuleUnderTest("document", keys).run(Context{*snapshot}));
}

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kMarch = 1'772'323'200;  // 2026-03-01

// Judges a document last changed on 2026-03-01, with the code changed `code_days` later; today is
// 2026-06-01.
std::string judge_age(std::string_view keys, std::int64_t code_days, bool shallow = false) {
  const RuleUnderTest rule("document", keys);
  CHECK(rule.mistakes().empty());
  const auto files =
      test::sample({{"docs/[a].md", "text"}, {"docs/a.md", "text"}, {"app/x.php", ""}});
  repo::SampleGit state;
  state.changed = {{"docs/[a].md", kMarch}, {"app/x.php", kMarch + code_days * kDay}};
  state.shallow = shallow;
  const auto git = repo::sample_git(state);
  Context context{*files};
  context.git = git.get();
  context.today = *base::parse_date("2026-06-01");
  return test::spell(rule.run(context));
}

std::string mistakes(std::string_view keys) { return RuleUnderTest("document", keys).mistakes(); }

}  // namespace

TEST_CASE("a document must be there, unless the rule says otherwise") {
  CHECK(judge("paths = ['docs/*.md']", Files{{"docs/a.md", ""}}) == "passed");
  CHECK(judge("paths = ['docs/*.md', 'X.md']", Files{{"README.md", ""}}) ==
        "failed\nno file matches `docs/*.md`, `X.md`");
  CHECK(judge("paths = 'docs/DEPLOY.md'", Files{{"README.md", ""}}) ==
        "failed\ndocs/DEPLOY.md no file matches `docs/DEPLOY.md`");
  CHECK(judge("paths = ['docs/*.md']\nrequire = false\nmin_words = 5", Files{{"README.md", ""}}) ==
        "not_applicable: no file matches `docs/*.md`");
}

TEST_CASE("a document that cannot be read is never a pass") {
  CHECK(judge("paths = ['a.md']", {{"a.md", {"b.md", repo::FileKind::symlink, 0777, true}}}) ==
        "could_not_run: `a.md` is a symbolic link, which is not followed");
  CHECK(judge("paths = ['*.md']\nmin_words = 1",
              {{"a.md", {"b.md", repo::FileKind::symlink, 0777, true}},
               {"b.md", {"", {}, 0644, true}}}) ==
        "failed: `a.md` is a symbolic link, which is not followed\n"
        "b.md the document has 0 words, and at least 1 are wanted");
}

TEST_CASE("sections are headings with something below them") {
  const std::string keys = "paths = ['R.md']\nsections = ['^rollback', 'contact']";
  CHECK(judge(keys, Files{{"R.md", "# Rollback plan\n## Steps\n1. go back\n## Contacts\nops\n"}}) ==
        "passed");
  CHECK(judge(keys, Files{{"R.md", "# The rollback\ntext\n# Contact\n\n## Ops\n"}}) ==
        "failed\nR.md no heading matches `^rollback`\nR.md:3:1 the section `Contact` is empty");
  CHECK(judge(keys, Files{{"R.md", ""}}) ==
        "failed\nR.md no heading matches `^rollback`\nR.md no heading matches `contact`");
  // One that is filled is enough.
  CHECK(judge("paths = ['R.md']\nsections = ['A']", Files{{"R.md", "# A\n# A\ntext\n"}}) ==
        "passed");
}

TEST_CASE("a document has a least number of words") {
  CHECK(judge("paths = ['R.md']\nmin_words = 3", Files{{"R.md", "one two three"}}) == "passed");
  CHECK(judge("paths = ['R.md']\nmin_words = 3", Files{{"R.md", "# a b c\n<!-- d e -->\none\n"}}) ==
        "failed\nR.md the document has 1 word, and at least 3 are wanted");
}

TEST_CASE("links lead to files that are there") {
  const Files files{
      {"docs/guide.md",
       "[a](../README.md) [b](sub/) [c](./sub/x.md#two-words) [d](/app) "
       "[e](https://example.org/x)\n"
       "[f](mailto:a@example.org) [g](//example.org/y) [h](img%20one.png) ![i](<img one.png>)\n"
       "[j](guide.md?plain=1#L3) [k](../app/a.php#L10) [l](#) [m](.) [n](..) [o](#top)\n"
       "[p](../../other/x.md)\n"},
      {"docs/sub/x.md", "# Two words\n"},
      {"docs/img one.png", ""},
      {"README.md", ""},
      {"app/a.php", ""},
  };
  CHECK(judge("paths = ['docs/guide.md']\nlinks = true", files) == "passed");

  CHECK(judge("paths = ['docs/*.md']\nlinks = true",
              Files{{"docs/a.md",
                     "[a](gone.md)\n\n![b](b.pgn) []()\n[c](sub/none/) [d](/docs)\n\n[e]: "
                     "../readme.md\n"},
                    {"docs/b.png", ""},
                    {"README.md", ""}}) ==
        "failed\n"
        "docs/a.md:1:5 the link leads to `docs/gone.md`, which is not there\n"
        "docs/a.md:3:6 the link leads to `docs/b.pgn`, which is not there [`b.png` is there]\n"
        "docs/a.md:3:16 the link has no target\n"
        "docs/a.md:4:5 the link leads to `docs/sub/none`, which is not there\n"
        "docs/a.md:6:6 the link leads to `readme.md`, which is not there [`README.md` is there: "
        "upper and lower case differ]");
}

TEST_CASE("anchors lead to headings") {
  CHECK(judge("paths = ['a.md']\nlinks = true",
              Files{{"a.md",
                     "# قبل النشر - Pre\n## Twice\n## Twice\n<a id=\"own\"></a>\n"
                     "[a](#قبل-النشر---pre) "
                     "[b](#%D9%82%D8%A8%D9%84-%D8%A7%D9%84%D9%86%D8%B4%D8%B1---pre)\n"
                     "[c](#twice-1) [d](#own) [e](#TWICE) [f](#user-content-twice) [g](b.md#x)\n"},
                    {"b.md", "# X\n"}}) == "passed");
  CHECK(judge("paths = ['a.md']\nlinks = true",
              Files{{"a.md", "# Setup\n[a](#setpu) [b](b.md#install)\n"}, {"b.md", "# X\n"}}) ==
        "failed\n"
        "a.md:2:5 this document has no section `#setpu` [did you mean `#setup`?]\n"
        "a.md:2:17 `b.md` has no section `#install`");
}

TEST_CASE("what a link meets outside the files of the snapshot is said, not judged") {
  const RuleUnderTest rule("document", "paths = ['a.md']\nlinks = true");
  const auto files = repo::sample_snapshot(
      {{"a.md", {"[a](../../issues) [b](linked/x.md) [c](linked)\n", {}, 0644, true}},
       {"linked", {"elsewhere", repo::FileKind::symlink, 0777, true}}});
  const Answer answer = rule.run(Context{*files});
  CHECK(test::spell(answer) == "passed");
  CHECK(answer.evidence ==
        std::vector<std::string>{"a.md", "2 links out of the judged folder not followed"});
}

TEST_CASE("every box that is not ticked is a finding") {
  CHECK(judge("paths = ['a.md']\nticked = true", Files{{"a.md", "# S\n- [x] a\n1. [X] b\n"}}) ==
        "passed");
  CHECK(judge("paths = ['a.md']\nticked = true",
              Files{{"a.md",
                     "# S\n- [x] a\n  - [ ] **b** `c`\n```\n- [ ] d\n```\n> * [ ] الأمان\n"}}) ==
        "failed\na.md:3:5 not ticked: b c\na.md:7:5 not ticked: الأمان");
  CHECK(judge("paths = ['a.md']\nticked = true", Files{{"a.md", "# S\n- a\n"}}) ==
        "failed\na.md there is no box to tick in this document");
}

TEST_CASE("a document is no older than the files it is about") {
  const std::string keys = "paths = ['/docs/\\[a\\].md']\nnewer_than = ['app/**']";
  CHECK(judge_age(keys, 0) == "passed");
  CHECK(judge_age(keys, -1) == "passed");
  CHECK(judge_age(keys, 3) ==
        "failed\ndocs/[a].md last changed on 2026-03-01, before `app/**` changed on 2026-03-04");
  CHECK(
      judge_age(keys, 3, true) ==
      "could_not_run: the history is cut short (shallow clone), so the age of a document cannot be "
      "told");
  // In no commit yet: newer than all that is.
  CHECK(judge_age("paths = ['docs/a.md']\nnewer_than = ['app/**']", 3) == "passed");
  CHECK(judge(keys, Files{{"docs/[a].md", ""}, {"app/x", ""}}) ==
        "could_not_run: the age of a document is told by commits, and this is no git repository");
}

TEST_CASE("a document is not older than a number of days") {
  CHECK(judge_age("paths = ['/docs/\\[a\\].md']\nmax_age = '92d'", 0) == "passed");
  CHECK(judge_age("paths = ['/docs/\\[a\\].md']\nmax_age = '91d'", 0) ==
        "failed\ndocs/[a].md last changed 92 days ago (2026-03-01), and at most 91 are allowed");
}

TEST_CASE("mistakes in a document rule are named") {
  CHECK(mistakes("links = true") ==
        "1:1 the key `paths` is missing; name the documents: paths = [\"docs/DEPLOYMENT.md\"]\n");
  CHECK(mistakes("paths = ['a.md']\nmin_words = 0") ==
        "2:13 `min_words` must be from 1 to 1000000, not 0\n");
  CHECK(mistakes("paths = ['a.md']\nmax_age = '90m'") ==
        "2:11 `max_age` is told in whole days; write max_age = \"180d\"\n");
  CHECK(mistakes("paths = ['a.md']\nsection = 'x'") ==
        "2:1 unknown key `section`; did you mean `sections`?\n");
}

}  // namespace gate::checks
