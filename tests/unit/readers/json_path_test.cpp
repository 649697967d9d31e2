#include "gate/readers/formats/json_path.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/base/json_writer.h"
#include "gate/readers/formats/document_builder.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/formats/json_path_names.h"

namespace gate::readers {
namespace {

void write(base::JsonWriter& json, Value value) {
  switch (value->kind) {
    case NodeKind::boolean:
      json.boolean(value->boolean);
      break;
    case NodeKind::integer:
      json.number(value->integer);
      break;
    case NodeKind::number:
      json.number(value->number);
      break;
    case NodeKind::string:
    case NodeKind::date:
      json.string(value->text);
      break;
    case NodeKind::list:
      json.begin_array();
      for (const Value& child : value.children())
        write(json, child);
      json.end_array();
      break;
    case NodeKind::map:
      json.begin_object();
      for (const Value& child : value.children()) {
        json.key(child->key);
        write(json, child);
      }
      json.end_object();
      break;
    case NodeKind::null:
    case NodeKind::unknown:
      json.null();
      break;
  }
}

std::shared_ptr<const Document> parse(std::string_view text) {
  const auto document = parse_json(std::make_shared<base::Source>("x.json", std::string(text)));
  REQUIRE(document.has_value());
  return *document;
}

// What a path selects in a document, as a JSON array; an error as it is.
std::string select(std::string_view text, std::string_view path) {
  const Result<JsonPath> query = JsonPath::parse(path);
  if (!query) return query.error().message;
  const std::shared_ptr<const Document> document = parse(text);
  const Result<PathSelection> selection = query->select(document->root());
  if (!selection) return selection.error().message;
  base::JsonWriter json;
  json.begin_array();
  for (const Value& value : selection->values)
    write(json, value);
  json.end_array();
  return std::move(json).text();
}

struct Case {
  std::string_view document;
  std::string_view path;
  std::string_view wanted;
};

void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    INFO(one.path << " in " << one.document);
    CHECK(select(one.document, one.path) == one.wanted);
  }
}

constexpr std::string_view kStore =
    R"({"store": {"book": [
 {"category": "reference", "author": "Rees", "title": "Century", "price": 8.95},
 {"category": "fiction", "author": "Waugh", "title": "Honour", "price": 12.99},
 {"category": "fiction", "author": "Melville", "title": "Dick", "isbn": "0-553", "price": 8.99},
 {"category": "fiction", "author": "Tolkien", "title": "Rings", "isbn": "0-395", "price": 22.99}],
 "bicycle": {"color": "red", "price": 399}}})";

TEST_CASE("JSONPath: the store of RFC 9535, section 1.5") {
  check({
      {kStore, "$.store.book[*].author", R"(["Rees","Waugh","Melville","Tolkien"])"},
      {kStore, "$..author", R"(["Rees","Waugh","Melville","Tolkien"])"},
      {kStore, "$.store..price", "[8.95,12.99,8.99,22.99,399]"},
      {kStore, "$..book[2].title", R"(["Dick"])"},
      {kStore, "$..book[2].publisher", "[]"},
      {kStore, "$..book[-1].title", R"(["Rings"])"},
      {kStore, "$..book[0,1].title", R"(["Century","Honour"])"},
      {kStore, "$..book[:2].title", R"(["Century","Honour"])"},
      {kStore, "$..book[?@.isbn].title", R"(["Dick","Rings"])"},
      {kStore, "$..book[?@.price<10].title", R"(["Century","Dick"])"},
      {kStore, "$.store.*.color", R"(["red"])"},
  });
}

TEST_CASE("JSONPath: names and wildcards (2.3.1, 2.3.2)") {
  constexpr std::string_view doc = R"({"o": {"j j": {"k.k": 3}}, "'": {"@": 2}, "é": 4, "_1": 5})";
  check({
      {doc, "$.o['j j']", R"([{"k.k":3}])"},
      {doc, "$.o['j j']['k.k']", "[3]"},
      {doc, R"($.o["j j"]["k.k"])", "[3]"},
      {doc, R"($["'"]["@"])", "[2]"},
      {doc, R"($['\'']['@'])", "[2]"},
      {doc, "$.é", "[4]"},
      {doc, R"($['\u00e9'])", "[4]"},
      {doc, "$._1", "[5]"},
      {doc, "$ .o [ 'j j' ]", R"([{"k.k":3}])"},
      {doc, "$['a','_1']", "[5]"},
      {doc, "$.nope.deeper", "[]"},
      {"[1,2]", "$.0",
       "column 3: a name or `*` is missing after the dot; others stand in "
       "brackets: `['a b']`"},
      {"[5, 3]", "$[*]", "[5,3]"},
      {"[5, 3]", "$[*,*]", "[5,3,5,3]"},
      {R"({"a": 1, "b": [2]})", "$.*", "[1,[2]]"},
      {"5", "$", "[5]"},
      {"5", "$.*", "[]"},
      {R"({"\ud83d\ude00": 1})", R"($["\uD83D\uDE00"])", "[1]"},
  });
}

TEST_CASE("JSONPath: indexes and slices (2.3.3, 2.3.4)") {
  constexpr std::string_view list = R"(["a","b","c","d","e","f","g"])";
  check({
      {list, "$[1]", R"(["b"])"},
      {list, "$[-2]", R"(["f"])"},
      {list, "$[7]", "[]"},
      {list, "$[-8]", "[]"},
      {list, "$[1:3]", R"(["b","c"])"},
      {list, "$[5:]", R"(["f","g"])"},
      {list, "$[1:5:2]", R"(["b","d"])"},
      {list, "$[5:1:-2]", R"(["f","d"])"},
      {list, "$[::-1]", R"(["g","f","e","d","c","b","a"])"},
      {list, "$[:]", R"(["a","b","c","d","e","f","g"])"},
      {list, "$[1 : 3 : 1]", R"(["b","c"])"},
      {list, "$[::0]", "[]"},
      {list, "$[-3:-1]", R"(["e","f"])"},
      {list, "$[:-5:-1]", R"(["g","f","e","d"])"},
      {list, "$[3:-9007199254740991:-1]", R"(["d","c","b","a"])"},
      {list, "$[0:9007199254740991:9007199254740991]", R"(["a"])"},
      {R"({"0": 1})", "$[0]", "[]"},
  });
}

TEST_CASE("JSONPath: descendants (2.5.2)") {
  constexpr std::string_view doc = R"({"o": {"j": 1, "k": 2}, "a": [5, 3, [{"j": 4}, {"k": 6}]]})";
  check({
      {doc, "$..j", "[1,4]"},
      {doc, "$..[0]", R"([5,{"j":4}])"},
      {doc, "$.o..[*, *]", "[1,2,1,2]"},
      {doc, "$.a..[0, 1]", R"([5,3,{"j":4},{"k":6}])"},
      {doc, "$..['j']", "[1,4]"},
  });
  CHECK(select("[[1],[2]]", "$..*") == "[[1],[2],1,2]");
}

TEST_CASE("JSONPath: filters and comparisons (2.3.5)") {
  constexpr std::string_view doc =
      R"({"a": [3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}],)"
      R"( "o": {"p": 1, "q": 2, "r": 3, "s": 5, "t": {"u": 6}}, "e": "f"})";
  check({
      {doc, "$.a[?@.b == 'kilo']", R"([{"b":"kilo"}])"},
      {doc, "$.a[?(@.b == 'kilo')]", R"([{"b":"kilo"}])"},
      {doc, "$.a[?@>3.5]", "[5,4,6]"},
      {doc, "$.a[?@.b]", R"([{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}])"},
      {doc, "$[?@.*]",
       R"([[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],)"
       R"({"p":1,"q":2,"r":3,"s":5,"t":{"u":6}}])"},
      {doc, "$[?@[?@.b]]", R"([[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]])"},
      {doc, "$.o[?@<3, ?@<3]", "[1,2,1,2]"},
      {doc, R"($.a[?@<2 || @.b == "k"])", R"([1,{"b":"k"}])"},
      {doc, "$.o[?@>1 && @<4]", "[2,3]"},
      {doc, "$.o[?@.u || @.x]", R"([{"u":6}])"},
      {doc, "$.a[?@.b == $.x]", "[3,5,1,2,4,6]"},
      {doc, "$.a[?@ == @]", R"([3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}])"},
      {doc, "$.a[?!@.b && @ > 4]", "[5,6]"},
      {doc, "$.a[?!(@ < 6)]", R"([6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}])"},
  });
  // Table 11 of the RFC, each as a filter that keeps all or nothing.
  constexpr std::string_view obj = R"({"obj": {"x": "y"}, "arr": [2, 3]})";
  const std::vector<std::pair<std::string_view, bool>> rows{
      {"$.absent1 == $.absent2", true},
      {"$.absent1 <= $.absent2", true},
      {"$.absent == 'g'", false},
      {"$.absent1 != $.absent2", false},
      {"$.absent != 'g'", true},
      {"1 <= 2", true},
      {"1 > 2", false},
      {"13 == '13'", false},
      {"'a' <= 'b'", true},
      {"'a' > 'b'", false},
      {"$.obj == $.arr", false},
      {"$.obj != $.arr", true},
      {"$.obj == $.obj", true},
      {"$.obj != $.obj", false},
      {"$.arr == $.arr", true},
      {"$.arr != $.arr", false},
      {"$.obj == 17", false},
      {"$.obj != 17", true},
      {"$.obj <= $.arr", false},
      {"$.obj < $.arr", false},
      {"$.obj <= $.obj", true},
      {"$.arr <= $.arr", true},
      {"1 <= $.arr", false},
      {"1 >= $.arr", false},
      {"1 > $.arr", false},
      {"1 < $.arr", false},
      {"true <= true", true},
      {"true > true", false},
      {"null == null", true},
      {"1 == 1.0", true},
      {"-0 == 0", true},
      {"1e2 == 100", true},
      {"9007199254740993 == 9007199254740992.0", false},
  };
  for (const auto& [expression, holds] : rows) {
    INFO(expression);
    CHECK(select(obj, fmt::format("$[?{}]", expression)) ==
          (holds ? R"([{"x":"y"},[2,3]])" : "[]"));
  }
}

TEST_CASE("JSONPath: functions (2.4)") {
  constexpr std::string_view doc = R"([{"a": "abc", "b": [1, 2]}, {"a": "äb", "b": []}, {"a": 5}])";
  check({
      {doc, "$[?length(@.a) == 3].a", R"(["abc"])"},
      {doc, "$[?length(@.a) == 2].a", R"(["äb"])"},
      {doc, "$[?length(@.b) < 1].a", R"(["äb"])"},
      {doc, "$[?count(@.*) == 1].a", "[5]"},
      {doc, "$[?count(@.b[*]) >= 1].a", R"(["abc"])"},
      {doc, "$[?match(@.a, 'a.*')].a", R"(["abc"])"},
      {doc, "$[?match(@.a, 'b')].a", "[]"},
      {doc, "$[?search(@.a, 'b')].a", R"(["abc","äb"])"},
      {doc, "$[?search(@.a, '[')].a", "[]"},
      {doc, "$[?match(@.a, @.a)].a", R"(["abc","äb"])"},
      {doc, "$[?value(@..a) == 5].a", "[5]"},
      {doc, "$[?length(value(@.b)) == 2].a", R"(["abc"])"},
      {doc, "$[?length(value('b')) == 2].a", "column 17: value() takes a path"},
      {R"(["a\nb", "a.b"])", "$[?match(@, 'a.b')]", R"(["a.b"])"},
      {R"(["a\nb"])", R"($[?match(@, 'a[^c]b')])", R"(["a\nb"])"},
  });
}

TEST_CASE("JSONPath: what is not well-formed or not well-typed is refused with its place") {
  for (const std::string_view path : {"",
                                      "a",
                                      "$.",
                                      "$..",
                                      "$. a",
                                      "$.. a",
                                      "$[",
                                      "$[]",
                                      "$[a]",
                                      "$['a]",
                                      "$[01]",
                                      "$[-0]",
                                      "$[9007199254740992]",
                                      "$[1:2:3:4]",
                                      "$[?]",
                                      "$[?'a']",
                                      "$[?true]",
                                      "$[?@.a == ]",
                                      "$[?@..a == 1]",
                                      "$[?@.* == 1]",
                                      "$[?@[0:1] == 1]",
                                      "$[?count(1) == 1]",
                                      "$[?count(@.a)]",
                                      "$[?length(@.a)]",
                                      "$[?match(@.a)]",
                                      "$[?match(@.a, 'b') == true]",
                                      "$[?unknown(@)]",
                                      "$[?Length(@) == 1]",
                                      "$[?length (@) == 1]",
                                      "$[?@.a == 'b' == 'c']",
                                      "$[?@.a = 1]",
                                      "$[?@.a & @.b]",
                                      "$[?(@.a]",
                                      "$['\\x']",
                                      "$['\\uD800']",
                                      "$['\\uDC00']",
                                      "$[\"\\'\"]",
                                      "$['\\\"']",
                                      "$['\t']",
                                      "$.a b",
                                      "$ ",
                                      " $",
                                      "$[?@.a == 01]",
                                      "$[?@.a == .5]",
                                      "$[?@.a == 1.]",
                                      "$[?@.a == 1e]",
                                      "$[?!1]",
                                      "$[1,]",
                                      "$[,1]",
                                      "$.-a",
                                      "$.a-b",
                                      "$[?@.a==TRUE]",
                                      "$[?nul == 1]",
                                      "$.[a]",
                                      "$...a"}) {
    INFO(path);
    const Result<JsonPath> query = JsonPath::parse(path);
    CHECK_FALSE(query.has_value());
    if (!query) CHECK(query.error().message.starts_with("column "));
  }
  CHECK(select("1", "$[?@.a == 'b]") == "column 14: the string is not closed");
  CHECK_FALSE(JsonPath::parse("$['\xff']"));
}

// tests/unit/readers/json_path/rfc9535.json: by section of the RFC a document, paths with what they
// select in it, and paths that are none.
TEST_CASE("JSONPath: every section of RFC 9535") {
  std::ifstream file(GATE_JSON_PATH_CASES, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::shared_ptr<const Document> sections = parse(text);
  std::size_t cases = 0;
  for (const Value& section : sections->root().children()) {
    INFO(section.find("section").value()->text);
    base::JsonWriter document;
    write(document, section.find("document").value());
    const std::string in = std::move(document).text();
    for (const Value& one : section.find("valid").value().children()) {
      base::JsonWriter wanted;
      write(wanted, one.children()[1]);
      INFO(one.children()[0]->text);
      CHECK(select(in, one.children()[0]->text) == std::move(wanted).text());
      ++cases;
    }
    const std::optional<Value> invalid = section.find("invalid");
    if (!invalid) continue;
    for (const Value& one : invalid->children()) {
      INFO(one->text);
      CHECK_FALSE(JsonPath::parse(one->text).has_value());
      ++cases;
    }
  }
  CHECK(cases > 600);
}

TEST_CASE("JSONPath: hostile queries and documents end") {
  std::string deep = "$";
  for (int i = 0; i < 100'000; ++i)
    deep += "[?@";
  CHECK(JsonPath::parse(deep).error().message.find("nested deeper") != std::string::npos);
  CHECK_FALSE(JsonPath::parse("$[?" + std::string(100'000, '(')));
  CHECK_FALSE(JsonPath::parse("$[?" + std::string(100'000, '!')));
  std::string many = "$";
  for (int i = 0; i < 30; ++i)
    many += "[*,*]";
  CHECK(select("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", many)
            .find("more than") != std::string::npos);
}

TEST_CASE("JSONPath says where a value that is not known decides") {
  DocumentBuilder builder;
  Node unknown;
  unknown.kind = NodeKind::unknown;
  unknown.text = "calls gethostname()";
  Node list;
  list.kind = NodeKind::list;
  const std::uint32_t hosts = builder.add(0, list, "hosts");
  builder.add(hosts, unknown);
  Node text;
  text.kind = NodeKind::string;
  text.text = "a";
  builder.add(0, text, "name");
  const auto document = std::move(builder).finish(std::make_shared<base::Source>("x", ""));
  const auto run = [&](std::string_view path) {
    return *JsonPath::parse(path)->select(document->root());
  };
  CHECK_FALSE(run("$.name").unknown);
  CHECK_FALSE(run("$.hosts[*]").unknown);
  CHECK(run("$.hosts[*]").values.size() == 1);
  CHECK(run("$.hosts[*].port").unknown);
  CHECK(run("$.hosts[?@ == 'a']").unknown);
  CHECK(run("$..port").unknown);
  CHECK(run("$[?length(@[0]) > 1]").unknown);
  CHECK(ValuePaths(*document).normalized(*run("$..port").unknown) == "$['hosts'][0]");
}

TEST_CASE("a normalized path leads back to its value") {
  const auto document = parse(R"({"a'b": [1, {"c\n\u000b\\": 2}]})");
  const ValuePaths paths(*document);
  const auto found = JsonPath::parse("$..*")->select(document->root());
  REQUIRE(found->values.size() == 4);
  CHECK(paths.normalized(document->root()) == "$");
  CHECK(paths.normalized(found->values.back()) == R"($['a\'b'][1]['c\n\u000b\\'])");
  for (const Value& value : found->values) {
    const auto again = JsonPath::parse(paths.normalized(value))->select(document->root());
    REQUIRE(again->values.size() == 1);
    CHECK(again->values[0].index() == value.index());
  }
}

TEST_CASE("a path for people has dots where a name allows it, and leads back too") {
  const auto document = parse(R"({"a": {"b_1": [1, {"2c": 2, "d e": 3}]}})");
  const ValuePaths paths(*document);
  const auto found = JsonPath::parse("$..*")->select(document->root());
  std::vector<std::string> shown;
  for (const Value& value : found->values) {
    shown.push_back(paths.shown(value));
    const auto again = JsonPath::parse(shown.back())->select(document->root());
    REQUIRE(again->values.size() == 1);
    CHECK(again->values[0].index() == value.index());
  }
  CHECK(shown == std::vector<std::string>{"$.a", "$.a.b_1", "$.a.b_1[0]", "$.a.b_1[1]",
                                          "$.a.b_1[1]['2c']", "$.a.b_1[1]['d e']"});
  const Value list = *document->root().find("a")->find("b_1");
  CHECK(paths.is_within(list.children()[1], list));
  CHECK(paths.is_within(list, document->root()));
  CHECK_FALSE(paths.is_within(document->root(), list));
}

}  // namespace
}  // namespace gate::readers
