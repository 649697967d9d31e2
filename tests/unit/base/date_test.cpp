#include "gate/base/date.h"

#include <string_view>

#include <catch2/catch.hpp>

using gate::base::format_date;
using gate::base::parse_date;

TEST_CASE("a day is read and written as YYYY-MM-DD") {
  for (const std::string_view day : {"2026-01-31", "2024-02-29", "0001-01-01", "9999-12-31"}) {
    CAPTURE(day);
    REQUIRE(parse_date(day));
    CHECK(format_date(*parse_date(day)) == day);
  }
  CHECK(*parse_date("2026-03-01") - *parse_date("2026-02-28") == std::chrono::days(1));
}

TEST_CASE("what is no day is refused") {
  for (const std::string_view text :
       {"", "2026-1-31", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026/01/31",
        "2026-01-31 ", "+026-01-31", "20a6-01-01", "2026-01-3x"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
}
