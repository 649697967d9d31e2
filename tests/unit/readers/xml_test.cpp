#include "gate/readers/formats/xml.h"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace gate::readers {
namespace {

void spell(const Value& value, std::size_t depth, std::string& out) {
  const Node& node = value.node();
  out += fmt::format("{:{}}{}", "", depth * 2, node.key);
  if (node.kind == NodeKind::string) {
    out += fmt::format(" = {}\n", node.text);
    return;
  }
  const std::string_view text = value.document().source()->text();
  out += fmt::format(" <{}>\n", text.substr(node.span.begin, node.span.end - node.span.begin));
  for (const Value& child : value.children())
    spell(child, depth + 1, out);
}

std::string xml(std::string_view text) {
  const auto document = parse_xml(std::make_shared<base::Source>("x.xml", std::string(text)));
  if (!document) return document.error().message;
  std::string out;
  for (const Value& child : (*document)->root().children())
    spell(child, 0, out);
  return out;
}

struct Text {
  std::string_view text;
  std::string_view wanted;
};

TEST_CASE("XML becomes a tree of elements, attributes and texts") {
  const std::vector<Text> texts = {
      {"<a/>", "a <a>\n"},
      {"\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- x --><a b='1'\n "
       "c=\"2&quot;\"/>\n<!-- y -->\n",
       "a <a>\n  @b = 1\n  @c = 2\"\n"},
      {"<a>x<b>y</b><b/> z &lt;&#233;&#x1F600;<![CDATA[<&amp;]]]></a>",
       "a <a>\n  b <b>\n    #text = y\n  b <b>\n  #text = x z <é😀<&amp;]\n"},
      {"<a>\n  <b>\n</b>\n</a>", "a <a>\n  b <b>\n"},
      {"<n:a n:b='1'/>", "n:a <n:a>\n  @n:b = 1\n"},
      {"<a>\xFF\xC3</a>", "a <a>\n  #text = \xFF\xC3\n"},
  };
  for (const Text& one : texts) {
    INFO(one.text);
    CHECK(xml(one.text) == one.wanted);
  }
}

TEST_CASE("no entity of a DTD is expanded and no file is read") {
  CHECK(xml("<!DOCTYPE a [<!ENTITY x \"boom\"><!ENTITY y \"&x;&x;\">\n"
            "<!ENTITY f SYSTEM \"file:///etc/hostname\">]>\n<a b='&y;'>&y;&f;&unknown;</a>") ==
        "a <a>\n  @b = &y;\n  #text = &y;&f;&unknown;\n");
}

TEST_CASE("what is not XML is refused with its place") {
  const std::vector<Text> texts = {
      {"", "there is no root element"},
      {" \n", "there is no root element"},
      {"<?xml version='1.0'?>", "there is no root element"},
      {"<!-- a -->", "there is no root element"},
      {"text", "line 1, column 1: something stands beside the root element"},
      {"<a/>\ntext", "line 1, column 5: something stands beside the root element"},
      {"<a/><a/>", "line 1, column 6: something stands beside the root element"},
      {"<a/><![CDATA[x]]>", "line 1, column 14: something stands beside the root element"},
  };
  for (const Text& one : texts) {
    INFO(one.text);
    CHECK(xml(one.text) == one.wanted);
  }
  for (const std::string_view text :
       {"<a", "<a>", "<a></b>", "<a b></a>", "<a b='></a>", "<a><b></a></b>", "</a>",
        "<a><![CDATA[x]]</a>", "<!DOCTYPE a [<a/>", "<a><!-- </a>", "{\"a\": 1}<"}) {
    INFO(text);
    CHECK(xml(text).starts_with("line 1, column "));
  }
  // UTF-16 is nobody's output here.
  CHECK(xml(std::string_view("\xFF\xFE<\0a\0/\0>\0", 10)) == "line 1, column 4: a byte 0");
  CHECK(xml(std::string_view("<a/>\0<b/>", 9)) == "line 1, column 5: a byte 0");
}

TEST_CASE("cut anywhere, XML is an error") {
  const std::string text = "<?xml version='1.0'?>\n<a b='1'><!-- x --><c>&lt;</c><![CDATA[x]]></a>";
  for (std::size_t size = 0; size < text.size(); ++size) {
    INFO(text.substr(0, size));
    CHECK_FALSE(parse_xml(std::make_shared<base::Source>("x", text.substr(0, size))).has_value());
  }
}

TEST_CASE("256 levels of elements are read and one more is not") {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i)
      text += "<a>";
    for (std::size_t i = 0; i < depth; ++i)
      text += "</a>";
    return text;
  };
  CHECK(xml(nested(256)).starts_with("a <a>\n"));
  CHECK(xml(nested(257)) == "elements are nested too deeply");
  CHECK(xml(nested(1'000'000)) == "elements are nested too deeply");
}

TEST_CASE("a wide document is read in linear time") {
  std::string text = "<a>";
  for (int i = 0; i < 100'000; ++i)
    text += "<b c='1'/>";
  const auto document = parse_xml(std::make_shared<base::Source>("x", text + "</a>"));
  REQUIRE(document.has_value());
  CHECK((*document)->root().find("a")->node().size == 100'000);
}

}  // namespace
}  // namespace gate::readers
