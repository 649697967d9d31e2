// Every format of the table against a file with the whole text it must write. GATE_BLESS=1 rewrites
// the files; read the difference before committing it.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "fixture.h"
#include "gate/report/formats.h"

namespace gate::report {
namespace {

const std::filesystem::path kGolden = GATE_GOLDEN_DIR;
const std::filesystem::path kWritten = GATE_WRITTEN_DIR;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

void check_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path path = kGolden / (name + ".txt");
  if (std::getenv("GATE_BLESS") != nullptr) write(path, text);
  INFO(path);
  REQUIRE(std::filesystem::exists(path));
  CHECK(text == read(path));
}

}  // namespace

TEST_CASE("every format writes what its golden file holds") {
  const Fixture fixture = everything();
  for (const Format* format : formats())
    check_golden(std::string(format->name), format->write(fixture.report, {}));
}

TEST_CASE("the pretty report heeds its options") {
  const Fixture fixture = everything();
  const auto pretty = [&fixture](Options options) {
    return kPretty.write(fixture.report, options);
  };
  check_golden("pretty-color", pretty({.color = true}));
  check_golden("pretty-verbose", pretty({.verbose = true}));
  check_golden("pretty-quiet", pretty({.quiet = true}));
  check_golden("pretty-wide", pretty({.width = 160}));
  CHECK(pretty({.width = 0}) == pretty({.width = 40}));
}

TEST_CASE("every golden file belongs to a format") {
  for (const auto& file : std::filesystem::directory_iterator(kGolden)) {
    const std::string stem = file.path().stem().string();
    INFO(stem);
    CHECK((find_format(stem) != nullptr || stem.starts_with("pretty-")));
  }
}

// The files are read by well_formed.py and by whoever has the real clients of the formats.
TEST_CASE("reports are written for the readers of other programs") {
  const Fixture all = everything();
  const Fixture many = hostile(30'000);
  const Fixture none;
  for (const Format* format : formats()) {
    const std::string name(format->name);
    write(kWritten / ("everything." + name), format->write(all.report, {}));
    write(kWritten / ("hostile." + name), format->write(many.report, {}));
    write(kWritten / ("nothing." + name), format->write(none.report, {}));
  }
  CHECK(kPretty.write(many.report, {}) == read(kWritten / "hostile.pretty"));
}

}  // namespace gate::report
