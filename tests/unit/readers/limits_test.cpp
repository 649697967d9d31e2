// Every reader against files that were made to be too much for it: nested 20,000 deep, larger in
// memory than on disk, 50 MB. What is refused is refused by a limit that the message names.
//
// `test_readers "[times]"` prints how much processor time each takes.
#include <array>
#include <ctime>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/base/pattern.h"
#include "gate/readers/formats/dotenv.h"
#include "gate/readers/formats/ini.h"
#include "gate/readers/formats/interpolation.h"
#include "gate/readers/formats/javascript/token.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/formats/json_path.h"
#include "gate/readers/formats/jsonc.h"
#include "gate/readers/formats/php/php.h"
#include "gate/readers/formats/python/tree.h"
#include "gate/readers/formats/toml.h"
#include "gate/readers/formats/xml.h"
#include "gate/readers/formats/yaml.h"
#include "gate/readers/settings/django/settings.h"
#include "gate/readers/settings/environment_reads.h"
#include "gate/readers/settings/javascript/config.h"
#include "gate/readers/settings/laravel/laravel.h"
#include "tests/unit/readers/project.h"

namespace gate::readers {
namespace {

// --- the readers: from a text to why it was refused, or an empty text ----------------------------

using Text = std::shared_ptr<const base::Source>;
using Reader = std::function<std::string(const Text& text)>;

template <class T>
std::string problem_of(const Result<T>& result) {
  return result ? std::string() : result.error().message;
}

std::string json(const Text& text) { return problem_of(parse_json(text)); }
std::string jsonc(const Text& text) { return problem_of(parse_jsonc(text)); }
std::string yaml(const Text& text) { return problem_of(parse_yaml(text)); }
std::string xml(const Text& text) { return problem_of(parse_xml(text)); }

std::string toml(const Text& text) {
  base::Diagnostics diagnostics;
  const auto document = parse_toml(text, diagnostics);
  return document ? std::string() : diagnostics.all().front().message;
}

Reader ini(IniDialect dialect) {
  return [dialect](const Text& text) { return problem_of(parse_ini(text, dialect)); };
}

Reader dotenv(EnvDialect dialect) {
  return [dialect](const Text& text) {
    const EnvFile file = parse_dotenv(text->text(), dialect);
    for (const EnvEntry& entry : file.entries)
      if (!entry.unknown.empty()) return entry.unknown;
    return file.problems.empty() ? std::string() : file.problems.front().message;
  };
}

std::string interpolation(const Text& text) {
  return problem_of(interpolate(text->text(), [](std::string_view) { return std::nullopt; }));
}

std::string json_path(const Text& text) { return problem_of(JsonPath::parse(text->text())); }

std::string php_syntax(const Text& text) { return php::parse(text)->first_problem(); }

std::string python_syntax(const Text& text) {
  const python::Tree tree = python::Tree::parse(text->text());
  return tree.error() == nullptr ? std::string() : tree.error()->message;
}

std::string javascript_syntax(const Text& text) {
  const javascript::Tokens tokens = javascript::tokenize(text->text());
  return tokens.problem ? std::string(tokens.problem->message) : std::string();
}

std::string unknown_in(const Setting* setting) {
  const Setting* const unknown = setting == nullptr ? nullptr : setting->find_unknown();
  return unknown == nullptr ? std::string() : unknown->reason();
}

// A project one file of which is given; to read it is to copy it.
class OneFile final : public ProjectFiles {
 public:
  OneFile(const test::Project& project, std::string_view path, const base::Source& text)
      : project_(project), path_(path), text_(text) {}

  [[nodiscard]] std::optional<std::string> read(std::string_view path) const override {
    return path == path_ ? std::string(text_.text()) : project_.read(path);
  }
  [[nodiscard]] bool has(std::string_view path) const override {
    return path == path_ || project_.has(path);
  }
  [[nodiscard]] std::vector<std::string> below(std::string_view folder) const override {
    std::vector<std::string> paths = project_.below(folder);
    if (path_.starts_with(folder)) paths.emplace_back(path_);
    return paths;
  }

 private:
  const test::Project& project_;
  std::string_view path_;
  const base::Source& text_;
};

// A file of config/ in a Laravel application.
std::string laravel(const Text& text) {
  const test::Project project{{"artisan", ""}, {"composer.json", "{}"}};
  const OneFile files(project, "config/a.php", *text);
  return unknown_in(laravel_settings(files, test::Variables()).find("a"));
}

// The settings module of a Django project: the setting A.
std::string django_settings(const Text& text) {
  const test::Project project{
      {"manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n"}};
  const OneFile files(project, "settings.py", *text);
  const django::DjangoSettings settings = django::evaluate(files, test::Variables());
  if (!settings.trouble().empty()) return settings.trouble();
  return settings.problems().empty() ? unknown_in(settings.settings().find("A"))
                                     : settings.problems().front().message;
}

std::string javascript_values(const Text& text) {
  const JavascriptConfig config = javascript_config(*text, test::Variables());
  return config.problem.empty() ? unknown_in(&config.value) : config.problem;
}

Reader reads(SourceLanguage language) {
  return [language](const Text& text) {
    static_cast<void>(find_environment_reads(text->text(), language));
    return std::string();
  };
}

// --- what they are given -------------------------------------------------------------------------

constexpr std::size_t kDeep = 20'000;
constexpr std::size_t kHuge = std::size_t{50} << 20U;

std::string repeat(std::string_view text, std::size_t times = kDeep) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i)
    out += text;
  return out;
}

// `before`, then the nest, then `after`.
std::string nest(std::string_view open, std::string_view inside = {}, std::string_view close = {},
                 std::string_view before = {}, std::string_view after = {}) {
  return std::string(before) + repeat(open) + std::string(inside) + repeat(close) +
         std::string(after);
}

std::string huge(std::string_view line, std::string_view before = {}, std::string_view after = {}) {
  return std::string(before) + repeat(line, kHuge / line.size() + 1) + std::string(after);
}

// Nine steps of ten times as much each.
std::string bomb(std::string_view first, const std::function<std::string(int step)>& next) {
  std::string text(first);
  for (int step = 1; step <= 9; ++step)
    text += next(step);
  return text;
}

std::string yaml_bomb() {
  return bomb("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n", [](int step) {
    return fmt::format(
        "a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, "
        "*a{1}]\n",
        step, step - 1);
  });
}

std::string xml_bomb() {
  return bomb("<!DOCTYPE a [<!ENTITY a0 \"x\">",
              [](int step) {
                return fmt::format("<!ENTITY a{} \"{}\">", step,
                                   repeat(fmt::format("&a{};", step - 1), 10));
              }) +
         "]><a>&a9;</a>";
}

std::string dotenv_bomb() {
  return bomb("A0=xxxxxxxxxx\n", [](int step) {
    return fmt::format("A{}=\"{}\"\n", step, repeat(fmt::format("${{A{}}}", step - 1), 10));
  });
}

std::string php_bomb(std::string_view step) {
  return "<?php $a = ['x'];\n" + repeat(step, 30) + "return ['a' => $a];";
}

std::string python_bomb(std::string_view step) { return "A = ['x']\n" + repeat(step, 30); }

enum class Wanted : std::uint8_t {
  limit,     // refused, or not known, by a limit that is named
  anything,  // the form has nothing to nest or to grow: it only has to come to an end
};

struct Case {
  std::string_view name;
  Reader reader;
  std::function<std::string()> text;
  Wanted wanted = Wanted::limit;
};

std::vector<Case> cases() {
  using enum Wanted;
  const auto deep = [](auto... parts) { return [=] { return nest(parts...); }; };
  const auto large = [](auto... parts) { return [=] { return huge(parts...); }; };
  std::vector<Case> all{
      {"json: lists", json, deep("[", "", "]")},
      {"json: objects", json, deep("{\"a\":", "1", "}")},
      {"json: never closed", json, deep("[")},
      {"json: 50 MB", json, large("1,", "[", "1]")},
      {"json: 50 MB of blanks", json, large(" ", "", "1")},
      {"json: 50 MB in one text", json, large("a", "\"", "\"")},
      {"jsonc: lists", jsonc, deep("[", "", "]")},
      {"jsonc: 50 MB of comments", jsonc, large("// a\n", "", "1")},
      {"yaml: flow lists", yaml, deep("[", "", "]", "a: ")},
      {"yaml: flow maps", yaml, deep("{a: ", "1", "}")},
      {"yaml: block lists", yaml, deep("- ", "1")},
      {"yaml: questions", yaml, deep("? ", "1"), anything},
      {"yaml: aliases", yaml, yaml_bomb},
      {"yaml: merges", yaml,
       [] {
         return bomb("a0: &a0 {x0: 1, y0: 1}\n", [](int step) {
           return fmt::format(
               "a{0}: &a{0} {{x{0}: *a{1}, y{0}: *a{1}, z: *a{1}, u: *a{1}, v: *a{1}, "
               "<<: *a{1}}}\n",
               step, step - 1);
         });
       }},
      {"yaml: 50 MB", yaml, large("- a\n")},
      {"yaml: 50 MB in one text", yaml, large("a")},
      {"toml: lists", toml, deep("[", "", "]", "a = ")},
      {"toml: tables", toml, deep("{a=", "1", "}", "a = ")},
      {"toml: dots", toml, deep("a.", "a = 1")},
      {"toml: headers", toml, deep("a.", "a]", "", "[")},
      {"toml: 50 MB", toml, large("# a\n")},
      {"xml: elements", xml, deep("<a>", "", "</a>")},
      {"xml: never closed", xml, deep("<a>"), anything},
      {"xml: entities", xml, xml_bomb, anything},
      {"xml: 50 MB", xml, large("<a/>", "<r>", "</r>")},
      {"php.ini: brackets", ini(IniDialect::php), deep("(", "1", ")", "a = "), anything},
      {"php.ini: operators", ini(IniDialect::php), deep("~", "1", "", "a = "), anything},
      {"php.ini: references", ini(IniDialect::php), deep("${", "", "}", "a = "), anything},
      {"php.ini: 50 MB", ini(IniDialect::php), large("a = b\n")},
      {"supervisor: one value", ini(IniDialect::supervisor),
       [] { return "[x]\na = b\n" + repeat(" b\n", 1'300'000); }, anything},
      {"supervisor: 50 MB", ini(IniDialect::supervisor), large("a = b\n", "[x]\n")},
      {"redis: 50 MB", ini(IniDialect::redis), large("a b\n")},
      {"ini: 50 MB", ini(IniDialect::plain), large("a = b\n")},
      {"interpolation: braces", interpolation, deep("${A:-", "x", "}")},
      {"json path: brackets", json_path, deep("(", "@.a", ")", "$[?", "]")},
      {"json path: filters", json_path, deep("[?@", ".a", "]", "$")},
      {"json path: functions", json_path, deep("length(", "@.a", ")", "$[?", " == 1]"), anything},
      {"json path: not", json_path, deep("!", "@.a", "", "$[?", "]"), anything},
      {"php: lists", php_syntax, deep("[", "", "]", "<?php return ", ";")},
      {"php: brackets", php_syntax, deep("(", "1", ")", "<?php return ", ";")},
      {"php: operators", php_syntax, deep("!", "1", "", "<?php return ", ";")},
      {"php: signs", php_syntax, deep("- ", "1", "", "<?php return ", ";")},
      {"php: casts", php_syntax, deep("(int)", "1", "", "<?php return ", ";")},
      {"php: calls", php_syntax, deep("f(", "1", ")", "<?php return ", ";")},
      {"php: blocks", php_syntax, deep("if (1) {", "", "}", "<?php ")},
      {"php: else if", php_syntax, deep("if (1) {} else ", "{}", "", "<?php "), anything},
      {"php: functions", php_syntax, deep("fn() => ", "1", "", "<?php return ", ";")},
      {"php: conditions", php_syntax, deep("1 ? 2 : (", "1", ")", "<?php return ", ";")},
      {"php: powers", php_syntax, deep("2 ** ", "2", "", "<?php return ", ";")},
      {"php: assignments", php_syntax, deep("$a = ", "2", "", "<?php ", ";")},
      {"php: properties", php_syntax, deep("->a", "", "", "<?php return $a", ";")},
      {"php: texts in texts", php_syntax, deep("{$a[\"", "", "\"]}", "<?php return \"", "\";")},
      {"php: 50 MB", php_syntax, large("f();\n", "<?php ")},
      {"python: lists", python_syntax, deep("[", "", "]")},
      {"python: brackets", python_syntax, deep("(", "1", ")")},
      {"python: not", python_syntax, deep("not ", "1")},
      {"python: signs", python_syntax, deep("-", "1")},
      {"python: lambdas", python_syntax, deep("lambda: ", "1")},
      {"python: conditions", python_syntax, deep("1 if 1 else ", "1")},
      {"python: powers", python_syntax, deep("2 ** ", "1")},
      {"python: attributes", python_syntax, deep(".a", "", "", "a")},
      {"python: calls", python_syntax, deep("()", "", "", "a")},
      {"python: blocks", python_syntax,
       [] {
         std::string text;
         for (std::size_t depth = 0; depth < 1000; ++depth)
           text += std::string(depth, ' ') + "if a:\n";
         return text + std::string(1000, ' ') + "pass\n";
       }},
      {"python: texts in texts", python_syntax, deep("f'{", "1", "}'"), anything},
      {"python: 50 MB", python_syntax, large("a = 1\n")},
      {"javascript: brackets", javascript_syntax, deep("[", "", "]")},
      {"javascript: templates", javascript_syntax, deep("`${", "1", "}`")},
      {"javascript: 50 MB", javascript_syntax, large("a();\n")},
      {"laravel: lists", laravel, deep("[", "", "]", "<?php return ['a' => ", "];")},
      {"laravel: brackets", laravel, deep("(", "1", ")", "<?php return ['a' => ", "];")},
      {"laravel: chain of texts", laravel, deep(".'x'", "", "", "<?php return ['a' => 'x'", "];"),
       anything},
      {"laravel: doubled lists", laravel, [] { return php_bomb("$a = [$a, $a];\n"); }},
      {"laravel: doubled texts", laravel,
       [] { return "<?php $a = 'x';\n" + repeat("$a = $a.$a;\n", 40) + "return ['a' => $a];"; }},
      {"laravel: merged lists", laravel, [] { return php_bomb("$a = array_merge($a, $a);\n"); }},
      {"laravel: repeated text", laravel,
       [] { return std::string("<?php return ['a' => str_repeat('x', 4000000000)];"); }},
      {"laravel: padded text", laravel,
       [] { return std::string("<?php return ['a' => str_pad('x', 4000000000)];"); }},
      {"laravel: range", laravel,
       [] { return std::string("<?php return ['a' => range(1, 4000000000)];"); }},
      {"laravel: filled list", laravel,
       [] { return std::string("<?php return ['a' => array_fill(0, 4000000000, 'x')];"); }},
      {"laravel: endless loop", laravel,
       [] { return std::string("<?php $a = 1; while (true) { $a++; } return ['a' => $a];"); }},
      {"laravel: endless calls", laravel,
       [] { return std::string("<?php function f() { return f(); } return ['a' => f()];"); }},
      {"laravel: 50 MB", laravel, large("'a' => 1,\n", "<?php return [", "];")},
      {"django: lists", django_settings, deep("[", "", "]", "A = ")},
      {"django: brackets", django_settings, deep("(", "1", ")", "A = ")},
      {"django: doubled lists", django_settings, [] { return python_bomb("A = [A, A]\n"); }},
      {"django: added lists", django_settings, [] { return python_bomb("A = A + A\n"); }},
      {"django: repeated list", django_settings, [] { return python_bomb("A = A * 100\n"); }},
      {"django: repeated text", django_settings,
       [] { return std::string("A = 'x' * 4000000000\n"); }},
      {"django: doubled texts", django_settings,
       [] { return "A = 'x'\n" + repeat("A = f'{A}{A}'\n", 40); }},
      {"django: range", django_settings,
       [] { return std::string("A = list(range(4000000000))\n"); }},
      {"django: padded text", django_settings,
       [] { return std::string("A = 'x'.ljust(4000000000)\n"); }, anything},
      {"django: power", django_settings, [] { return std::string("A = 9 ** 9 ** 9\n"); }, anything},
      {"django: endless loop", django_settings,
       [] { return std::string("A = 1\nwhile True:\n    A += 1\n"); }},
      {"django: endless calls", django_settings,
       [] { return std::string("def f():\n    return f()\nA = f()\n"); }},
      {"django: nested loops", django_settings,
       [] {
         return std::string(
             "A = [a for a in range(9999) for b in range(9999) for c in range(9999)]\n");
       }},
      {"django: 50 MB", django_settings, large("A = 1\n")},
      {"next: lists", javascript_values, deep("[", "", "]", "module.exports = {a: ", "}")},
      {"next: brackets", javascript_values, deep("(", "1", ")", "module.exports = {a: ", "}")},
      {"next: operators", javascript_values, deep("!", "1", "", "module.exports = {a: ", "}")},
      {"next: conditions", javascript_values,
       deep("a ? 1 : ", "1", "", "module.exports = {a: ", "}"), anything},
      {"next: functions", javascript_values, deep("() => ", "1", "", "module.exports = {a: ", "}"),
       anything},
      {"next: doubled lists", javascript_values,
       [] { return "let a = ['x'];\n" + repeat("a = [a, a];\n", 30) + "module.exports = {a};\n"; }},
      {"next: doubled texts", javascript_values,
       [] { return "let a = 'x';\n" + repeat("a = a + a;\n", 40) + "module.exports = {a};\n"; }},
      {"next: spread lists", javascript_values,
       [] {
         std::string text = "const a0 = ['x', 'x'];\n";
         for (int step = 1; step <= 30; ++step)
           text += fmt::format("const a{0} = [...a{1}, ...a{1}];\n", step, step - 1);
         return text + "module.exports = {a: a30};\n";
       },
       anything},
      {"next: repeated text", javascript_values,
       [] { return std::string("module.exports = {a: 'x'.repeat(4000000000)}"); }, anything},
      {"next: endless calls", javascript_values,
       [] { return std::string("const f = () => f(); module.exports = {a: f()}"); }},
      {"next: 50 MB", javascript_values, large("a();\n")},
  };
  for (const std::string_view name : env_dialect_names()) {
    const Reader reader = dotenv(*find_env_dialect(name));
    all.push_back({name, reader, large("A=b\n")});
    all.push_back({name, reader, large("b", "A=")});
    all.push_back({name, reader, deep("${A:-", "x", "}", "A=", "\n"), anything});
    all.push_back({name, reader, deep("${A:-", "x", "}", "A=\"", "\"\n"), anything});
    all.push_back({name, reader, deep("${", "", "", "A=", "\n"), anything});
    all.push_back({name, reader, deep("$(", "x", ")", "A=", "\n"), anything});
    all.push_back({name, reader, deep("\"$A\"'$A'", "", "", "A=", "\n"), anything});
    all.push_back({name, reader, dotenv_bomb, anything});
    all.push_back({name, reader,
                   [] { return "A=${B}" + repeat("x") + "\nB='" + repeat("$`") + "'\n"; },
                   anything});
    all.push_back({name, reader, deep("A=${A}x\n"), anything});
  }
  for (const SourceLanguage language :
       {SourceLanguage::php, SourceLanguage::python, SourceLanguage::javascript}) {
    all.push_back({"reads: nest", reads(language), deep("env(", "", ")"), anything});
    all.push_back({"reads: 50 MB", reads(language), large("a();\n"), anything});
  }
  return all;
}

TEST_CASE("what is too much for a reader is refused by a limit that it names") {
  const base::Pattern limit = base::Pattern::trusted(
      "(?i)deep|nest|larger|more (steps )?than|too (many|large|long|much)", {});
  for (const Case& one : cases()) {
    const std::string problem =
        one.reader(std::make_shared<const base::Source>("file", one.text()));
    INFO(one.name << ": " << problem.substr(0, 300));
    if (one.wanted == Wanted::limit) CHECK(limit.matches(problem));
  }
}

// Not a test: what each costs, for people.
TEST_CASE("processor time of the limits", "[.times]") {
  for (const Case& one : cases()) {
    const Text text = std::make_shared<const base::Source>("file", one.text());
    const std::clock_t begin = std::clock();
    const std::string problem = one.reader(text);
    const double spent = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    std::cout << fmt::format("{:10.3f} ms  {}: {}\n", spent * 1e3, one.name, problem.substr(0, 100))
              << std::flush;
  }
}

}  // namespace
}  // namespace gate::readers
