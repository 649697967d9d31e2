// The Python reader where no other program is the judge: errors with places, limits, hostile input,
// and what came after Python 3.11. tests/oracle/python compares whole trees with Python's own.
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/readers/formats/python/literals.h"
#include "gate/readers/formats/python/tree.h"

namespace gate::readers::python {
namespace {

void spell(const Tree& tree, NodeIndex index, std::string& out) {
  const Node& node = tree[index];
  out += describe(node.kind);
  if (node.op != Op::none) out += fmt::format("[{}]", describe(node.op));
  if (node.first == 0) {
    if (node.kind != NodeKind::absent) out += fmt::format("<{}>", tree.text(index));
    return;
  }
  out += '(';
  for (const NodeIndex child : tree.children(index)) {
    if (child != node.first) out += ' ';
    spell(tree, child, out);
  }
  out += ')';
}

// The tree of one statement, or the error with its place.
std::string read(std::string_view text) {
  const Tree tree = Tree::parse(text);
  if (const SyntaxError* error = tree.error()) {
    CHECK(tree.size() == 1);
    CHECK(error->span.end <= text.size() + 1);
    const base::Position at = base::LineIndex(text).position(error->span.begin);
    return fmt::format("{}:{}: {}", at.line, at.column, error->message);
  }
  std::string out;
  for (const NodeIndex statement : tree.children(Tree::root())) {
    if (!out.empty()) out += '\n';
    spell(tree, statement, out);
  }
  return out;
}

std::optional<std::string> text_of(std::string_view literal) {
  const Tree tree = Tree::parse(literal);
  REQUIRE(tree.error() == nullptr);
  return constant_text(tree, tree.child(tree.child(Tree::root(), 0), 0));
}

TEST_CASE("nodes have places in bytes, names and children") {
  const std::string_view text =
      "from .base import *\nDEBUG = os.environ.get('é', \"0\") == \"1\"\n";
  const Tree tree = Tree::parse(text);
  REQUIRE(tree.error() == nullptr);
  const NodeIndex import = tree.child(Tree::root(), 0);
  CHECK(tree.kind(import) == NodeKind::import_from);
  CHECK(tree[import].dots() == 1);
  CHECK(tree[import].has(flag::star));
  CHECK(tree.text(tree.child(import, 0)) == "base");
  const NodeIndex assign = tree.child(Tree::root(), 1);
  CHECK(tree.is_name(tree.child(assign, 0), "DEBUG"));
  const NodeIndex call = tree.child(tree.last_child(assign), 0);
  CHECK(tree.text(call) == "os.environ.get('é', \"0\")");
  CHECK(tree.dotted_name(tree.child(call, 0)) == "os.environ.get");
  CHECK(tree.dotted_name(call).empty());
  CHECK(constant_text(tree, tree.child(call, 1)) == "é");
  CHECK(tree.child(call, 7) == 0);
}

TEST_CASE("nothing is a module without statements") {
  CHECK(read("").empty());
  CHECK(read("\n\n  \n\t\n").empty());
  CHECK(read("# only a comment").empty());
  CHECK(read("\xEF\xBB\xBF").empty());
  CHECK(read("\\\n").empty());
}

TEST_CASE("what is no Python is refused with its place") {
  CHECK(read("x = (1,\n  2\ny = 3") == "1:5: this `(` is not closed");
  CHECK(read("x = [1)\n") == "1:5: this `[` is not closed");
  CHECK(read("x = 1)\n") == "1:6: this `)` closes nothing");
  CHECK(read("a = 1\nx = \"abc\n") == "2:5: this string is not closed");
  CHECK(read("x = '''abc\n") == "1:5: this string is not closed");
  CHECK(read("x = f\"{y\"\n") == "1:9: this string is not closed");
  CHECK(read("x = f\"{y:\"\n") == "1:7: this `{` is not closed in its string");
  CHECK(read("x = f\"}\"\n") == "1:7: a single `}` in an f-string: write `}}`");
  CHECK(read("if x:\ny\n") == "2:1: an indented block is missing");
  CHECK(read("if x:\n    y\n  z\n") == "3:3: this line is indented like none above it");
  CHECK(read("  x = 1\n") == "1:1: this line is indented, and nothing above it asks for that");
  CHECK(read("if x:\n\ty\n        z\n").find("tabs and spaces are mixed") != std::string::npos);
  CHECK(read("x = \n") == "1:5: an expression is missing");
  CHECK(read("x = ]\n") == "1:5: this `]` closes nothing");
  CHECK(read("x = y z\n") == "1:7: this does not belong to the statement before it");
  CHECK(read("print \"x\"\n") == "1:7: this does not belong to the statement before it");
  CHECK(read("f() = 1\n") == "1:1: nothing can be assigned to this");
  CHECK(read("x = 0777\n") == "1:5: this is no number");
  CHECK(read("x = a ? b\n") == "1:7: this character means nothing in Python");
  CHECK(read("x = {{ debug }}\n").empty() == false);
  CHECK(read("{% if x %}\n") == "1:2: an expression is missing before this");
  CHECK(read("try:\n  pass\n") == "3:1: `except` or `finally` is missing");
  CHECK(read("f(a=1, 2)\n") == "1:8: an argument without a name stands behind one with a name");
  CHECK(read(std::string_view("x = 1\0", 6)) == "1:6: the file holds a NUL byte");
}

TEST_CASE("every truncation ends in a tree or in an error") {
  const std::string_view text =
      "@d(1)\nclass A(B, c=1):\n    x: int = f\"a{b!r:>{c}}d\" 'e'\n    async def f(a, /, *b, **c) "
      "-> d:\n"
      "        return [x async for x, *y in z if a <= b is not c] or {**a, 'b': lambda x=1: x}\n"
      "try:\n    with (a as b, c): pass\nexcept* (A, B) as e:\n    match x:\n        case {'a': "
      "[1]} if y: "
      "pass\n";
  CHECK(Tree::parse(text).error() == nullptr);
  for (std::size_t size = 0; size < text.size(); ++size) {
    const Tree tree = Tree::parse(text.substr(0, size));
    CHECK(tree.size() > 0);
  }
}

TEST_CASE("encodings are those of PEP 263") {
  CHECK(read("# -*- coding: utf-8 -*-\nx = 'é'\n") == "assign(name<x> string<'é'>)");
  CHECK(read("x = '\xE9'\n") == "1:6: the file is not UTF-8, and declares no other encoding");
  CHECK(text_of("# vim: set fileencoding=latin-1 :\n'\xE9'\n") == "é");
  CHECK(read("#!/usr/bin/python\n# coding: latin_1\nx = b'\xE9'\n").starts_with("assign"));
  CHECK(read("# coding: koi8-r\nx = 'x'\n").starts_with("assign"));
  CHECK(read("# coding: koi8-r\nx = '\xC1'\n") ==
        "2:6: the file declares the encoding `koi8-r`, which is not read; save it as UTF-8");
  CHECK(read("x = 1\n# coding: koi8-r\ny = 'é'\n").starts_with("assign"));
}

TEST_CASE("line ends of every system are line ends") {
  CHECK(read("if x:\r\n    y\r\n    z\r\n") ==
        "if_statement(name<x> block(expression_statement(name<y>) "
        "expression_statement(name<z>)))");
  CHECK(read("x = 1\ry = 2") == "assign(name<x> number<1>)\nassign(name<y> number<2>)");
  CHECK(text_of("'''a\r\nb\rc'''") == "a\nb\nc");
  CHECK(text_of("'a\\\r\nb'") == "ab");
}

TEST_CASE("literals mean what Python makes of them") {
  CHECK(text_of(R"("\x41\u00e9\N{DASH}")") == std::nullopt);
  CHECK(text_of(R"("\ud800")") == std::nullopt);
  CHECK(text_of(R"("\xZZ")") == std::nullopt);
  CHECK(text_of(R"("\U00110000")") == std::nullopt);
  CHECK(text_of(R"(r"\x41" "\x41" 'c')") == "\\x41Ac");
  CHECK(text_of("b'x'") == std::nullopt);
  CHECK(text_of("f'x{y}'") == std::nullopt);
  const auto number = [](std::string_view text) {
    const Tree tree = Tree::parse(text);
    return number_value(tree, tree.child(tree.child(Tree::root(), 0), 0));
  };
  CHECK(std::get<std::int64_t>(*number("1_000")) == 1000);
  CHECK(std::get<std::int64_t>(*number("0xF_F")) == 255);
  CHECK(std::get<double>(*number("1_0.5e1")) == 105.0);
  CHECK_FALSE(number("1j").has_value());
  CHECK_FALSE(number("99999999999999999999").has_value());
  CHECK_FALSE(number("0xFFFFFFFFFFFFFFFFF").has_value());
}

TEST_CASE("what came after Python 3.11 is read") {
  CHECK(read("x = f\"{a[\"b\"]}\"") ==
        "assign(name<x> format(field(subscript(name<a> string<\"b\">))))");
  CHECK(
      read("x = f'{f'{f'{1}'}'}'").starts_with("assign(name<x> format(field(format(field(format"));
  CHECK(read("x = f'{\n a  # comment }\n}'") == "assign(name<x> format(field(name<a>)))");
  CHECK(read("x = f'{'\\n'.join(a)}'").starts_with("assign(name<x> format(field(call"));
  CHECK(read("type X[T: int, *U] = list[T]") ==
        "type_alias(identifier<X> type_parameters<[T: int, *U]> subscript(name<list> name<T>))");
  CHECK(read("def f[T](x: T) -> T: pass")
            .starts_with("function(decorators<> identifier<f> type_parameters<[T]> parameters"));
  CHECK(read("class A[T](B): pass")
            .starts_with("class_definition(decorators<> identifier<A> type_parameters<[T]> arg"));
  CHECK(read("try: x\nexcept A, B: y").find("handler(tuple(name<A> name<B>)") != std::string::npos);
  CHECK(read("x = t'{y}'") == "assign(name<x> format(field(name<y>)))");
}

TEST_CASE("soft keywords are names everywhere else") {
  CHECK(read("match = case = type = _ = 1").starts_with("assign(name<match> name<case>"));
  CHECK(read("match(x)[case].type = 1").starts_with("assign("));
  CHECK(read("match x:\n  case [a, b] if c: pass\n") ==
        "match_statement(name<x> match_case(pattern<[a, b]> name<c> block(pass_statement<pass>)))");
}

TEST_CASE("nesting ends at a limit, and quickly") {
  const auto nested = [](std::string_view open, std::size_t depth) {
    std::string text;
    for (std::size_t level = 0; level < depth; ++level)
      text += open;
    return text;
  };
  CHECK(read(nested("(", 20'000)) == "1:201: nested too deeply");
  CHECK(read("x = " + nested("[", 150) + nested("]", 150)).starts_with("assign"));
  CHECK(read(nested("f'{", 20'000)).ends_with("nested too deeply"));
  CHECK(read("x = " + nested("-", 20'000) + "1").ends_with("nested too deeply"));
  CHECK(read("x = " + nested("not ", 20'000) + "1").ends_with("nested too deeply"));
  CHECK(read("x = " + nested("lambda: ", 20'000) + "1").ends_with("nested too deeply"));
  CHECK(read("x = " + nested("a if b else ", 20'000) + "1").ends_with("nested too deeply"));
  CHECK(read("x = " + nested("2 ** ", 20'000) + "1").ends_with("nested too deeply"));
  CHECK(read("x = 1" + nested(" + 1", 20'000)).ends_with("nested too deeply"));
  CHECK(read("x" + nested(".x", 20'000)).ends_with("nested too deeply"));
  CHECK(read("x = 1" + nested(" + 1", 400)).starts_with("assign"));
  CHECK(read("x = '1'" + nested(" 'a'", 20'000)).starts_with("assign"));
  CHECK(read("x = 1" + nested(" or 1", 20'000)).starts_with("assign"));
  std::string blocks;
  for (std::size_t level = 0; level < 2'000; ++level) {
    blocks += std::string(level, ' ') + "if x:\n";
  }
  CHECK(read(blocks).ends_with("nested too deeply"));
  CHECK(read("if x: pass\n" + nested("elif x: pass\n", 20'000)).starts_with("if_statement"));
}

TEST_CASE("a file beyond 4 MB is refused unread") {
  CHECK(read(std::string(50'000'000, '[')) == "1:1: the file is larger than 4 MB");
}

}  // namespace
}  // namespace gate::readers::python
