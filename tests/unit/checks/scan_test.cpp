#include "gate/checks/scan.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/checks/scan_context.h"
#include "gate/repo/sample.h"

namespace gate::checks {
namespace {

using base::GlobSet;
using base::Pattern;
using repo::FileKind;
using repo::SampleFile;
using Files = std::map<std::string, SampleFile>;

Pattern pattern(std::string text) {
  auto compiled = Pattern::compile(std::move(text), {});
  REQUIRE(compiled.has_value());
  return *std::move(compiled);
}

GlobSet globs(const std::vector<std::string_view>& texts) {
  GlobSet set;
  for (const std::string_view text : texts)
    REQUIRE(set.add(text).has_value());
  return set;
}

// Counts what is opened and read, and refuses one path.
class WatchedSnapshot final : public repo::Snapshot {
 public:
  explicit WatchedSnapshot(Files files, std::string refused = {})
      : files_(repo::sample_snapshot(std::move(files))), refused_(std::move(refused)) {}

  [[nodiscard]] std::string_view at() const override { return "sample"; }
  [[nodiscard]] std::span<const repo::File> files() const override { return files_->files(); }
  [[nodiscard]] Result<unsigned> mode(const repo::File& file) const override {
    return files_->mode(file);
  }
  [[nodiscard]] std::unique_ptr<repo::FileReader> reader() const override {
    return std::make_unique<Reader>(files_->reader(), *this);
  }

  mutable std::vector<std::string> opened;
  mutable std::size_t bytes = 0;

 private:
  class Reader final : public repo::FileReader {
   public:
    Reader(std::unique_ptr<repo::FileReader> inner, const WatchedSnapshot& watch)
        : inner_(std::move(inner)), watch_(watch) {}
    Result<void> open(const repo::File& file) override {
      watch_.opened.emplace_back(file.path);
      refuse_ = file.path == watch_.refused_;
      return inner_->open(file);
    }
    Result<std::size_t> read(char* into, std::size_t length) override {
      if (refuse_) return Error{"permission denied"};
      GATE_TRY(const std::size_t count, inner_->read(into, length));
      watch_.bytes += count;
      return count;
    }

   private:
    std::unique_ptr<repo::FileReader> inner_;
    const WatchedSnapshot& watch_;
    bool refuse_ = false;
  };

  std::unique_ptr<repo::Snapshot> files_;
  std::string refused_;
};

ScanHits scan_one(const repo::Snapshot& snapshot, const ScanRequest& request) {
  ScanTotals totals;
  return std::move(scan(snapshot, {request}, 1, totals).front());
}

std::string spell(const ScanHits& hits) {
  std::string text;
  for (const ScanMatch& match : hits.matches) {
    text += fmt::format("{}:{}:{}-{}:{} {}#{} `{}`", match.place.path, match.place.line,
                        match.place.column, match.place.end_line, match.place.end_column,
                        match.offset, match.pattern, match.text);
    for (const std::string& capture : match.captures)
      text += fmt::format(" ({})", capture);
    text += fmt::format(" in `{}`\n", match.line);
  }
  return text;
}

TEST_CASE("matches come by file, offset and pattern, with their places") {
  const auto snapshot = repo::sample_snapshot({
      {"b.env", {"X=1\r\nAPP_DEBUG=true\r\nAPP_DEBUG=1"}},
      {"a.env", {"é APP_DEBUG=on\n"}},
      {"c.txt", {"APP_DEBUG=true\n"}},
  });
  const GlobSet paths = globs({"*.env"});
  const Pattern debug = pattern("APP_(\\w+)=(true|1)?");
  const Pattern app = pattern("APP.*$");
  const ScanHits hits = scan_one(*snapshot, {&paths, {&debug, &app}});
  CHECK(spell(hits) ==
        "a.env:1:4-1:14 3#0 `APP_DEBUG=` (DEBUG) () in `é APP_DEBUG=on`\n"
        "a.env:1:4-1:16 3#1 `APP_DEBUG=on` in `é APP_DEBUG=on`\n"
        "b.env:2:1-2:15 5#0 `APP_DEBUG=true` (DEBUG) (true) in `APP_DEBUG=true`\n"
        "b.env:2:1-2:15 5#1 `APP_DEBUG=true` in `APP_DEBUG=true`\n"
        "b.env:3:1-3:12 21#0 `APP_DEBUG=1` (DEBUG) (1) in `APP_DEBUG=1`\n"
        "b.env:3:1-3:12 21#1 `APP_DEBUG=1` in `APP_DEBUG=1`\n");
  CHECK(hits.files == std::vector<std::uint32_t>{0, 1});
  CHECK(hits.bytes == 16 + 32);
  CHECK(hits.cut == 0);
}

TEST_CASE("a match across lines ends on a later line") {
  const auto snapshot = repo::sample_snapshot({{"a", {"x\nbegin\nmore\nend y\n"}}});
  auto block = Pattern::compile("begin(?s:.*)end", {true, false});
  REQUIRE(block.has_value());
  CHECK(spell(scan_one(*snapshot, {nullptr, {&*block}})) ==
        "a:2:1-4:4 2#0 `begin\nmore\nend` in `begin`\n");
}

TEST_CASE("only files that a request with patterns wants are opened, each once") {
  const WatchedSnapshot snapshot(
      {{"a.php", {"secret"}}, {"b.js", {"secret"}}, {"c.txt", {"secret"}}});
  const GlobSet php = globs({"*.php"});
  const GlobSet code = globs({"*.php", "*.js"});
  const Pattern secret = pattern("secret");
  ScanTotals totals;
  const std::vector<ScanHits> hits =
      scan(snapshot, {{&php, {&secret}}, {&code, {&secret}}, {nullptr, {}}}, 1, totals);
  CHECK(snapshot.opened == std::vector<std::string>{"a.php", "b.js"});
  CHECK(hits[0].files.size() == 1);
  CHECK(hits[1].files.size() == 2);
  CHECK(hits[1].matches.size() == 2);
  CHECK(hits[2].files.size() == 3);
  CHECK(hits[2].bytes == 0);
  CHECK(totals.files == 2);
  CHECK(totals.bytes == 12);
}

TEST_CASE("symbolic links, submodules and, where asked, untracked files are left out") {
  const auto snapshot = repo::sample_snapshot({
      {"file", {"secret"}},
      {"link", {"secret", FileKind::symlink, 0777, true}},
      {"module", {"secret", FileKind::submodule, 0644, true}},
      {"run", {"secret", FileKind::executable, 0755, true}},
      {"stray", {"secret", FileKind::regular, 0644, false}},
  });
  const Pattern secret = pattern("secret");
  CHECK(scan_one(*snapshot, {nullptr, {&secret}}).files == std::vector<std::uint32_t>{0, 3, 4});
  CHECK(scan_one(*snapshot, {nullptr, {&secret}, false, false}).files ==
        std::vector<std::uint32_t>{0, 3});
}

TEST_CASE("a binary file is read no further than it takes to tell, unless it is asked for") {
  const std::string binary = std::string(100, 'x') + '\0' + std::string(1 << 20, 'x') + "secret";
  const std::string late = std::string(8000, 'x') + '\0' + "secret";
  const WatchedSnapshot snapshot({{"binary", {binary}}, {"late", {late}}});
  const Pattern secret = pattern("secret");
  const ScanHits text = scan_one(snapshot, {nullptr, {&secret}});
  CHECK(text.files == std::vector<std::uint32_t>{1});
  CHECK(text.matches.size() == 1);
  CHECK(snapshot.bytes < (1 << 19));
  ScanTotals totals;
  const std::vector<ScanHits> both =
      scan(snapshot, {{nullptr, {&secret}, true}, {nullptr, {&secret}, false}}, 1, totals);
  CHECK(both[0].matches.size() == 2);
  CHECK(both[1].matches.size() == 1);
}

TEST_CASE("a file that cannot be read is named with the reason") {
  const WatchedSnapshot snapshot({{"a", {"secret"}}, {"b", {"secret"}}}, "a");
  const Pattern secret = pattern("secret");
  const ScanHits hits = scan_one(snapshot, {nullptr, {&secret}});
  CHECK(hits.files == std::vector<std::uint32_t>{1});
  REQUIRE(hits.unread.size() == 1);
  CHECK(hits.unread[0].place.path == "a");
  CHECK(hits.unread[0].message == "permission denied");
}

TEST_CASE("of very many matches in a file the first are kept and the others counted") {
  std::string text;
  for (std::uint32_t i = 0; i < kMatchesPerFile + 5; ++i)
    text += "secret token\n";
  const auto snapshot = repo::sample_snapshot({{"a", {text}}, {"b", {"secret"}}});
  const Pattern secret = pattern("secret");
  const Pattern token = pattern("tok(en)");
  const ScanHits hits = scan_one(*snapshot, {nullptr, {&secret, &token}});
  CHECK(hits.matches.size() == 2 * kMatchesPerFile + 1);
  CHECK(hits.cut == 10);
  REQUIRE(hits.cuts.size() == 2);
  CHECK(hits.cuts[1].file == 0);
  CHECK(hits.cuts[1].pattern == 1);
  CHECK(hits.cuts[1].count == 5);
}

TEST_CASE("long matches, captures and lines are cut") {
  const std::string text = std::string(5000, 'a') + " secret=" + std::string(9000, 'b') + "\n";
  const auto snapshot = repo::sample_snapshot({{"a", {text}}});
  const Pattern secret = pattern("secret=(b+)");
  const ScanHits hits = scan_one(*snapshot, {nullptr, {&secret}});
  REQUIRE(hits.matches.size() == 1);
  const ScanMatch& match = hits.matches[0];
  CHECK(match.text.size() == 4096);
  CHECK(match.captures[0].size() == 1024);
  CHECK(match.line.size() == 4096);
  CHECK(match.line.find("a secret=b") != std::string::npos);
  CHECK(match.identity.size() < 2500);
  CHECK(match.place.column == 5002);
  CHECK(match.place.end_column == 5002 + 7 + 9000);
}

TEST_CASE("the identity of a match survives moves, re-indenting and blank lines") {
  const auto identity = [](const std::string& text) {
    const std::size_t begin = text.find("secret");
    const std::size_t lf = text.rfind('\n', begin);
    return identity_of(text, lf == std::string::npos ? 0 : lf + 1, begin, begin + 6);
  };
  const std::string plain = identity("before\n  x = secret;\nafter\n");
  CHECK(plain == "before\nx = secret;\nafter\nsecret");
  CHECK(identity("moved\ndown\nbefore\r\n\r\n\t\tx = secret; \r\n\n\nafter") == plain);
  CHECK(identity("secret") == "\nsecret\n\nsecret");
  CHECK(identity("other\nx = secret;\nafter\n") != plain);
  CHECK(identity(std::string(9000, '\n') + "x = secret;" + std::string(9000, '\n')) ==
        "\nx = secret;\n\nsecret");
}

TEST_CASE("the line of a match is told without its end, and around it where it is long") {
  CHECK(line_around("a\nbcd\r\ne", 2, 3, 100) == "bcd");
  CHECK(line_around("abc", 0, 3, 100) == "abc");
  const std::string text = std::string(50, 'a') + "x" + std::string(50, 'b') + "\nc";
  CHECK(line_around(text, 0, 50, 20) == std::string(10, 'a') + "x" + std::string(9, 'b'));
  CHECK(line_around(text, 0, 99, 20) == std::string(20, 'b'));
  CHECK(line_around(text, 0, 0, 20) == std::string(20, 'a'));
}

TEST_CASE("the result does not depend on the number of threads") {
  Files files;
  for (int i = 0; i < 400; ++i) {
    std::string text;
    for (int line = 0; line < i % 37; ++line)
      text += fmt::format("line {} secret{} token\n", line, line % 3);
    files[fmt::format("folder{}/file{:03}.{}", i % 7, i, i % 2 == 0 ? "php" : "js")].content = text;
  }
  const auto snapshot = repo::sample_snapshot(files);
  const GlobSet php = globs({"*.php"});
  const Pattern secret = pattern("secret[12]");
  const Pattern number = pattern("\\d+ s");
  const std::vector<ScanRequest> requests{
      {&php, {&secret, &number}}, {nullptr, {&number}}, {&php, {}}};
  ScanTotals one_totals;
  const std::vector<ScanHits> one = scan(*snapshot, requests, 1, one_totals);
  for (const unsigned jobs : {2U, 8U}) {
    ScanTotals totals;
    const std::vector<ScanHits> many = scan(*snapshot, requests, jobs, totals);
    CHECK(totals.files == one_totals.files);
    CHECK(totals.bytes == one_totals.bytes);
    REQUIRE(many.size() == one.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      CHECK(many[i].files == one[i].files);
      CHECK(many[i].bytes == one[i].bytes);
      CHECK(spell(many[i]) == spell(one[i]));
    }
  }
}

TEST_CASE("a file of a hundred megabytes is searched, and one thread needs no second copy") {
  std::string text;
  text.reserve(std::size_t{100} << 20);
  while (text.size() < (std::size_t{100} << 20) - 200)
    text += "a line of text without any meaning at all, and so on\n";
  text += "the secret";
  const std::size_t at = text.size() - 6;
  const auto snapshot =
      repo::sample_snapshot({{"large", {std::move(text)}}, {"small", {"secret"}}});
  const Pattern secret = pattern("[a-z]+ secret$");
  const ScanHits hits = scan_one(*snapshot, {nullptr, {&secret}});
  REQUIRE(hits.matches.size() == 1);
  CHECK(hits.matches[0].offset == at - 4);
}

TEST_CASE("nothing asked, nothing found") {
  ScanTotals totals;
  CHECK(scan(*repo::sample_snapshot({{"a", {"x"}}}), {}, 2, totals).empty());
  const Pattern secret = pattern("secret");
  CHECK(scan(*repo::sample_snapshot({}), {{nullptr, {&secret}}}, 2, totals).front().files.empty());
  CHECK(totals.files == 0);
}

}  // namespace
}  // namespace gate::checks
