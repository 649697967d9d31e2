#include "gate/checks/package_changes.h"

#include <map>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using Files = std::map<std::string, std::string>;

std::string compare(const Files& before, const Files& after) {
  const auto old = test::sample(before);
  const auto now = test::sample(after);
  const finding::PackageChanges changes = compare_packages(Inventory(*old), Inventory(*now));
  std::string out;
  for (const finding::PackageChange& change : changes.packages) {
    out += fmt::format("{} {} {}: {} -> {}{}\n", change.lockfile, change.ecosystem, change.name,
                       fmt::join(change.before, ", "), fmt::join(change.after, ", "),
                       change.development ? " (development)" : "");
  }
  for (const std::string& unknown : changes.unknown)
    out += "unknown " + unknown + "\n";
  return out;
}

std::string npm(const std::string& entries) {
  return "{\"lockfileVersion\": 3, \"packages\": {" + entries + "}}";
}

TEST_CASE("packages that a change brings in, takes out and moves") {
  const std::string sound = npm(R"("packages/web": {"version": "1.0.0"},
"node_modules/a": {"version": "1.0.0"}, "node_modules/b": {"version": "1.0.0"},
"node_modules/gone": {"version": "3.0.0", "dev": true})");
  const std::string after = npm(R"("packages/app": {"version": "1.0.0"},
"node_modules/a": {"version": "1.0.0"}, "node_modules/b": {"version": "2.0.0"},
"node_modules/a/node_modules/b": {"version": "1.0.0"},
"node_modules/new": {"resolved": "git+https://git.example.org/new.git#1111111111111111111111111111111111111111", "dev": true})");
  CHECK(compare({{"package-lock.json", sound}}, {{"package-lock.json", sound}}).empty());
  CHECK(compare({{"package-lock.json", sound}}, {{"package-lock.json", after}}) ==
        "package-lock.json npm b: 1.0.0 -> 1.0.0, 2.0.0\n"
        "package-lock.json npm gone: 3.0.0 ->  (development)\n"
        "package-lock.json npm new:  -> 1111111111111111111111111111111111111111 (development)\n");
  CHECK(compare({{"package-lock.json", sound}}, {{"package-lock.json", "{"}}) ==
        "unknown package-lock.json: line 1, column 2: the text ends too early\n");
  CHECK(compare({{"package-lock.json", "{"}}, {{"package-lock.json", sound}}) ==
        "unknown package-lock.json before the change: line 1, column 2: the text ends too early\n");
}

TEST_CASE("names of Python packages are the same in any spelling, versions may be open") {
  CHECK(
      compare({{"requirements.txt", "Old_Thing==1.0\n"}}, {{"requirements.txt", "old-thing\n"}}) ==
      "requirements.txt pypi old-thing: 1.0 -> *\n");
  CHECK(compare({{"requirements.txt", "Old_Thing==1.0\n"}}, {}) ==
        "requirements.txt pypi Old_Thing: 1.0 -> \n");
}

}  // namespace
}  // namespace gate::checks
