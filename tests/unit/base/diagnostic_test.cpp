#include "gate/base/diagnostic.h"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

namespace gate::base {
namespace {

std::shared_ptr<const Source> source(std::string text) {
  return std::make_shared<const Source>("gate.toml", std::move(text));
}

// Renders a mistake that underlines the first place of `part` in `text`.
std::string underline(const std::string& text, std::string_view part) {
  const auto begin = static_cast<std::uint32_t>(text.find(part));
  return render(Diagnostic::error("wrong").at(
                    source(text), {begin, begin + static_cast<std::uint32_t>(part.size())}),
                false);
}

TEST_CASE("a diagnostic shows its line with the span underlined, help and notes") {
  const auto text = source("a = 1\nseverty  = \"critical\"\n");
  CHECK(render(Diagnostic::error("unknown key `severty`")
                   .at(text, {6, 13})
                   .hint("did you mean `severity`?"),
               false) ==
        R"(error: unknown key `severty`
 --> gate.toml:2:1
  |
2 | severty  = "critical"
  | ^^^^^^^
  = help: did you mean `severity`?
)");
  Diagnostic warning = Diagnostic::error("set twice")
                           .at(text, {17, 27})
                           .note(text, {0, 1}, "first set here")
                           .note(nullptr, {}, "the last one counts");
  warning.level = Diagnostic::Level::warning;
  warning.place->text = "here";
  CHECK(render(warning, false) == R"(warning: set twice
 --> gate.toml:2:12
  |
2 | severty  = "critical"
  |            ^^^^^^^^^^ here
note: first set here
 --> gate.toml:1:1
  |
1 | a = 1
  | ^
note: the last one counts
)");
}

TEST_CASE("all places of a diagnostic share one margin") {
  std::string text;
  for (int line = 0; line < 120; ++line)
    text += "x\n";
  CHECK(render(Diagnostic::error("m")
                   .at(source(text), {2, 3})
                   .note(source(text), {200, 201}, "n")
                   .hint("h"),
               false) ==
        R"(error: m
   --> gate.toml:2:1
    |
  2 | x
    | ^
    = help: h
note: n
   --> gate.toml:101:1
    |
101 | x
    | ^
)");
}

TEST_CASE("a diagnostic without a place is its message and help") {
  CHECK(render(Diagnostic::error("`x` does not exist"), false) == "error: `x` does not exist\n");
  CHECK(render(Diagnostic::error("unknown option `--formt`")
                   .hint("did you mean `--format`?\nsee `gate --help`"),
               false) ==
        "error: unknown option `--formt`\n  = help: did you mean `--format`?\n          see `gate "
        "--help`\n");
  CHECK(render(Diagnostic::error("first\nsecond"), false) == "error: first\n       second\n");
}

TEST_CASE("carets are as wide as the text on the screen") {
  CHECK(underline("\tk = \"日本語\" # é\n", "\"日本語\"") == R"(error: wrong
 --> gate.toml:1:6
  |
1 |     k = "日本語" # é
  |         ^^^^^^^^
)");
  CHECK(underline("a = \"e\u0301\" b", "b") ==
        "error: wrong\n --> gate.toml:1:11\n  |\n1 | a = \"e\u0301\" b\n  |         ^\n");
}

TEST_CASE("right-to-left text does not move what is underlined") {
  // Each part stands in isolates (U+2068, U+2069) of its own.
  CHECK(underline("t = \"نص\" x", "\"نص\"") ==
        "error: wrong\n --> gate.toml:1:5\n  |\n1 | t = \u2068\"نص\"\u2069 x\n  |     ^^^^\n");
}

TEST_CASE("an empty span, one at the end and one behind it get one caret") {
  const auto text = source("ab\n\nc");
  CHECK(render(Diagnostic::error("m").at(text, {1, 1}), false) ==
        "error: m\n --> gate.toml:1:2\n  |\n1 | ab\n  |  ^\n");
  CHECK(render(Diagnostic::error("m").at(text, {2, 2}), false) ==
        "error: m\n --> gate.toml:1:3\n  |\n1 | ab\n  |   ^\n");
  CHECK(render(Diagnostic::error("m").at(text, {5, 5}), false) ==
        "error: m\n --> gate.toml:3:2\n  |\n3 | c\n  |  ^\n");
  CHECK(render(Diagnostic::error("m").at(text, {99, 120}), false) ==
        "error: m\n --> gate.toml:3:2\n  |\n3 | c\n  |  ^\n");
  CHECK(render(Diagnostic::error("m").at(text, {3, 3}), false) == "error: m\n --> gate.toml:2:1\n");
  CHECK(render(Diagnostic::error("m").at(source(""), {0, 0}), false) ==
        "error: m\n --> gate.toml:1:1\n");
}

TEST_CASE("a span over lines is underlined to the end of its first") {
  CHECK(underline("a = '''x\ny\n'''", "'''x\ny\n'''") == R"(error: wrong
 --> gate.toml:1:5
  |
1 | a = '''x
  |     ^^^^
)");
  CHECK(underline("a = [1,\r\n2]", "[1,\r\n2]") ==
        "error: wrong\n --> gate.toml:1:5\n  |\n1 | a = [1,\n  |     ^^^\n");
}

TEST_CASE("a long line is cut around its span and keeps within 80 cells") {
  const std::string left(200, 'a');
  const std::string right(200, 'b');
  CHECK(underline(left + " here " + right, "here") == R"(error: wrong
 --> gate.toml:1:202
  |
1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa here bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…
  |                                     ^^^^
)");
  CHECK(underline("here" + right, "here") == R"(error: wrong
 --> gate.toml:1:1
  |
1 | herebbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…
  | ^^^^
)");
  CHECK(underline(left + "here", "here") == R"(error: wrong
 --> gate.toml:1:201
  |
1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaahere
  |                                                                         ^^^^
)");
  CHECK(underline("x = " + left, left) == R"(error: wrong
 --> gate.toml:1:5
  |
1 | … aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
)");
}

TEST_CASE("a line of megabytes costs no more than its part that is shown") {
  std::string text;
  for (int index = 0; index < 1'000'000; ++index)
    text += "é日";
  const std::string shown = underline(text + "here" + text, "here");
  CHECK(shown.size() < 600);
  CHECK(shown.find("here") != std::string::npos);
}

TEST_CASE("bytes that a terminal would obey or could not show are made visible") {
  const std::string shown = underline("a = \"\x1b[31m\xFF\" # c", "# c");
  CHECK(shown.find('\x1b') == std::string::npos);
  CHECK(shown.find("\xFF") == std::string::npos);
  CHECK(render(Diagnostic::error("unknown key `\x1b[2J`"), false).find('\x1b') ==
        std::string::npos);
}

TEST_CASE("colour marks level, places and help, and adds nothing else") {
  const std::string colored = render(
      Diagnostic::error("m").at(source("ab\n"), {0, 1}).hint("h").note(source("ab\n"), {1, 2}, "n"),
      true);
  CHECK(colored ==
        "\033[1;31merror\033[0m\033[1m: m\033[0m\n"
        " \033[1;34m-->\033[0m gate.toml:1:1\n"
        "  \033[1;34m|\033[0m\n"
        "\033[1;34m1\033[0m \033[1;34m|\033[0m ab\n"
        "  \033[1;34m|\033[0m \033[1;31m^\033[0m\n"
        "  \033[1;34m=\033[0m \033[1;36mhelp\033[0m: h\n"
        "\033[1;34mnote\033[0m: n\n"
        " \033[1;34m-->\033[0m gate.toml:1:2\n"
        "  \033[1;34m|\033[0m\n"
        "\033[1;34m1\033[0m \033[1;34m|\033[0m ab\n"
        "  \033[1;34m|\033[0m  \033[1;34m^\033[0m\n");
}

TEST_CASE("many diagnostics are told up to a limit, and counted beyond") {
  Diagnostics diagnostics;
  CHECK(render(diagnostics, false).empty());
  CHECK_FALSE(diagnostics.has_errors());
  Diagnostic warning = Diagnostic::error("w");
  warning.level = Diagnostic::Level::warning;
  diagnostics.add(warning);
  CHECK_FALSE(diagnostics.has_errors());
  diagnostics.add(Diagnostic::error("b"));
  diagnostics.add(Diagnostic::error("c"));
  CHECK(diagnostics.has_errors());
  CHECK(render(diagnostics, false) == "warning: w\n\nerror: b\n\nerror: c\n");
  CHECK(render(diagnostics, false, 1) == "warning: w\n\nand 2 more\n");
  CHECK(render(diagnostics, false, 0) == "and 3 more\n");
}

}  // namespace
}  // namespace gate::base
