#include "gate/base/json_writer.h"

#include <cstdint>
#include <limits>
#include <locale>
#include <string>

#include <catch2/catch.hpp>

namespace gate::base {
namespace {

std::string written(std::string_view value) {
  JsonWriter json;
  json.string(value);
  return std::move(json).text();
}

std::string written(double value) {
  JsonWriter json;
  json.number(value);
  return std::move(json).text();
}

void write_sample(JsonWriter& json) {
  json.begin_object();
  json.key("name").string("gate");
  json.key("none").null();
  json.key("flags").begin_array().boolean(true).boolean(false).end_array();
  json.key("empty").begin_array().end_array();
  json.key("inner").begin_object().key("n").number(-1).end_object();
  json.key("last").begin_object().end_object();
  json.end_object();
}

}  // namespace

TEST_CASE("JSON is written compact or indented") {
  JsonWriter compact;
  write_sample(compact);
  CHECK(
      std::move(compact).text() ==
      R"({"name":"gate","none":null,"flags":[true,false],"empty":[],"inner":{"n":-1},"last":{}})");

  JsonWriter indented(JsonWriter::Layout::indented);
  write_sample(indented);
  CHECK(std::move(indented).text() == R"({
  "name": "gate",
  "none": null,
  "flags": [
    true,
    false
  ],
  "empty": [],
  "inner": {
    "n": -1
  },
  "last": {}
})");
}

TEST_CASE("JSON strings hold every text") {
  CHECK(written("") == R"("")");
  CHECK(written("a\"b\\c/") == R"("a\"b\\c/")");
  CHECK(written("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  CHECK(written(std::string("\0\x1F\x7F", 3)) == R"("\u0000\u001f\u007f")");
  CHECK(written("\u009B31m\u00A0") == "\"\\u009b31m\u00A0\"");
  CHECK(written("نشر 😀") == "\"نشر 😀\"");
  CHECK(written("\xFF\xE2\x82") == "\"\uFFFD\uFFFD\"");
  CHECK(written("##[error] [x]") == R"("##\u005berror] [x]")");
}

TEST_CASE("JSON numbers are exact and know no locale") {
  JsonWriter json;
  json.begin_array();
  json.number(std::numeric_limits<std::uint64_t>::max());
  json.number(std::numeric_limits<std::int64_t>::min());
  json.number(std::uint32_t{7}).number(0.1).number(2.0).number(1e300);
  json.end_array();
  CHECK(std::move(json).text() == "[18446744073709551615,-9223372036854775808,7,0.1,2,1e+300]");

  struct Comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale(), new Comma));
  const std::string number = written(1234567.5);
  std::locale::global(before);
  CHECK(number == "1234567.5");

  CHECK(written(std::numeric_limits<double>::quiet_NaN()) == "null");
  CHECK(written(std::numeric_limits<double>::infinity()) == "null");
}

}  // namespace gate::base
