// Orders and ranges of versions, each against vectors of its own specification or program.
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "gate/readers/lockfiles/versions/composer.h"
#include "gate/readers/lockfiles/versions/npm_range.h"
#include "gate/readers/lockfiles/versions/order.h"
#include "gate/readers/lockfiles/versions/pep440.h"
#include "gate/readers/lockfiles/versions/range.h"

namespace gate::readers::lockfiles {
namespace {

using Chain = std::vector<std::string_view>;

// Every version of a chain stands below every later one, and equals itself.
void check_chain(Ecosystem ecosystem, const Chain& chain) {
  for (std::size_t low = 0; low < chain.size(); ++low) {
    CAPTURE(chain[low]);
    CHECK((compare_versions(ecosystem, chain[low], chain[low]) == 0));
    for (std::size_t high = low + 1; high < chain.size(); ++high) {
      CAPTURE(chain[high]);
      CHECK((compare_versions(ecosystem, chain[low], chain[high]) < 0));
      CHECK((compare_versions(ecosystem, chain[high], chain[low]) > 0));
    }
  }
}

void check_same(Ecosystem ecosystem, const Chain& same) {
  for (const std::string_view one : same) {
    CAPTURE(one);
    CHECK((compare_versions(ecosystem, same.front(), one) == 0));
  }
}

std::string range(Ecosystem ecosystem, std::string_view version, std::string_view text) {
  const auto fits = in_range(ecosystem, version, text);
  return !fits ? "unreadable" : *fits ? "yes" : "no";
}

TEST_CASE("versions of npm, Cargo and Go are ordered by SemVer") {
  for (const Ecosystem ecosystem : {Ecosystem::npm, Ecosystem::crates, Ecosystem::go}) {
    check_chain(ecosystem,
                {"0.0.0-0", "0.0.0", "0.0.1", "0.9.0", "0.10.0", "1.0.0-alpha", "1.0.0-alpha.1",
                 "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
                 "1.0.0", "1.0.1", "2.0.0-18446744073709551616", "2.0.0-18446744073709551617",
                 "2.0.0", "18446744073709551616.0.0", "18446744073709551617.0.0"});
    check_same(ecosystem, {"1.2.0", "v1.2.0", "1.2", "1.2.0+build", "v1.2.0+incompatible"});
  }
  check_chain(Ecosystem::go, {"v0.0.0-20180925071336-cf3bd585ca2a",
                              "v0.0.0-20220412211240-33da011f77ad", "v0.0.0", "v0.0.1-0.2022"});
}

TEST_CASE("versions of Maven are ordered by ComparableVersion") {
  // What a name means, in the order that Maven documents.
  check_chain(Ecosystem::maven, {"1-alpha", "1-beta", "1-milestone", "1-rc", "1-snapshot", "1",
                                 "1-sp", "1-abc", "1-xyz", "1-1-alpha", "1-1", "1.1"});
  check_chain(Ecosystem::maven, {"1.0-alpha-1", "1.0-alpha-2", "1.0-alpha-10", "1.0-beta-1",
                                 "1.0-rc1", "1.0-rc2", "1.0", "1.0.1", "1.2", "1.10", "2.0",
                                 "18446744073709551616", "18446744073709551617"});
  check_same(Ecosystem::maven, {"1", "1.0", "1.0.0", "1-ga", "1.0.Final", "1.0.0.RELEASE", "1-0",
                                "1.0-final", "01.00"});
  check_same(Ecosystem::maven, {"1a1", "1-alpha-1", "1.0-ALPHA1", "1-a1"});
  check_same(Ecosystem::maven, {"1b2", "1-beta-2"});
  check_same(Ecosystem::maven, {"1-cr1", "1-rc1"});
  check_chain(Ecosystem::maven, {"4.1.0.Beta1", "4.1.0.CR1", "4.1.0.Final", "4.1.1.Final"});
  // Deep nesting ends.
  std::string deep;
  for (int part = 0; part < 5000; ++part)
    deep += "-1";
  CHECK((compare_versions(Ecosystem::maven, deep, deep) == 0));
  CHECK((compare_versions(Ecosystem::maven, deep, deep + "x") != 0));
}

TEST_CASE("ranges of Maven") {
  const auto maven = [](std::string_view version, std::string_view text) {
    return range(Ecosystem::maven, version, text);
  };
  CHECK(maven("1.5", "[1.0,2.0)") == "yes");
  CHECK(maven("2.0", "[1.0,2.0)") == "no");
  CHECK(maven("2.0.Final", "[1.0,2.0]") == "yes");
  CHECK(maven("1.0", "(1.0,)") == "no");
  CHECK(maven("0.9", "(,1.0],[1.2,)") == "yes");
  CHECK(maven("1.1", "(,1.0],[1.2,)") == "no");
  CHECK(maven("1.2", "(,1.0] , [1.2]") == "yes");
  CHECK(maven("1.2", "(1.2)") == "no");
  CHECK(maven("1.0-rc1", "<1.0") == "yes");
  CHECK(maven("1.0", ">=1.0, <2") == "yes");
  CHECK(maven("1.0", "[1.0") == "unreadable");
  CHECK(maven("1.0", "x[1.0]") == "unreadable");
  CHECK(maven("1.0", "[]") == "unreadable");
  CHECK(maven("1.0", "latest") == "unreadable");
}

TEST_CASE("versions of Python are ordered by PEP 440") {
  check_chain(Ecosystem::pypi, {"not-a-version",
                                "1.0.dev456",
                                "1.0a1",
                                "1.0a2.dev456",
                                "1.0a12.dev456",
                                "1.0a12",
                                "1.0b1.dev456",
                                "1.0b2",
                                "1.0b2.post345.dev456",
                                "1.0b2.post345",
                                "1.0rc1.dev456",
                                "1.0rc1",
                                "1.0",
                                "1.0+abc.5",
                                "1.0+abc.7",
                                "1.0+5",
                                "1.0.post456.dev34",
                                "1.0.post456",
                                "1.0.15",
                                "1.1.dev1",
                                "1.1",
                                "2013.10",
                                "1!0.1"});
  check_same(Ecosystem::pypi, {"1.0a1", "1.0.a1", "1.0-ALPHA1", "1.0_alpha_1", "1.0.0a01", "v1a1"});
  check_same(Ecosystem::pypi, {"1.0.post1", "1.0-1", "1.0.rev1", "1.0r1", "1.0.0-POST-1"});
  CHECK(normal_form(*parse_pep440("1!01.2.0-ALPHA-3.post04.dev+Ubuntu-1")) ==
        "1!1.2.0a3.post4.dev0+ubuntu.1");
  for (const std::string_view text : {"", "x", "1.0+", "1..0", "1.0a1b2", "1.0 2", "==1.0"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_pep440(text).has_value());
  }
}

TEST_CASE("versions of Packagist are ordered as PHP orders them") {
  check_chain(Ecosystem::packagist,
              {"1.0.0-nonsense", "1.0.0-dev", "1.0.0-alpha1", "1.0.0-alpha2", "1.0.0-beta1",
               "1.0.0-RC1", "1.0.0-RC2", "1.0.0", "1.0.0.1", "1.0.0-p1", "1.0.0-pl2", "1.0.1"});
  check_same(Ecosystem::packagist, {"v1.2.3", "1.2.3", "V1.2.3"});
  CHECK(php_version_compare("5.2", "5.10") == -1);
  CHECK(php_version_compare("", "1") == -1);
  CHECK(php_version_compare("1", "") == 1);
  CHECK(php_version_compare("", "") == 0);
  CHECK(php_version_compare("1.0rc1", "1.0RC1") == 0);
  CHECK(php_version_compare("1.0", "1.0.0") == -1);
  CHECK(php_version_compare("1.0-a", "1.0") == -1);
  CHECK(php_version_compare("1.0", "1.0pl1") == -1);
}

TEST_CASE("versions of gems are ordered by Gem::Version") {
  check_chain(Ecosystem::rubygems, {"0.beta.1", "0.0", "1.0.a9.1", "1.0.a10", "1.0.b1", "1.0.rc.1",
                                    "1.0", "1.0.1", "1.9.3", "1.10"});
  check_same(Ecosystem::rubygems, {"1.0", "1", "1.0.0"});
  check_same(Ecosystem::rubygems, {"1.0.0-a1", "1.0.pre.a1"});
}

TEST_CASE("ranges of npm") {
  const auto npm = [](std::string_view version, std::string_view text) {
    return range(Ecosystem::npm, version, text);
  };
  struct Row {
    std::string_view version;
    std::string_view range;
    std::string_view wanted;
  };
  constexpr auto kRows = std::to_array<Row>({
      {"1.2.3", "^1.2.2", "yes"},
      {"2.0.0", "^1.2.2", "no"},
      {"0.2.9", "^0.2.3", "yes"},
      {"0.3.0", "^0.2.3", "no"},
      {"0.0.3", "^0.0.3", "yes"},
      {"0.0.4", "^0.0.3", "no"},
      {"0.0.9", "^0.0", "yes"},
      {"0.9.0", "^0.x", "yes"},
      {"1.2.9", "~1.2.3", "yes"},
      {"1.3.0", "~1.2.3", "no"},
      {"1.9.0", "~1", "yes"},
      {"1.2.3", "~> 1.2", "yes"},
      {"1.2.3", ">=1.2.3 <2", "yes"},
      {"1.2.3", ">= 1.2.3 < 2", "yes"},
      {"2.0.0", ">1", "yes"},
      {"1.9.9", ">1", "no"},
      {"1.9.9", "<=1", "yes"},
      {"1.0.0", "<1", "no"},
      {"1.2.9", "1.2", "yes"},
      {"1.2.9", "1.x || >=2.5.0", "yes"},
      {"2.4.0", "1.x || >=2.5.0", "no"},
      {"2.3.9", "1.2 - 2.3", "yes"},
      {"2.4.0", "1.2 - 2.3", "no"},
      {"2.3.4", "1.2.3 - 2.3.4", "yes"},
      {"1.2.3-beta.2", "^1.2.3-beta.1", "yes"},
      {"1.2.4-beta.2", "^1.2.3-beta.1", "no"},
      {"1.2.3-beta", "^1.2.0", "no"},
      {"2.0.0-beta", "<2.0.0", "no"},
      {"1.2.3", "", "yes"},
      {"1.2.3", "*", "yes"},
      {"1.2.3", "=v1.2.3", "yes"},
      {"1.2.3", "latest", "unreadable"},
      {"2.0.0", "== 1.0.0 || foo", "no"},
      {"1.2.3", "1.2.3.4", "unreadable"},
      {"1.2.3+build", "1.2.3+other", "yes"},
  });
  for (const Row& row : kRows) {
    CAPTURE(row.version, row.range);
    CHECK(npm(row.version, row.range) == row.wanted);
  }
}

TEST_CASE("requirements of Cargo mean a caret where none stands") {
  CHECK(range(Ecosystem::crates, "1.9.0", "1.2") == "yes");
  CHECK(range(Ecosystem::crates, "2.0.0", "1.2") == "no");
  CHECK(range(Ecosystem::crates, "0.3.0", "0.2.1") == "no");
  CHECK(range(Ecosystem::crates, "1.2.9", "=1.2") == "yes");
  CHECK(range(Ecosystem::crates, "1.5.0", ">=1.2, <1.6") == "yes");
  CHECK(range(Ecosystem::crates, "1.6.0", ">=1.2, <1.6") == "no");
  CHECK(range(Ecosystem::crates, "1.6.0", "1.*") == "yes");
  CHECK(range(Ecosystem::crates, "1.6.0", "*") == "yes");
}

TEST_CASE("specifiers of Python") {
  const auto pypi = [](std::string_view version, std::string_view text) {
    return range(Ecosystem::pypi, version, text);
  };
  CHECK(pypi("1.4.5", "~=1.4.2") == "yes");
  CHECK(pypi("1.5", "~=1.4.2") == "no");
  CHECK(pypi("1.9", "~=1.4") == "yes");
  CHECK(pypi("1.1", "==1.1.0") == "yes");
  CHECK(pypi("1.1.post1", "==1.1") == "no");
  CHECK(pypi("1.1.post1", "==1.1.*") == "yes");
  CHECK(pypi("1.1a1", "==1.1.*") == "yes");
  CHECK(pypi("1.2", "!=1.1.*") == "yes");
  CHECK(pypi("1.7.post2", ">1.7") == "no");
  CHECK(pypi("1.7.0.post2", ">1.7.post1") == "yes");
  CHECK(pypi("2.0rc1", "<2.0") == "no");
  CHECK(pypi("2.0rc1", "<2.0rc2") == "yes");
  CHECK(pypi("1.0+local", "==1.0") == "yes");
  CHECK(pypi("1.0", "==1.0+local") == "no");
  CHECK(pypi("1.0+local", "===1.0+LOCAL") == "yes");
  CHECK(pypi("4.2.1", ">=4.2, <5, !=4.2.0") == "yes");
  CHECK(pypi("4.2.1", "^4") == "unreadable");
  CHECK(pypi("4.2.1", ">=4.*") == "unreadable");
  CHECK(pypi("odd", ">=4") == "unreadable");
}

TEST_CASE("versions of Composer in their normal form") {
  using Row = std::pair<std::string_view, std::string_view>;
  constexpr auto kRows = std::to_array<Row>({
      {"1.0.0", "1.0.0.0"},
      {"v1.2", "1.2.0.0"},
      {"1.2.3.4", "1.2.3.4"},
      {"1.0.0RC1dev", "1.0.0.0-RC1-dev"},
      {"1.0.0-rC15-dev", "1.0.0.0-RC15-dev"},
      {"1.0.0.RC.15-dev", "1.0.0.0-RC15-dev"},
      {"1.0.0-rc1", "1.0.0.0-RC1"},
      {"1.0.0.pl3-dev", "1.0.0.0-patch3-dev"},
      {"1.0-dev", "1.0.0.0-dev"},
      {"0", "0.0.0.0"},
      {"10.4.13-beta", "10.4.13.0-beta"},
      {"10.4.13beta2", "10.4.13.0-beta2"},
      {"10.4.13beta.2", "10.4.13.0-beta2"},
      {"1.13.11.0-beta0", "1.13.11.0-beta0"},
      {"2010.01", "2010.01.0.0"},
      {"2010-01-02", "2010.01.02"},
      {"20100102-203040", "20100102.203040"},
      {"1.0.0-beta.5+foo", "1.0.0.0-beta5"},
      {"1.0.0+foo", "1.0.0.0"},
      {"1.0.0-stable", "1.0.0.0"},
      {"1.0.0@beta", "1.0.0.0"},
      {"dev-feature-foo", "dev-feature-foo"},
      {"master", "dev-master"},
      {"1.x-dev", "1.9999999.9999999.9999999-dev"},
      {"2.3.x-dev", "2.3.9999999.9999999-dev"},
      {"dev-main as 1.0.0", "dev-main"},
  });
  for (const auto& [text, wanted] : kRows) {
    CAPTURE(text);
    CHECK(normalize_composer(text).value_or("refused") == wanted);
  }
  for (const std::string_view text : {"", "a", "1.0.0-meh", "1.0.0.0.0", "foo bar-dev"}) {
    CAPTURE(text);
    CHECK_FALSE(normalize_composer(text).has_value());
  }
}

TEST_CASE("constraints of Composer") {
  struct Row {
    std::string_view version;
    std::string_view range;
    std::string_view wanted;
  };
  constexpr auto kRows = std::to_array<Row>({
      {"1.2.3", "^1.2", "yes"},
      {"2.0.0", "^1.2", "no"},
      {"0.3.5", "^0.3.2", "yes"},
      {"0.4.0", "^0.3.2", "no"},
      {"0.0.4", "^0.0.3", "no"},
      {"1.9.0", "~1.2", "yes"},
      {"1.3.0", "~1.2.3", "no"},
      {"1.2.9", "~1.2.3", "yes"},
      {"1.2.9", "1.2.*", "yes"},
      {"1.3.0", "1.2.x", "no"},
      {"2.0.9", "1.0 - 2.0", "yes"},
      {"2.1.0", "1.0 - 2.0", "no"},
      {"2.0.1", "1.0.0 - 2.0.0", "no"},
      {"1.5.0", ">=1.0 <2.0", "yes"},
      {"1.5.0", ">=1.0,<2.0", "yes"},
      {"1.5.0", ">= 1.0 , < 1.5", "no"},
      {"3.0.0", "^1.0 || ^3.0", "yes"},
      {"3.0.0", "^1.0|^3.0", "yes"},
      {"1.0.0-beta1", "^1.0", "yes"},
      {"1.0.0-beta1", "^1.0.0@stable", "yes"},
      {"1.0.0", "!=1.0.0", "no"},
      {"1.0.0", "<>1.0.1", "yes"},
      {"dev-main", "dev-main", "yes"},
      {"dev-main", "dev-other", "no"},
      {"dev-main", "^1.0", "no"},
      {"dev-main", "dev-main#abc123", "yes"},
      {"1.x-dev", "1.x-dev", "yes"},
      {"1.x-dev", "^1.0@dev", "yes"},
      {"dev-main", "*", "yes"},
      {"1.0.0", "*", "yes"},
      {"1.0.0", "@dev", "yes"},
      {"1.0.0", "1.0.0", "yes"},
      {"1.0.0", "1", "yes"},
      {"1.0.1", "1", "no"},
      {"1.0.0", "nonsense", "unreadable"},
      {"1.0.0", "~>1.0", "unreadable"},
  });
  for (const Row& row : kRows) {
    CAPTURE(row.version, row.range);
    CHECK(range(Ecosystem::packagist, row.version, row.range) == row.wanted);
  }
}

TEST_CASE("requirements of gems and comparisons of Go") {
  CHECK(range(Ecosystem::rubygems, "1.2.9", "~> 1.2.3") == "yes");
  CHECK(range(Ecosystem::rubygems, "1.3.0", "~> 1.2.3") == "no");
  CHECK(range(Ecosystem::rubygems, "1.9", "~> 1.2") == "yes");
  CHECK(range(Ecosystem::rubygems, "2.0.a", "~> 1.2") == "no");
  CHECK(range(Ecosystem::rubygems, "1.5", ">= 1.0, < 2") == "yes");
  CHECK(range(Ecosystem::rubygems, "1.5", "!= 1.5") == "no");
  CHECK(range(Ecosystem::rubygems, "1.5", "1.5") == "yes");
  CHECK(range(Ecosystem::rubygems, "1.5", "?") == "unreadable");
  CHECK(range(Ecosystem::go, "v1.5.0", ">=1.0,<1.6") == "yes");
  CHECK(range(Ecosystem::go, "v1.6.0", ">=1.0,<1.6") == "no");
  CHECK(range(Ecosystem::go, "v1.6.0", "v1.6.0") == "yes");
  CHECK(range(Ecosystem::go, "v1.6.0", "^1") == "unreadable");
}

}  // namespace
}  // namespace gate::readers::lockfiles
