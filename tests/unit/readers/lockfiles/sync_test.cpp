// Lockfiles against their manifests: samples with what disagrees (sync/*.txt). The first file of a
// sample is the lockfile.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/base/hash.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/lockfiles/canonical/php_json.h"
#include "gate/readers/lockfiles/canonical/python_json.h"
#include "gate/readers/lockfiles/formats.h"
#include "tests/unit/readers/lockfiles/samples.h"

namespace gate::readers::lockfiles {
namespace {

using test::Sample;

class SampleNeighbours final : public Neighbours {
 public:
  explicit SampleNeighbours(const Sample& sample) : sample_(sample) {}

  [[nodiscard]] Result<std::shared_ptr<const base::Source>> read(
      std::string_view path) const override {
    for (const auto& [name, text] : sample_.files) {
      if (name == path) return test::source(name, text);
    }
    return std::shared_ptr<const base::Source>();
  }

  [[nodiscard]] std::vector<std::string> folders_with(std::string_view file) const override {
    std::vector<std::string> folders;
    for (const auto& [name, text] : sample_.files) {
      const std::size_t slash = name.rfind('/');
      if (slash != std::string::npos && name.substr(slash + 1) == file)
        folders.push_back(name.substr(0, slash));
    }
    std::sort(folders.begin(), folders.end());
    return folders;
  }

 private:
  const Sample& sample_;
};

std::string compare(const Sample& sample, Strictness strictness) {
  const auto& [path, text] = sample.files.front();
  const Format* format = find_format(path);
  REQUIRE(format != nullptr);
  const ReadResult lock = read_lockfile(*format, test::source(path, text));
  if (!lock) return "refused: " + lock.error().message + "\n";
  REQUIRE(format->sync != nullptr);
  Comparison comparison;
  format->sync(**lock, SampleNeighbours(sample), strictness, comparison);
  std::string out;
  for (const Disagreement& one : comparison.disagreements) {
    const base::Position place = one.source->lines().position(one.span.begin);
    out +=
        fmt::format("  {}:{}:{} {}\n", one.source->name(), place.line, place.column, one.message);
  }
  for (const std::string& unknown : comparison.unknown)
    out += fmt::format("  unknown: {}\n", unknown);
  for (const std::string& untold : comparison.untold)
    out += fmt::format("  untold: {}\n", untold);
  if (comparison.manifests.empty()) out += "  nothing compared\n";
  return out.empty() ? "  in sync\n" : out;
}

TEST_CASE("lockfiles disagree with their manifests where their managers say so") {
  for (const Sample& sample : test::samples("sync")) {
    CAPTURE(sample.name);
    const std::string tool = compare(sample, Strictness::tool);
    const std::string exact = compare(sample, Strictness::exact);
    test::check(sample, "sync",
                tool == exact ? "both\n" + tool : "tool\n" + tool + "exact\n" + exact);
  }
}

std::string php(std::string_view json) {
  const auto document = parse_json(test::source("x.json", std::string(json)));
  REQUIRE(document.has_value());
  std::string out;
  append_php_json((*document)->root(), out);
  return out;
}

// What PHP 8.2 answers to json_encode(json_decode(TEXT, true)).
TEST_CASE("JSON as PHP writes it") {
  CHECK(php("{}") == "[]");
  CHECK(php("[ ]") == "[]");
  CHECK(php(R"({"a":{},"b":[1, 2]})") == R"({"a":[],"b":[1,2]})");
  CHECK(php(R"({"0":"a","1":"b"})") == R"(["a","b"])");
  CHECK(php(R"({"1":"a","0":"b"})") == R"({"1":"a","0":"b"})");
  CHECK(php(R"({"0":"a","2":"b"})") == R"({"0":"a","2":"b"})");
  CHECK(php(R"({"00":"a"})") == R"({"00":"a"})");
  CHECK(php(R"({"a":1,"b":2,"a":3})") == R"({"a":3,"b":2})");
  CHECK(php("\"a/b \\u0000\\b\\f\\n\\r\\t\x7F é 😀 \\ud83d\\ude00\"") ==
        "\"a\\/b \\u0000\\b\\f\\n\\r\\t\x7F \\u00e9 \\ud83d\\ude00 \\ud83d\\ude00\"");
  CHECK(php("[0, -0, -0.0, 1.0, 1e3, 1e16, 1e17, 0.0001, 0.00001, 1e-7, 1.5, -2.5e-10]") ==
        "[0,0,-0,1,1000,10000000000000000,1.0e+17,0.0001,1.0e-5,1.0e-7,1.5,-2.5e-10]");
  CHECK(php("[9223372036854775807, 9223372036854775808, 0.1, 123456789.123]") ==
        "[9223372036854775807,9.223372036854776e+18,0.1,123456789.123]");
  CHECK(php("[true, false, null]") == "[true,false,null]");
}

// What Python 3.11 answers to json.dumps(json.loads(TEXT), sort_keys=True).
TEST_CASE("JSON as Python writes it") {
  const auto python = [](std::string_view json) {
    const auto document = parse_json(test::source("x.json", std::string(json)));
    REQUIRE(document.has_value());
    return python_json((*document)->root(), {});
  };
  CHECK(python(R"({"b":1,"a":{"d":[1,"x"],"c":null}})") ==
        R"({"a": {"c": null, "d": [1, "x"]}, "b": 1})");
  CHECK(python(R"({"B":1,"a":2,"_":3})") == R"({"B": 1, "_": 3, "a": 2})");
  CHECK(python("\"a/b é 😀\x7F\\n\"") == "\"a/b \\u00e9 \\ud83d\\ude00\x7F\\n\"");
  CHECK(python("[1.0, 0.0001, 0.00001, 1e16, 1e15, 1.5, -0.0]") ==
        "[1.0, 0.0001, 1e-05, 1e+16, 1000000000000000.0, 1.5, -0.0]");
  CHECK(python("[]") == "[]");
  CHECK(python("{}") == "{}");
}

TEST_CASE("MD5 is MD5") {
  CHECK(base::md5("") == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(base::md5("[]") == "d751713988987e9331980363e24189ce");
}

}  // namespace
}  // namespace gate::readers::lockfiles
