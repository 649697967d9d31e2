#include "gate/readers/formats/php/php.h"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "gate/readers/formats/php/literals.h"
#include "tests/oracle/php/spell.h"

namespace gate::readers::php {
namespace {

std::shared_ptr<const SyntaxTree> tree_of(std::string_view code) {
  return parse(std::make_shared<const base::Source>("x.php", std::string(code)));
}

// The statements of some code without its tag, or what is wrong with it.
std::string php(std::string_view code) {
  const auto tree = tree_of("<?php " + std::string(code));
  if (!tree->ok()) return tree->first_problem();
  std::string out;
  for (const Node statement : tree->root().children())
    out += (out.empty() ? "" : " ") + spell(statement);
  return out;
}

std::string expression(std::string_view code) {
  const auto tree = tree_of("<?php return " + std::string(code) + ";");
  return tree->ok() ? spell(tree->root().first().first()) : tree->first_problem();
}

TEST_CASE("PHP: what a config file is made of") {
  CHECK(php("return ['debug' => (bool) env('APP_DEBUG', false), ...[1]];") ==
        R"((return_statement (array_literal (array_item "debug" (cast to_bool (call (name "env") )"
        R"((arguments (argument "APP_DEBUG") (argument (constant "false")))))) )"
        R"((array_item ... - (array_literal (array_item - 1))))))");
}

TEST_CASE("PHP: operators bind as PHP binds them") {
  CHECK(expression("1 + 2 * 3 . 'x'") ==
        R"((binary concat (binary add 1 (binary multiply 2 3)) "x"))");
  CHECK(expression("-2 ** 2") == "(unary minus (binary power 2 2))");
  CHECK(expression("!$a = $b") ==
        R"((unary logical_not (assignment (variable "a") (variable "b"))))");
  CHECK(expression("$a ?: $b ?? 1") ==
        R"((ternary (variable "a") - (binary coalesce (variable "b") 1)))");
  CHECK(expression("$a - 1 - 2 + 3") ==
        R"((binary add (binary subtract (binary subtract (variable "a") 1) 2) 3))");
}

TEST_CASE("PHP: a chain of one operator is one node") {
  const auto tree = tree_of("<?php $a . $b . $c . $d;");
  const Node chain = tree->root().first().first();
  CHECK(chain.op() == Operator::concat);
  CHECK(chain.size() == 4);
  CHECK(tree->written(chain) == "$a . $b . $c . $d");
}

TEST_CASE("PHP: names mean what the namespace and the imports say") {
  const auto tree = tree_of(
      "<?php namespace App; use A\\{B, C as D}; use function F\\g; use const K\\L; use "
      "Route\\Facade as Route;"
      "B::x; D\\E::x; N::x; \\N::x; namespace\\N::x; self::x; route::x; g(); h(); L; M; M\\N;");
  REQUIRE(tree->ok());
  std::string names;
  for (const Node statement : tree->root().children()) {
    if (!statement.is(NodeKind::expression_statement)) continue;
    const Node inner = statement.first();
    names += std::string(inner.is(NodeKind::constant) ? inner.text() : inner.first().text()) + " ";
  }
  CHECK(names == "A\\B A\\C\\E App\\N N App\\N self Route\\Facade F\\g h K\\L M App\\M\\N ");
}

TEST_CASE("PHP: syntax that came after 8.2") {
  CHECK(php("class A { public private(set) int $x = 1 { get => $this->x; set(int $v) { } } const "
            "int B = 1; }") != "");
  for (const std::string_view code :
       {"class A { public private(set) int $x = 1 { get => $this->x; set(int $v) { } } }",
        "class A { private(set) string $x; final const int B = 1; abstract public int $y { get; } "
        "}",
        "new A()->b()->c;", "$x = A::{$name}; $f = $a |> strlen(...) |> fn ($x) => $x + 1;",
        "$b = clone($a, ['x' => 1]);", "(void) f();", "const A = new B(1);",
        "class A { public function __construct(final public int $a { get => 1; }) { } }"}) {
    INFO(code);
    CHECK(tree_of("<?php " + std::string(code))->first_problem().empty());
  }
}

TEST_CASE("PHP: what cannot be read is named, and the rest is read") {
  CHECK(php("$a = ;") == "line 1, column 12: an expression is missing");
  CHECK(php("f(1") == "line 1, column 10: `)` is missing");
  CHECK(php("'abc") == "line 1, column 7: the string is not closed");
  CHECK(php("\"a{$b") == "line 1, column 7: the string is not closed");
  CHECK(php("<<<A\nx") == "line 1, column 7: the heredoc is not closed");
  CHECK(php("<<<A\n  x\n y\n  A;") ==
        "line 1, column 7: the line is indented less than the heredoc's end");
  CHECK(php("/* x") == "line 1, column 7: the comment is not closed");
  CHECK(php("}") == "line 1, column 7: `}` closes nothing");
  CHECK(php("if ($a) { $b;") == "line 1, column 20: `}` is missing");
  CHECK(php("$a ? 1 : 2 ? 3 : 4;") == "line 1, column 18: a ternary in a ternary needs brackets");
  CHECK(php("$a == $b == $c;") == "line 1, column 16: comparisons in a row need brackets");
  CHECK(php("1 = 2;") == "line 1, column 9: nothing can be assigned to this");
  CHECK(php("\"\\u{zz}\";") == "line 1, column 7: `\\u{…}` holds no code point");

  const auto tree = tree_of(
      "<?php $a = 1; $b = = 2; function f() { $c = ; $d; } class A { public ; function g() { } } "
      "$e;");
  CHECK(tree->problems().size() == 3);
  CHECK(
      spell(tree->root()) ==
      R"((file (expression_statement (assignment (variable "a") 1)) (opaque) )"
      R"((function_declaration "f" (list) (list) - (block (opaque) (expression_statement (variable "d")))) )"
      R"((class_declaration "A" (list) (list) (list) (list (opaque) (method public "g" (list) (list) - (block)))) )"
      R"((expression_statement (variable "e"))))");
  CHECK(tree->written(tree->root().child(1)) == "$b = = 2;");
}

TEST_CASE("PHP: an empty file, HTML, and what stands behind the end") {
  CHECK(spell(tree_of("")->root()) == "(file)");
  CHECK(spell(tree_of("<p>")->root()) == "(file (echo \"<p>\"))");
  CHECK(spell(tree_of("<?php")->root()) == "(file)");
  CHECK(spell(tree_of("#!/usr/bin/env php\n<?php 1;")->root()) ==
        "(file (expression_statement 1))");
  CHECK(php("1; __halt_compiler(); ' { <?php") == "(expression_statement 1) (halt_compiler)");
  CHECK(php(std::string_view("$a\0;", 4)) == "line 1, column 9: PHP has no such character here");
}

TEST_CASE("PHP: hostile files end in a limit") {
  const auto nested = [](std::string_view open, std::size_t count) {
    std::string code = "<?php ";
    for (std::size_t i = 0; i < count; ++i)
      code += open;
    return tree_of(code)->problems();
  };
  for (const std::string_view open : {"[",
                                      "(",
                                      "!",
                                      "{",
                                      "if (1) ",
                                      "-",
                                      "f(",
                                      "function() { ",
                                      "fn() => ",
                                      "\"{$a[",
                                      "new class { function f() {",
                                      "?A",
                                      "#[A(",
                                      "$a = ",
                                      "$a->b[",
                                      "while(1):",
                                      "match(1) { 1 => ",
                                      "`${",
                                      "1 ? ",
                                      "1 ? 2 : ",
                                      "$a ?? ",
                                      "2 ** ",
                                      "<<<A\n{$a[",
                                      "$$"}) {
    INFO(open);
    const auto problems = nested(open, 20000);
    CHECK(!problems.empty());
    CHECK(problems.size() <= SyntaxTree::kMaxProblems);
  }
  CHECK(nested("(", 20000).front().message == "nested too deeply");
  // Chains nest to the left.
  CHECK(nested("$a->b(1)", 1).empty() == false);
  std::string chain = "<?php $a";
  for (int i = 0; i < 20000; ++i)
    chain += "->b()";
  CHECK(tree_of(chain + ";")->first_problem() == "line 1, column 7: nested too deeply");
  std::string sum = "<?php return 1";
  for (int i = 0; i < 50000; ++i)
    sum += " . 'x'";
  CHECK(tree_of(sum + ";")->ok());

  const std::string large(kMaxBytes + 1, ' ');
  CHECK(tree_of(large)->first_problem() == "line 1, column 1: the file is larger than 8 MB");
}

TEST_CASE("PHP: the work on broken text is linear in it") {
  // Mistakes are taken up again at the next statement: nothing is read twice, so a text that is
  // twenty times as long makes twenty times the nodes.
  const auto nodes = [](std::size_t count) {
    std::string code = "<?php ";
    for (std::size_t i = 0; i < count; ++i)
      code += "foo(bar baz { <<<X\n X; $a = [1, 'b' => \"x{$c}\"]; class { ) } ] \n";
    return parse(std::make_shared<const base::Source>("x", code))->nodes().size();
  };
  const std::size_t small = nodes(100);
  CHECK(small > 0);
  CHECK(nodes(2000) <= 20 * small + 100);
}

TEST_CASE("PHP: numbers") {
  CHECK(std::get<std::int64_t>(read_integer("1_000")) == 1000);
  CHECK(std::get<std::int64_t>(read_integer("0o17")) == 15);
  CHECK(std::get<std::int64_t>(read_integer("017")) == 15);
  CHECK(std::get<std::int64_t>(read_integer("0x1F")) == 31);
  CHECK(std::get<std::int64_t>(read_integer("0b101")) == 5);
  CHECK(std::get<std::int64_t>(read_integer("0")) == 0);
  CHECK(std::get<std::int64_t>(read_integer("-3")) == -3);
  CHECK(std::get<double>(read_integer("9223372036854775808")) == 9223372036854775808.0);
  CHECK(read_floating("1_0.5e1") == 105.0);
  CHECK(read_floating(".5") == 0.5);
}

}  // namespace
}  // namespace gate::readers::php
