#include "gate/base/text.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using gate::base::LineIndex;
using gate::base::Position;
using gate::base::Source;

TEST_CASE("offsets have lines and columns from 1, in bytes") {
  const LineIndex lines("ab\r\n\né\nlast");
  CHECK(lines.position(0) == Position{1, 1});
  CHECK(lines.position(1) == Position{1, 2});
  CHECK(lines.position(4) == Position{2, 1});
  CHECK(lines.position(5) == Position{3, 1});
  CHECK(lines.position(7) == Position{3, 3});
  CHECK(lines.position(8) == Position{4, 1});
  CHECK(lines.position(12) == Position{4, 5});
  CHECK(lines.position(999) == Position{4, 5});
}

TEST_CASE("lines come without their ends") {
  const LineIndex lines("ab\r\n\né\nlast");
  CHECK(lines.count() == 4);
  CHECK(lines.line(1) == "ab");
  CHECK(lines.line(2).empty());
  CHECK(lines.line(3) == "é");
  CHECK(lines.line(4) == "last");
  CHECK(lines.line(0).empty());
  CHECK(lines.line(5).empty());
}

TEST_CASE("a final line end opens no line, an empty text has none") {
  CHECK(LineIndex("a\n").count() == 1);
  CHECK(LineIndex("a").count() == 1);
  CHECK(LineIndex("\n").count() == 1);
  CHECK(LineIndex("").count() == 0);
  CHECK(LineIndex("").position(0) == Position{1, 1});
}

TEST_CASE("a source keeps its text and knows its lines") {
  const Source source("gate.toml", "[gate]\nversion = 1\n");
  CHECK(source.name() == "gate.toml");
  CHECK(source.lines().line(2) == "version = 1");
  CHECK(source.text().size() == 19);
}
