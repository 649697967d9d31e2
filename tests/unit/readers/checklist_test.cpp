#include "gate/readers/checklist/checklist.h"

#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace gate::readers {
namespace {

std::string place(const base::LineIndex& lines, base::Span span) {
  const base::Position begin = lines.position(span.begin);
  return fmt::format("{}:{}-{}", begin.line, begin.column, lines.position(span.end).column);
}

std::string spell(std::string_view text) {
  const Checklist checklist = parse_checklist(text);
  const base::LineIndex lines(text);
  std::string out;
  for (const ChecklistItem& item : checklist.items) {
    out += fmt::format("{}{} {} {}", item.done ? "done " : "", item.line, item.id,
                       item.id_span ? "given" : "made");
    for (const auto& rule : item.rules)
      out += fmt::format(" {}@{}", rule.value, place(lines, rule.span));
    out += '\n';
  }
  for (const ChecklistProblem& problem : checklist.problems) {
    out += fmt::format("{}: {}{}{}\n", place(lines, problem.span), problem.message,
                       problem.help.empty() ? "" : "; ", problem.help);
  }
  return out;
}

}  // namespace

TEST_CASE("A comment binds its item to rules") {
  CHECK(spell("# Env\n"
              "- [ ] debug is off <!-- gate DEX-008: env.debug-enabled -->\n"
              "- [x] production <!-- gate: env.app-env,env.debug-enabled -->\n"
              "- [ ] a backup exists <!-- gate DEX-090 -->\n"
              "- [ ] nobody decides this <!-- a note -->\n"
              "- [ ] below\n"
              "  <!-- gate\n"
              "       DEX-1 : laravel.app-key ,\n"
              "               env.x.y -->\n") ==
        "2 DEX-008 given env.debug-enabled@2:39-56\n"
        "done 3 env-production made env.app-env@3:29-40 env.debug-enabled@3:41-58\n"
        "4 DEX-090 given\n"
        "5 env-nobody-decides-this made\n"
        "6 DEX-1 given laravel.app-key@8:16-31 env.x.y@9:16-23\n");
}

TEST_CASE("An id is made from section and text, and stays when the item moves") {
  CHECK(spell("## \U0001F680 Pre-Deployment\n"
              "### Code Readiness!\n"
              "- [ ] All **tests** passing (`php artisan test`)\n"
              "- [ ] all tests passing: php artisan test?\n"
              "## الأمان - Security\n"
              "- [ ] كلمة مرور قوية\n") ==
        "3 code-readiness-all-tests-passing-php-artisan-test made\n"
        "4 code-readiness-all-tests-passing-php-artisan-test-2 made\n"
        "6 الأمان-security-كلمة-مرور-قوية made\n");
  CHECK(spell("- [ ] a <!-- gate a-2 -->\n- [ ] a\n- [ ] a\n- [ ]\n- [ ] !\n- [ ] a 3\n") ==
        "1 a-2 given\n2 a made\n3 a-3 made\n4 item made\n5 item-2 made\n6 a-3-2 made\n");
}

TEST_CASE("A long text makes an id of bounded size, cut between words") {
  const std::string words =
      "# " + std::string(30, 's') + " section of many words\n- [ ] " +
      "the first thing that has to be done before anything else can be done\n";
  CHECK(spell(words) == "2 " + std::string(30, 's') +
                            "-section-the-first-thing-that-has-to-be-done-before-anything-else-can "
                            "made\n");
  std::string arabic = "- [ ] ";
  for (int i = 0; i < 50; ++i)
    arabic += "ق";
  std::string wanted;
  for (int i = 0; i < 30; ++i)
    wanted += "ق";
  CHECK(spell(arabic) == "1 " + wanted + " made\n");
}

TEST_CASE("A comment that cannot bind is a problem with its place") {
  CHECK(
      spell("- [ ] a <!-- gate -->\n"
            "- [ ] b <!-- gate: -->\n"
            "- [ ] c <!-- gate DEX 8: env.x -->\n"
            "- [ ] d <!-- gate: debug-enabled -->\n"
            "- [ ] e <!-- gate: env.x env.y -->\n"
            "- [ ] f <!-- gate: env.x,, env.x -->\n"
            "- [ ] g <!-- GATE: env.x -->\n"
            "- [ ] h <!-- gate A: env.x --> <!-- gate B: env.y -->\n"
            "- [ ] i <!-- gate A -->\n"
            "- j <!-- gate: env.x -->\n"
            "\n"
            "<!-- gate K: env.x -->\n") ==
      "1 a made\n2 b made\n3 c made env.x@3:26-31\n4 d made\n5 e made\n6 f made env.x@6:20-25\n"
      "7 g made\n8 A given env.x@8:22-27 env.y@8:45-50\n9 A given\n"
      "1:14-18: this comment names neither an id nor a rule; write `<!-- gate: pack.rule -->` or "
      "`<!-- gate ID: pack.rule -->`\n"
      "2:19-19: no rule is named after the colon; write `<!-- gate: pack.rule -->` or "
      "`<!-- gate ID: pack.rule -->`\n"
      "3:19-24: `DEX 8` is no id; an id is one word of letters, digits, `-`, `_` and `.`; rules "
      "stand after a colon\n"
      "4:20-33: `debug-enabled` is no rule id; a rule id is `pack.what-is-wrong`; a comma "
      "separates two of them\n"
      "5:20-31: `env.x env.y` is no rule id; a rule id is `pack.what-is-wrong`; a comma separates "
      "two of them\n"
      "6:26-26: a rule is missing beside the comma\n"
      "6:28-33: `env.x` is named twice\n"
      "7:14-18: `GATE` is not `gate`; write it in lower case\n"
      "8:42-43: the item already has the id `A`\n"
      "9:19-20: the id `A` is used twice: first in line 8\n"
      "10:10-21: this comment binds nothing: it stands in no task item; put it on the line of a "
      "`- [ ]` item\n"
      "12:6-19: this comment binds nothing: it stands in no task item; put it on the line of a "
      "`- [ ]` item\n");
}

TEST_CASE("Other comments are none of our business") {
  CHECK(spell("<!-- gates: x -->\n\n<!-- gate:allow docs.x reason -->\n\n<!-- delegate: x -->\n\n"
              "```\n- [ ] a <!-- gate: -->\n```\n") == "");
  CHECK(spell("") == "");
  CHECK(spell("- [ ] \xFF\xFE <!-- gate: \xFF -->\n") ==
        "1 item made\n1:21-22: `\xFF` is no rule id; a rule id is `pack.what-is-wrong`; a comma "
        "separates two of them\n");
}

}  // namespace gate::readers
