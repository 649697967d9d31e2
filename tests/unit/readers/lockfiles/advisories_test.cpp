// Advisories: scores, records, which versions they cover, the index.
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/readers/lockfiles/advisories/cvss.h"
#include "gate/readers/lockfiles/advisories/friendsofphp.h"
#include "gate/readers/lockfiles/advisories/index.h"
#include "gate/readers/lockfiles/advisories/osv.h"

namespace gate::readers::lockfiles {
namespace {

std::string spell(const Result<Advisory>& result) {
  if (!result) return "refused: " + result.error().message;
  std::string out =
      fmt::format("{} [{}] {} {}{}", result->id, fmt::join(result->aliases, ","),
                  name(result->severity), result->score, result->withdrawn ? " withdrawn" : "");
  for (const Affected& affected : result->affected) {
    out += fmt::format("; {} {} ({})", names(affected.ecosystem).word, affected.name,
                       fmt::join(affected.versions, ","));
    for (const VersionRange& range : affected.ranges) {
      out += " {";
      for (const VersionEvent& event : range.events) {
        constexpr std::array<std::string_view, 3> kWords{"from", "fixed", "last"};
        out += fmt::format(" {} {}", kWords[static_cast<std::size_t>(event.kind)], event.version);
      }
      out += " }";
    }
  }
  return out;
}

// From the specifications of FIRST and their published examples.
TEST_CASE("CVSS scores of every version") {
  struct Row {
    std::string_view vector;
    int tenths;
  };
  constexpr auto kRows = std::to_array<Row>({
      {"AV:N/AC:L/Au:N/C:N/I:N/A:C", 78},
      {"AV:N/AC:L/Au:N/C:C/I:C/A:C", 100},
      {"AV:L/AC:H/Au:N/C:C/I:C/A:C", 62},
      {"(AV:N/AC:L/Au:N/C:P/I:P/A:P)", 75},
      {"AV:N/AC:L/Au:N/C:N/I:N/A:N", 0},
      {"CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 98},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 75},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 61},
      {"CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N", 18},
      {"CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 99},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 100},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O", 98},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 100},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 93},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", 87},
      {"CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 77},
      {"CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P", 68},
      {"CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 85},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:H/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N", 51},
      {"CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:N/VI:N/VA:L/SC:N/SI:N/SA:N", 10},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0},
  });
  for (const Row& row : kRows) {
    CAPTURE(row.vector);
    CHECK(cvss_score(row.vector).value_or(-1) == row.tenths);
  }
  for (const std::string_view text :
       {"", "CVSS:3.1", "CVSS:3.1/AV:N", "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "7.5", "CVSS:4.0/AV:N", "/:/::"}) {
    CAPTURE(text);
    CHECK_FALSE(cvss_score(text).has_value());
  }
  CHECK(severity_of_score(0) == Severity::none);
  CHECK(severity_of_score(39) == Severity::low);
  CHECK(severity_of_score(40) == Severity::medium);
  CHECK(severity_of_score(70) == Severity::high);
  CHECK(severity_of_score(90) == Severity::critical);
}

TEST_CASE("OSV records") {
  CHECK(spell(parse_osv(R"({"id": "X-1", "aliases": ["CVE-1"], "affected": [
    {"package": {"ecosystem": "PyPI", "name": "A_b"}, "versions": ["1.0"],
     "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]},
                {"type": "ECOSYSTEM", "events": [{"fixed": "2.0"}, {"introduced": "0"}]}]},
    {"package": {"ecosystem": "Debian:12", "name": "a"}, "versions": ["1"]}],
    "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}]})")) ==
        "X-1 [CVE-1] high 75; pypi a-b (1.0) { from 0 fixed 2.0 }");
  CHECK(spell(parse_osv(R"({"id": "X-2", "withdrawn": "2024-01-01T00:00:00Z",
    "database_specific": {"severity": "MODERATE"}})")) == "X-2 [] medium -1 withdrawn");
  CHECK(spell(parse_osv(R"({"id": "X-3"})")) == "X-3 [] unknown -1");
  CHECK(spell(parse_osv("{}")) == "refused: the record has no `id`");
  CHECK(spell(parse_osv("[]")) == "refused: the record has no `id`");
  CHECK(spell(parse_osv("{\"id\": 1,}")) ==
        "refused: line 1, column 10: a key in quotes is missing");
}

TEST_CASE("records of FriendsOfPHP") {
  CHECK(spell(parse_friendsofphp(R"(title:     Remote Code Execution
link:      https://example.org/advisory
cve:       CVE-2017-1
branches:
    1.x:
        time:     2017-05-15 11:06:00
        versions: ['<1.2']
    2.x:
        time:     ~
        versions: ['>=2.0.0', '<=2.0.17']
reference: composer://Vendor/Package
)",
                                 "CVE-2017-1.yaml")) ==
        "CVE-2017-1 [] unknown -1; composer vendor/package () { from 0 fixed 1.2 } { from 2.0.0 "
        "last 2.0.17 }");
  CHECK(spell(parse_friendsofphp(
            "reference: composer://v/p\ncve: ~\nbranches:\n  all:\n    versions: "
            "[1.0.0]\n",
            "2017-05-15.yaml")) == "FOP-v-p-2017-05-15 [] unknown -1; composer v/p (1.0.0)");
  CHECK(spell(parse_friendsofphp("title: x\n", "x.yaml")) ==
        "refused: the record has no `reference: composer://…`");
}

// The events of a range as "introduced 0, fixed 1", which an entry of npm covers or not.
bool covered(std::string_view version, std::initializer_list<VersionEvent> events) {
  Affected affected;
  affected.ecosystem = Ecosystem::npm;
  VersionRange range;
  range.events = events;
  sort_events(affected.ecosystem, range);
  affected.ranges.push_back(std::move(range));
  return covers(affected, version);
}

TEST_CASE("versions that an advisory covers") {
  using Kind = VersionEvent::Kind;
  const std::initializer_list<VersionEvent> twice{{Kind::fixed, "1.5.0"},
                                                  {Kind::introduced, "1.0.0"},
                                                  {Kind::introduced, "2.0.0"},
                                                  {Kind::last_affected, "2.3.0"}};
  CHECK_FALSE(covered("0.9.0", twice));
  CHECK(covered("1.0.0", twice));
  CHECK(covered("1.5.0-rc.1", twice));
  CHECK_FALSE(covered("1.5.0", twice));
  CHECK_FALSE(covered("1.9.0", twice));
  CHECK(covered("2.3.0", twice));
  CHECK_FALSE(covered("2.3.1", twice));
  CHECK(covered("", twice));
  CHECK(covered("0.0.0-0", {{Kind::introduced, "0"}}));
  CHECK_FALSE(covered("1.0.0", {{Kind::introduced, "0.0.0-1"}, {Kind::fixed, "0"}}));
  CHECK(covered("1.0.0", {{Kind::last_affected, "1.0.0"}, {Kind::introduced, "1.0.0"}}));

  Affected listed;
  listed.ecosystem = Ecosystem::pypi;
  listed.versions = {"1.0.0"};
  CHECK(covers(listed, "1.0"));
  CHECK_FALSE(covers(listed, "1.0.1"));
  CHECK(fixed_in(listed, "1.0").empty());
  listed.ranges.push_back({{{Kind::introduced, "0"},
                            {Kind::fixed, "1.2"},
                            {Kind::introduced, "2"},
                            {Kind::fixed, "2.1"}}});
  CHECK(fixed_in(listed, "1.0") == "1.2");
  CHECK(fixed_in(listed, "2.0") == "2.1");
}

Advisory advisory(std::string id, std::string name, Ecosystem ecosystem = Ecosystem::npm) {
  Advisory one;
  one.id = std::move(id);
  one.aliases = {"CVE-" + one.id};
  one.summary = "it \xF0\x9F\x92\xA5";
  one.url = "https://example.org/" + one.id;
  one.modified = "2024-01-01T00:00:00Z";
  one.severity = Severity::high;
  one.score = 75;
  one.affected.push_back(
      {ecosystem,
       std::move(name),
       {"1.0.0"},
       {{{{VersionEvent::Kind::introduced, "0"}, {VersionEvent::Kind::fixed, "1.0.1"}}}}});
  return one;
}

TEST_CASE("the index gives back what was put in") {
  std::vector<Advisory> all;
  for (int number = 0; number < 500; ++number)
    all.push_back(advisory(fmt::format("X-{}", number), fmt::format("p{}", number % 100)));
  all.push_back(advisory("Y-1", "p1", Ecosystem::pypi));
  all.back().affected.push_back({Ecosystem::npm, "p1", {"3.0.0"}, {}});
  all.push_back(advisory("W-1", "p1"));
  all.back().withdrawn = true;
  all.push_back({});
  const std::string bytes = encode_index(all, 1'700'000'000);
  const auto index = AdvisoryIndex::open(bytes);
  REQUIRE(index.has_value());
  CHECK(index->advisories() == 501);
  CHECK(index->packages() == 101);
  CHECK(index->imported_seconds() == 1'700'000'000);
  const auto found = index->find(Ecosystem::npm, "p1");
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 6);
  CHECK(spell((*found)[0]) == "X-1 [CVE-X-1] high 75; npm p1 (1.0.0) { from 0 fixed 1.0.1 }");
  CHECK((*found)[0].summary == "it \xF0\x9F\x92\xA5");
  CHECK(spell((*found)[5]) == "Y-1 [CVE-Y-1] high 75; npm p1 (3.0.0)");
  CHECK(index->find(Ecosystem::pypi, "p1")->size() == 1);
  CHECK(index->find(Ecosystem::npm, "nothing")->empty());
  const auto again = index->all();
  REQUIRE(again.has_value());
  CHECK(again->size() == 501);
  CHECK(encode_index(*again, 1'700'000'000).size() == bytes.size());
  CHECK(encode_index({}, 0).size() == 36);
  CHECK(AdvisoryIndex::open(encode_index({}, 0))->find(Ecosystem::npm, "a")->empty());
}

TEST_CASE("a damaged index is an error, never a wrong answer that crashes") {
  const std::string good = encode_index({advisory("X-1", "a"), advisory("X-2", "b")}, 1);
  for (std::size_t size = 0; size < good.size(); ++size)
    CHECK_FALSE(AdvisoryIndex::open(std::string_view(good).substr(0, size)).has_value());
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char byte : {'\0', '\x7F', '\xFF'}) {
      std::string bad = good;
      bad[at] = byte;
      const auto index = AdvisoryIndex::open(bad);
      if (!index) continue;
      (void)index->find(Ecosystem::npm, "a");
      (void)index->all();
    }
  }
  CHECK(AdvisoryIndex::open("gateadv0" + good.substr(8)).error().message ==
        "the advisories in the cache are those of another version of gate; run `gate advisories "
        "import` again");
}

}  // namespace
}  // namespace gate::readers::lockfiles
