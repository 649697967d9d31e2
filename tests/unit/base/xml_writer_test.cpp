#include "gate/base/xml_writer.h"

#include <string>

#include <catch2/catch.hpp>

namespace gate::base {
namespace {

const std::string kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string text_of(std::string_view value) {
  XmlWriter xml;
  xml.begin("a").text(value).end();
  const std::string document = std::move(xml).document();
  REQUIRE(document.starts_with(kHead + "<a>"));
  REQUIRE(document.ends_with("</a>\n"));
  return document.substr(kHead.size() + 3, document.size() - kHead.size() - 8);
}

std::string attribute_of(std::string_view value) {
  XmlWriter xml;
  xml.begin("a").attribute("b", value).end();
  const std::string document = std::move(xml).document();
  REQUIRE(document.starts_with(kHead + "<a b=\""));
  REQUIRE(document.ends_with("\"/>\n"));
  return document.substr(kHead.size() + 6, document.size() - kHead.size() - 10);
}

}  // namespace

TEST_CASE("XML elements are indented, text stands with its element") {
  XmlWriter xml;
  xml.begin("suites").attribute("name", "gate");
  xml.begin("suite").begin("case").text("").end().begin("empty").end().end();
  xml.begin("mixed").text("one ").begin("b").text("two").end().text(" three").end();
  xml.end();
  CHECK(std::move(xml).document() == kHead +
                                         "<suites name=\"gate\">\n"
                                         "  <suite>\n"
                                         "    <case></case>\n"
                                         "    <empty/>\n"
                                         "  </suite>\n"
                                         "  <mixed>one <b>two</b> three</mixed>\n"
                                         "</suites>\n");
}

TEST_CASE("XML text and attributes hold every text that XML 1.0 can") {
  struct Case {
    std::string name, value, text, attribute;
  };
  const Case cases[] = {
      {"empty", "", "", ""},
      {"markup", "<a href='x'>&\"]]>", "&lt;a href='x'&gt;&amp;\"]]&gt;",
       "&lt;a href='x'&gt;&amp;&quot;]]&gt;"},
      {"white space", "a\tb\nc\r\nd", "a\tb\nc&#13;\nd", "a&#9;b&#10;c&#13;&#10;d"},
      {"controls", std::string("a\0b\x01\x08\x0B\x0C\x0E\x1B[1m\x1F", 14), "ab[1m", "ab[1m"},
      {"beyond XML", "a\uFFFE\uFFFFb\uFFFD\U0001FFFE", "ab&#65533;\U0001FFFE",
       "ab&#65533;\U0001FFFE"},
      {"invalid UTF-8", "a\xFF\xED\xA0\x80z", "a&#65533;&#65533;&#65533;&#65533;z",
       "a&#65533;&#65533;&#65533;&#65533;z"},
      {"right to left, emoji", "نشر 😀", "نشر 😀", "نشر 😀"},
      {"command at the start", "::error::x", "&#58;:error::x", "::error::x"},
      {"command behind what is trimmed", "a::b\n \t\u00A0\x01::error::x",
       "a::b\n \t\u00A0&#58;:error::x", "a::b&#10; &#9;\u00A0::error::x"},
      {"old command", "a ##[error]x #\x01#[y [z]", "a ##&#91;error]x ##&#91;y [z]",
       "a ##&#91;error]x ##&#91;y [z]"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(text_of(c.value) == c.text);
    CHECK(attribute_of(c.value) == c.attribute);
  }
}

}  // namespace gate::base
