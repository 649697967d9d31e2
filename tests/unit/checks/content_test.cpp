#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "gate/checks/content/judge.h"
#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using test::RuleUnderTest;
using Files = std::map<std::string, std::string>;

std::string judge(std::string_view keys, const Files& files) {
  const RuleUnderTest rule("content", keys);
  CHECK(rule.mistakes().empty());
  const auto snapshot = test::sample(files);
  return test::spell(rule.run(Context{*snapshot}));
}

std::string mistakes(std::string_view keys) { return RuleUnderTest("content", keys).mistakes(); }

TEST_CASE("forbidden patterns are findings, one for each match") {
  const std::string_view keys = "paths = '.env.production'\nforbid = '^APP_DEBUG=(true|1)\\b'";
  CHECK(judge(keys, {{".env.production", "APP_DEBUG=false\n"}}) == "passed");
  CHECK(judge(keys, {{".env.production", "A=1\r\nAPP_DEBUG=true\r\n# APP_DEBUG=1\nAPP_DEBUG=1"}}) ==
        "failed\n.env.production:2:1 what is wrong\n.env.production:4:1 what is wrong");
  CHECK(judge(keys, {{".env", "APP_DEBUG=true"}}) ==
        "not_applicable: no text file matches `.env.production`");
  CHECK(judge("paths = ['a1', 'a2', 'a3', 'a4', '!b']\nforbid = 'x'", {}) ==
        "not_applicable: no text file matches `paths`");
  CHECK(judge("paths = '/a'\nforbid = 'x'", {}) == "not_applicable: `a` does not exist");
  CHECK(judge("paths = 'a'\nforbid = 'x'\nno_files = 'fail'", {}) ==
        "failed\nno text file matches `a`");
}

TEST_CASE("a message names the match and its groups") {
  const std::string keys = "forbid = '(\\w+)=(.*)'\nmessage = ";
  CHECK(judge(keys + "\"`{1}` is {{{2}}}, not `{0}`\"", {{"a", "KEY=v\n"}}) ==
        "failed\na:1:1 `KEY` is {v}, not `KEY=v`");
  CHECK(judge(keys + "\"just this\"", {{"a", "KEY=v\n"}}) == "failed\na:1:1 just this");
  CHECK(judge("forbid = 'a(b)?(c)'\nmessage = \"<{1}{2}>\"", {{"a", "ac"}}) == "failed\na:1:1 <c>");
  CHECK(
      judge("forbid = 'x.*'\nmessage = \"{0}\"", {{"a", "x\t" + std::string(117, 'y') + "éz\n"}}) ==
      "failed\na:1:1 x " + std::string(117, 'y') + "…");
}

TEST_CASE("exceptions take back matches by their line") {
  const std::string_view keys = "forbid = 'localhost'\nexcept = ['^\\s*#', 'gate-ok']";
  CHECK(judge(keys, {{"a", "# localhost\nhost = localhost # gate-ok\n"}}) == "passed");
  CHECK(judge(keys, {{"a", "# localhost\nhost = localhost\n"}}) == "failed\na:2:8 what is wrong");
}

TEST_CASE("required patterns match in every file, or in one of them") {
  const std::string every = "paths = '*.conf'\nrequire = ['^user ', 'ssl']";
  CHECK(judge(every, {{"a.conf", "user x\nssl"}, {"b.conf", "ssl\nuser y"}}) == "passed");
  CHECK(judge(every, {{"a.conf", "user x\nssl"}, {"b.conf", "# user y"}}) ==
        "failed\nb.conf nothing here matches `^user `\nb.conf nothing here matches `ssl`");
  const std::string any = every + "\nin = 'any'";
  CHECK(judge(any, {{"a.conf", "user x"}, {"b.conf", "ssl"}}) == "passed");
  CHECK(judge(any, {{"a.conf", "x"}, {"b.conf", "ssl"}}) ==
        "failed\nnothing in 2 files matches `^user `");
  CHECK(judge(any, {{"a.conf", "ssl"}}) == "failed\na.conf nothing here matches `^user `");
  CHECK(judge(every, {}) == "failed\nno text file matches `*.conf`");
  CHECK(judge("paths = '/a'\nrequire = 'x'", {}) == "failed\na `a` does not exist");
  CHECK(judge("paths = '/a'\nrequire = 'x'\nno_files = 'skip'", {}) ==
        "not_applicable: `a` does not exist");
  CHECK(judge("paths = 'a'\nrequire = 'x'", {{"a", ""}}) == "failed\na nothing here matches `x`");
}

TEST_CASE("what is there but no text is not said to be missing") {
  CHECK(judge("paths = '/a'\nrequire = 'x'", {{"a", std::string("x\0x", 3)}}) ==
        "failed\na `a` is a binary file");
  CHECK(judge("paths = '/a'\nrequire = 'x'\nbinary = true", {{"a", std::string("x\0x", 3)}}) ==
        "passed");
  const auto snapshot = repo::sample_snapshot({{"a", {"b", repo::FileKind::symlink, 0777, true}}});
  CHECK(test::spell(
            RuleUnderTest("content", "paths = '/a'\nrequire = 'x'").run(Context{*snapshot})) ==
        "failed\na `a` is a symbolic link, which is not followed");
}

TEST_CASE("ordered patterns follow each other") {
  const std::string_view keys =
      "paths = 'deploy.sh'\nordered = ['down', 'migrate', 'cache', 'up$']";
  CHECK(judge(keys, {{"deploy.sh", "down\nmigrate\ncache\nup\n"}}) == "passed");
  CHECK(judge(keys, {{"deploy.sh", "cache\ndown\nup\nmigrate\ncache\nup\n"}}) == "passed");
  CHECK(judge(keys, {{"deploy.sh", "down\ncache\nmigrate\nup\n"}}) ==
        "failed\ndeploy.sh:2:1 `cache` must come after `migrate`, which is on line 3");
  CHECK(judge(keys, {{"deploy.sh", "down\nmigrate\nup\n"}}) ==
        "failed\ndeploy.sh nothing here matches `cache`");
}

TEST_CASE("a file has no more matches than the limit") {
  const std::string_view keys = "count = ['TODO', 'FIXME']\nlimit = 2";
  CHECK(judge(keys, {{"a", "TODO FIXME"}, {"b", "TODO"}}) == "passed");
  CHECK(judge(keys, {{"a", "TODO\nFIXME\nTODO TODO"}}) ==
        "failed\na:3:1 4 matches, at most 2 are allowed");
  CHECK(judge("count = 'x'\nlimit = 0", {{"a", "-x"}}) ==
        "failed\na:1:2 1 match, at most 0 are allowed");
  CHECK(judge("count = 'x'\nlimit = 1500", {{"a", std::string(1500, 'x')}}) == "passed");
  CHECK(judge("count = 'x'\nlimit = 1500", {{"a", std::string(1501, 'x')}}) ==
        "failed\na:1:1000 1501 matches, at most 1500 are allowed");
}

TEST_CASE("patterns ignore case or cross lines on request") {
  CHECK(judge("forbid = 'debug'", {{"a", "DEBUG"}}) == "passed");
  CHECK(judge("forbid = 'debug'\nignore_case = true", {{"a", "DEBUG"}}) ==
        "failed\na:1:1 what is wrong");
  CHECK(judge("forbid = 'a\\nb'", {{"a", "a\nb"}}) == "passed");
  CHECK(judge("forbid = 'a\\nb'\nmulti_line = true", {{"a", "a\r\nb"}}) ==
        "failed\na:1:1 what is wrong");
}

TEST_CASE("more matches than are looked at are never a pass") {
  std::string text;
  for (int i = 0; i < 1001; ++i)
    text += "# x\n";
  CHECK(judge("forbid = 'x'\nexcept = '#'", {{"a", text}}) ==
        "could_not_run: a: more than 1000 matches of `x`, all that were looked at are excepted");
  CHECK(judge("paths = 'a'\nordered = ['y', 'x', 'z']", {{"a", text + "y\nx\nz\n"}}) ==
        "could_not_run: a: more than 1000 matches of `x`");
  const RuleUnderTest rule("content", "forbid = '#'");
  const auto snapshot = test::sample({{"a", text}});
  const Answer answer = rule.run(Context{*snapshot});
  CHECK(answer.findings.size() == 1000);
  CHECK(answer.evidence == std::vector<std::string>{"1 file", "1 further match is not listed"});
}

TEST_CASE("a file that cannot be read is never a pass") {
  const RuleUnderTest rule("content", "paths = 'a'\nrequire = 'x'\nin = 'any'");
  const auto snapshot = test::sample({{"a", ""}, {"b", ""}});
  Context context{*snapshot};
  ScanHits hits;
  hits.unread.push_back({});
  hits.unread.back().message = "permission denied";
  hits.unread.back().place.path = "a";
  context.hits = &hits;
  CHECK(test::spell(rule.check().run(context)) == "could_not_run: a: permission denied");
  hits.files.push_back(1);
  CHECK(test::spell(rule.check().run(context)) == "could_not_run: a: permission denied");
  context.hits = nullptr;
  CHECK(test::spell(rule.check().run(context)) == "could_not_run: the files were not scanned");
}

TEST_CASE("keys that make no sense together are mistakes") {
  CHECK(mistakes("paths = 'a'") ==
        "1:1 one of the keys `forbid`, `require`, `ordered`, `count` is needed\n");
  CHECK(mistakes("count = 'x'") ==
        "1:9 `count` without `limit`; say how many matches a file may have: limit = 1\n");
  CHECK(mistakes("forbid = 'x'\nlimit = 1") ==
        "2:9 `limit` without `count`; name the patterns to count: count = ['TODO']\n");
  CHECK(mistakes("paths = 'a'\nrequire = 'x'\nexcept = 'y'") ==
        "3:10 `except` without `forbid`; it takes back matches of `forbid` only\n");
  CHECK(mistakes("forbid = 'x'\nin = 'any'") ==
        "2:6 `in` without `require`; it says in which files `require` must match\n");
  CHECK(mistakes("paths = 'a'\nordered = 'x'") ==
        "2:11 `ordered` with one pattern; an order needs two: ordered = ['a', 'b']\n");
  CHECK(mistakes("require = 'x'") ==
        "1:11 `require` without `paths`; name the files: paths = [\"Dockerfile\"]\n");
  CHECK(mistakes("forbid = 'x'\nmessage = \"{1}\"") ==
        "2:11 `{1}` is no group of `x`, which has 0\n");
  CHECK(mistakes("forbid = 'x'\nmessage = \"{name}\"") ==
        "2:11 `{name}` is no group; `{0}` is the match, `{1}` its first group; write `{{` for a "
        "brace\n");
  CHECK(mistakes("paths = 'a'\nrequire = 'x'\nmessage = \"m {0}\"") ==
        "3:11 `{0}` with `require`; what is missing has no match and no groups\n");
  CHECK(mistakes("paths = 'a'\nordered = ['x', 'y']\nmessage = \"m\"") ==
        "3:11 `message` without `forbid`, `count` or `require`; the order of matches is told by "
        "the patterns\n");
}

TEST_CASE("a message says what it means that something is missing") {
  CHECK(judge("paths = 'a'\nrequire = 'x'\nmessage = \"no {{x}} here\"", {{"a", "y\n"}}) ==
        "failed\na no {x} here");
}

TEST_CASE("the groups that a message names are found") {
  std::string bad;
  CHECK_FALSE(highest_group("plain {{0}} } {", bad));
  CHECK(bad.empty());
  bad.clear();
  CHECK(highest_group("{0} {12} {3}", bad) == 12);
  CHECK(bad.empty());
}

}  // namespace
}  // namespace gate::checks
