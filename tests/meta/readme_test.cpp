// README.md against what the program does.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

namespace {

std::string read(const std::string& path) {
  std::ifstream file(std::string(GATE_SOURCE_FOLDER "/") + path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Returns the text between two marks, without them.
std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  REQUIRE(begin != std::string::npos);
  const std::size_t end = text.find(to, begin + from.size());
  REQUIRE(end != std::string::npos);
  return text.substr(begin + from.size(), end - begin - from.size());
}

// Returns a text without its first two blanks on each line: a scenario indents what it wants.
std::string without_indent(const std::string& text) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);)
    out += line.substr(std::min<std::size_t>(2, line.size())) + '\n';
  return out;
}

}  // namespace

// GATE_BLESS=1 writes the output of the scenario into the page, as it does for scenarios.
TEST_CASE("README.md shows what the example prints") {
  const std::string opening = "ends like this:\n\n```\n";
  std::string page = read("README.md");
  const std::string shown = between(page, opening, "```");
  // The scenario judges the same example under the name of its folder.
  const std::string printed =
      without_indent(between(read("tests/scenario/example-dexter-crm.txt"), "stdout\n", "\n\n# "));
  REQUIRE(printed.starts_with("repo: "));
  const std::string wanted = "dexter-crm" + printed.substr(printed.find(':'));
  if (std::getenv("GATE_BLESS") != nullptr && shown != wanted) {
    page.replace(page.find(opening) + opening.size(), shown.size(), wanted);
    std::ofstream(GATE_SOURCE_FOLDER "/README.md", std::ios::binary) << page;
    return;
  }
  CHECK(shown == wanted);
}
