#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/json_writer.h"
#include "gate/readers/formats/javascript/token.h"
#include "gate/readers/settings/javascript/config.h"
#include "tests/unit/readers/project.h"

namespace gate::readers {
namespace {

using test::Variables;

// What a file exports, as JSON; an unknown value as `?REASON`.
std::string spell(const Setting& value) {
  switch (value.kind()) {
    case SettingKind::unknown:
      return "?" + value.reason();
    case SettingKind::list: {
      std::vector<std::string> items;
      for (const Setting& item : value.items())
        items.push_back(spell(item));
      return fmt::format("[{}]", fmt::join(items, ","));
    }
    case SettingKind::map: {
      std::vector<std::string> entries;
      for (const SettingEntry& entry : value.entries())
        entries.push_back(fmt::format("{}:{}", entry.key, spell(entry.value)));
      return fmt::format("{{{}}}", fmt::join(entries, ","));
    }
    default: {
      base::JsonWriter json;
      write_value(json, value);
      return std::move(json).text();
    }
  }
}

std::string read(std::string_view text, const Variables& variables = {}) {
  const base::Source source("next.config.js", std::string(text));
  const JavascriptConfig config = javascript_config(source, variables);
  return config.problem.empty() ? spell(config.value) : "problem: " + config.problem;
}

// The value of one expression.
std::string value(std::string_view expression, const Variables& variables = {}) {
  return read(fmt::format("export default {{ a: {} }}", expression), variables);
}

TEST_CASE("JavaScript: what a configuration file exports, in every way that they export") {
  CHECK(read("module.exports = { a: 1 };") == "{a:1}");
  CHECK(read("export default { a: 1 }") == "{a:1}");
  CHECK(read("const c = { a: 1 }\nexport { c as default }") == "{a:1}");
  CHECK(read("exports.default = { a: 1 };") == "{a:1}");
  CHECK(read("exports.a = 1; module.exports.b = 2") == "{a:1,b:2}");
  CHECK(read("export = { a: 1 }") == "{a:1}");
  CHECK(read("import type { C } from 'next'\nconst c: C = { a: 1 }\nexport default c") == "{a:1}");
  CHECK(read("const c = { a: 1 } satisfies Partial<C<string>>;\nexport default c as C") == "{a:1}");
  CHECK(read("export default () => ({ a: 1 })") == "{a:1}");
  CHECK(read("export default async function config() { return { a: 1 } }") == "{a:1}");
  CHECK(read("import { defineConfig } from 'vite'\n"
             "export default defineConfig(({ command, mode }) => {\n"
             "  if (command === 'serve') return { a: 1 }\n  return { a: mode }\n})") ==
        "{a:\"production\"}");
  CHECK(read("const withMdx = require('@next/mdx')({ x: 1 })\n"
             "module.exports = withMdx({ a: 1 })") ==
        "{a:1,webpack:?`@next/mdx` may change it,turbopack:?`@next/mdx` may change it}");
  CHECK(read("import { withAxiom } from 'next-axiom'\nimport intl from 'next-intl/plugin'\n"
             "export default withAxiom(intl()({ a: 1, rewrites: [], webpack: 2 }))") ==
        "{a:1,rewrites:?`next-axiom` may change it,webpack:?`next-intl/plugin` may change it,"
        "turbopack:?`next-intl/plugin` may change it,experimental:?`next-intl/plugin` may change "
        "it}");
  CHECK(read("const { withOther } = require('other')\nmodule.exports = withOther({ a: 1 })")
            .starts_with("?a call of `withOther`"));
  CHECK(read("module.exports = (phase) => { return { a: phase } }") ==
        "{a:\"phase-production-build\"}");
  CHECK(read("") == "problem: it exports no configuration");
  CHECK(read("const a = 1;") == "problem: it exports no configuration");
}

TEST_CASE("JavaScript: literals, operators and spreads") {
  CHECK(value("[1, 'x', \"y\\n\\u0041\", `z`, null, true, 0x10, 1_000, -2.5]") ==
        "{a:[1,\"x\",\"y\\nA\",\"z\",null,true,16,1000,-2.5]}");
  CHECK(value("1 + 2 * 3 ** 2 - 4 / 2") == "{a:17}");
  CHECK(value("'x' + 1 + `y${1 + 1}z`") == "{a:\"x1y2z\"}");
  CHECK(value("undefined ?? 'd'") == "{a:\"d\"}");
  CHECK(value("'' || 'd'") == "{a:\"d\"}");
  CHECK(value("0 && 1") == "{a:0}");
  CHECK(value("1 < 2 ? !true : 3") == "{a:false}");
  CHECK(value("({ b: [1] }).b[0]") == "{a:1}");
  CHECK(value("[...[1, 2], ...[3]].length") == "{a:3}");
  CHECK(value("{ ...{ b: 1, c: 2 }, b: 3, ...(false && { d: 1 }) }") == "{a:{b:3,c:2}}");
  CHECK(value("['a', 'b'].includes('b')") == "{a:true}");
  CHECK(value("'a, b'.split(',').map((s) => s.trim()).filter(Boolean).join('|')") == "{a:\"a|b\"}");
  CHECK(value("Number('5') + parseInt('6px', 10)") == "{a:11}");
  CHECK(value("undefined") == "{}");
  CHECK(value("x?.y?.z") == "{a:?`x` is not known here}");
  CHECK(value("undefined?.y.z") == "{}");
  CHECK(value("/a[/]b/.test('x')").starts_with("{a:?"));
  CHECK(value("'1' == 1").starts_with("{a:?"));
}

TEST_CASE("JavaScript: the environment of a production build") {
  const Variables variables{{"A", "x"}, {"N", "0"}};
  CHECK(value("process.env.A", variables) == "{a:\"x\"}");
  CHECK(value("process.env['A']", variables) == "{a:\"x\"}");
  CHECK(value("process.env.B || 'd'", variables) == "{a:\"d\"}");
  CHECK(value("process.env.NODE_ENV") == "{a:\"production\"}");
  CHECK(value("!!process.env.N", variables) == "{a:true}");
  CHECK(read("const { A, B = 'd' } = process.env; export default { A, B }", variables) ==
        "{A:\"x\",B:\"d\"}");
  CHECK(value("process.env", variables) == "{a:?it is the whole environment of the build}");
  Variables unknown;
  unknown.unknown = "none is declared";
  CHECK(value("process.env.A ?? 1", unknown) == "{a:?process.env.A: none is declared}");
  CHECK(value("process.env.NODE_ENV === 'development'", unknown) == "{a:false}");
}

TEST_CASE("JavaScript: a function without parameters stands for what it returns") {
  CHECK(read("module.exports = { async headers() { return [{ source: '/' }] } }") ==
        "{headers:[{source:\"/\"}]}");
  CHECK(read("const h = [1]\nmodule.exports = { headers: () => h, webpack: (c) => c }") ==
        "{headers:[1],webpack:?it is a function}");
  CHECK(read("function f() { return f() } module.exports = { a: f() }").starts_with("{a:?"));
  CHECK(read("function f(a, { b = 2 }) { return a + b } module.exports = { a: f(1, {}) }") ==
        "{a:3}");
}

TEST_CASE("JavaScript: what a statement that is not followed may change is unknown") {
  CHECK(read("const c = { a: 1 }\nc.b = 2\nexport default c") == "{a:1,b:2}");
  CHECK(read("const c = { a: 1 }\nchange(c)\nexport default c") == "?a call may change it");
  CHECK(read("let a = 1\nif (process.env.X) { a = 2 }\nexport default { a }") == "{a:1}");
  CHECK(read("let a = 1\nif (!process.env.X) a = 2; else a = 3\nexport default { a }") == "{a:2}");
  CHECK(read("let a = 1\nif (x) { a = 2 }\nexport default { a }") ==
        "{a:?whether a statement changes it is not known}");
  CHECK(read("let a = 1\nfor (const i of [1]) { a += i }\nexport default { a }") ==
        "{a:?a statement that is not read may change it}");
  // Without semicolons a statement that is not read ends with its line.
  CHECK(read("let a = { b: [1] }\na.b[0].c = 2\nconst d = 3\nmodule.exports = { d }") == "{d:3}");
  CHECK(read("let n = 1\nfor (const x of [1])\n  n = 2\nmodule.exports = { n }") ==
        "{n:?a statement that is not read may change it}");
  CHECK(read("let n = 1\nn +=\n  2\nmodule.exports = { n, m: 3 }") ==
        "{n:?an assignment into it is not followed,m:3}");
  CHECK(read("const l = []\nl.push(1)\nexport default { l }") == "{l:[1]}");
  CHECK(read("const l = []\nl.sort(1)\nexport default { l }") == "{l:?a call may change it}");
  CHECK(read("const l = []\nconst c = { l }\nl.sort(1)\nexport default c") ==
        "{l:?a call may change it}");
  CHECK(read("export default { a: 1, ...x, b: 2 }") ==
        "{a:?what is spread behind it is not known,b:2,*:?`x` is not known here}");
  CHECK(read("console.log(process.env.A)\nexport default { a: 1 }") == "{a:1}");
  CHECK(read("const c = { a: 1 }\n{ const c = { a: 2 } }\nexport default c") == "{a:1}");
  CHECK(read("module.exports = { f() { for (;;) { return 1 } return 2 } }").starts_with("{f:?"));
}

TEST_CASE("JavaScript: places and traces of values") {
  const base::Source source("next.config.js",
                            "module.exports = {\n  a: true,\n  b: process.env.A,\n};\n");
  const JavascriptConfig config = javascript_config(source, Variables{{"A", "x"}});
  CHECK(config.value.find("a")->place() == SettingPlace{"next.config.js", 2, 6, 2, 10});
  CHECK(config.value.find("b")->place().path == ".env");
}

TEST_CASE("JavaScript: broken, deep and long files end in a problem or in unknown values") {
  CHECK(read("module.exports = { a: 1") == "problem: a bracket that is never closed");
  CHECK(read("module.exports = 'x") == "problem: a text that is never closed");
  CHECK(read("/* x") == "problem: a comment that is never closed");
  CHECK(read("module.exports = {{ name }}").starts_with("{"));
  CHECK(read("export default { a: <b>x</b> }") ==
        "problem: a regular expression that is never closed");
  std::string deep = "export default ";
  deep.append(20'000, '[');
  CHECK(read(deep) == "problem: brackets are nested more than 200 deep");
  std::string nots = "export default { a: ";
  nots.append(20'000, '!');
  CHECK(read(nots + "1 }").find("nested too deeply") != std::string::npos);
  CHECK(read(std::string(javascript::kMaxBytes + 1, ' ')) ==
        "problem: the file is larger than 4 MB");
  // Functions that call each other twice would double the work with each level.
  std::string doubling = "const f0 = () => 1;";
  for (int level = 1; level < 40; ++level)
    doubling += fmt::format("const f{0} = () => f{1}() + f{1}();", level, level - 1);
  CHECK(read(doubling + "export default { a: f39() }").starts_with("{a:?it"));
}

}  // namespace
}  // namespace gate::readers
