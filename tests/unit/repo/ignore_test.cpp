#include "gate/repo/ignore.h"

#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "gate/repo/repository.h"
#include "tests/support/temp_repository.h"

namespace gate::repo {
namespace {

using Answer = IgnoreFile::Answer;

struct Case {
  std::string patterns;
  std::string path;
  bool is_folder;
  Answer answer;
};

TEST_CASE("a pattern covers what gitignore(5) says") {
  const std::vector<Case> cases{
      {"", "a", false, Answer::none},
      {"# a\n\n", "# a", false, Answer::none},
      {"\\#a", "#a", false, Answer::ignored},
      {"\\!a", "!a", false, Answer::ignored},
      {"a", "a", false, Answer::ignored},
      {"a", "x/a", false, Answer::ignored},
      {"/a", "x/a", false, Answer::none},
      {"x/a", "x/a", false, Answer::ignored},
      {"x/a", "y/x/a", false, Answer::none},
      {"a/", "a", true, Answer::ignored},
      {"a/", "a", false, Answer::none},
      {"*.log\n!keep.log", "keep.log", false, Answer::kept},
      {"*.log\n!keep.log", "x/other.log", false, Answer::ignored},
      {"!keep.log\n*.log", "keep.log", false, Answer::ignored},
      {"a  ", "a", false, Answer::ignored},
      {"a\\ ", "a ", false, Answer::ignored},
      {"a\t", "a", false, Answer::none},
      {"a\r\nb\r\n", "a", false, Answer::ignored},
      {"\xEF\xBB\xBF"
       "a",
       "a", false, Answer::ignored},
      {"a?c", "abc", false, Answer::ignored},
      {"x/a?c", "x/a/c", false, Answer::none},
      {"[a-c]x", "bx", false, Answer::ignored},
      {"[!a-c]x", "bx", false, Answer::none},
      {"[^a-c]x", "dx", false, Answer::ignored},
      {"[]x]", "]", false, Answer::ignored},
      {"[[:digit:]]x", "7x", false, Answer::ignored},
      {"[[:nonsense:]]x", "7x", false, Answer::none},
      {"[a", "[a", false, Answer::none},
      {"a\\", "a\\", false, Answer::none},
      {"**/a", "a", false, Answer::ignored},
      {"**/a", "x/y/a", false, Answer::ignored},
      {"x/**", "x", true, Answer::none},
      {"x/**", "x/y/z", false, Answer::ignored},
      {"x/**/z", "x/z", false, Answer::ignored},
      {"x/**/z", "x/a/b/z", false, Answer::ignored},
      {"x/**/z", "x/a/bz", false, Answer::none},
      {"x/*/z", "x/a/b/z", false, Answer::none},
      {"x**z", "xyz", false, Answer::ignored},
      {"/", "a", true, Answer::none},
      {"!", "a", true, Answer::none},
      {"caf\xE9", "caf\xE9", false, Answer::ignored},
  };
  for (const Case& c : cases) {
    CAPTURE(c.patterns, c.path, c.is_folder);
    CHECK(IgnoreFile(c.patterns, false).match(c.path, c.is_folder) == c.answer);
  }
  CHECK(IgnoreFile("*.LOG\n[A-C]X\nReadMe", true).match("a.log", false) == Answer::ignored);
  CHECK(IgnoreFile("*.LOG\n[A-C]X\nReadMe", true).match("bx", false) == Answer::ignored);
  CHECK(IgnoreFile("*.LOG\n[A-C]X\nReadMe", true).match("README", false) == Answer::ignored);
}

TEST_CASE("a pattern made to explode takes linear time") {
  std::string pattern;
  for (int i = 0; i < 200; ++i)
    pattern += "a*a**/";
  const std::string path(4000, 'a');
  CHECK(IgnoreFile(pattern + "b", false).match(path, false) == Answer::none);
}

// Patterns and paths from a small alphabet, so that they meet; git says who is right.
TEST_CASE("random ignore rules agree with git check-ignore") {
  std::mt19937 random(20240607);
  const auto pick = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  const test::TempRepository repository;
  std::set<std::string> folders{""};
  std::vector<std::string> paths;
  const std::vector<std::string> names{"a", "b", "ab", "a.b", "aa", "[a]", "a b", "A", "b\\"};
  for (int i = 0; i < 150; ++i) {
    std::string path;
    for (std::size_t depth = random() % 4; depth > 0; --depth) {
      path += pick({"a", "b", "ab", "d.b"}) + "/";
      if (!std::filesystem::is_regular_file(repository.folder(path.substr(0, path.size() - 1))))
        continue;
      path.clear();
      break;
    }
    folders.insert(path);
    path += pick(names) + pick({"", "", ".x", "_"});
    if (std::filesystem::exists(repository.folder(path))) continue;
    repository.write(path, "x");
  }
  for (int round = 0; round < 60; ++round) {
    for (const std::string& folder : folders) {
      if (!folder.empty() && random() % 3 != 0) {
        repository.remove(folder + ".gitignore");
        continue;
      }
      std::string rules;
      for (std::size_t lines = random() % 6; lines > 0; --lines) {
        rules += pick({"", "", "", "!", "/", "!/"});
        for (std::size_t parts = 1 + random() % 4; parts > 0; --parts) {
          rules += pick({"a",    "b",           "*",   "**",   "/",   "/",   "?",     "[ab]",
                         "[!a]", "**/",         "/**", "/**/", "\\a", ".x",  "*.",    "a*b",
                         "[a-",  "[[:upper:]]", "\\",  " ",    "\\ ", "***", "[\\]a]"});
        }
        rules += pick({"", "", "/", " ", "\r"}) + "\n";
      }
      repository.write(folder + ".gitignore", rules);
    }
    repository.write(".git/info/exclude", pick({"", "a.b\n", "!ab\n*_\n", "**/b\n"}));
    const auto opened = Repository::open(repository.path());
    REQUIRE(opened.has_value());
    const auto snapshot = (*opened)->work_tree_snapshot("");
    REQUIRE(snapshot.has_value());
    std::string ours;
    for (const File& file : (*snapshot)->files())
      ours.append(file.path).push_back('\n');
    const std::string listed = repository.git(
        {"-c", "core.quotePath=false", "ls-files", "-z", "--others", "--exclude-standard"});
    std::set<std::string> theirs;
    for (std::size_t at = 0; at < listed.size();) {
      const std::size_t end = listed.find('\0', at);
      theirs.insert(listed.substr(at, end - at));
      at = end + 1;
    }
    std::string expected;
    for (const std::string& path : theirs)
      expected += path + "\n";
    INFO("round " << round);
    if (ours != expected) {
      for (const std::string& folder : folders) {
        if (std::filesystem::exists(repository.folder(folder + ".gitignore"))) {
          UNSCOPED_INFO(
              folder << ".gitignore:\n"
                     << repository.git({"hash-object", "-w", folder + ".gitignore"}) << "\n"
                     << repository.git({"cat-file", "blob",
                                        repository.git({"hash-object", folder + ".gitignore"})}));
        }
      }
    }
    REQUIRE(ours == expected);
  }
}

}  // namespace
}  // namespace gate::repo
