#include "gate/readers/formats/dotenv.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace std::string_literals;

namespace gate::readers {
namespace {

// Entries and problems as lines: "key=value", "key unset", "refuses 3-7: message".
std::string spell(const EnvFile& file) {
  std::string text;
  for (const EnvEntry& entry : file.entries) {
    text += entry.has_value ? fmt::format("{}={}\n", entry.key, entry.value)
                            : fmt::format("{} unset\n", entry.key);
  }
  constexpr std::array<std::string_view, 4> kEffects{"refuses", "drops", "loses", "changes"};
  for (const EnvProblem& problem : file.problems) {
    text += fmt::format("{} {}-{}: {}\n", kEffects[static_cast<std::size_t>(problem.effect)],
                        problem.span.begin, problem.span.end, problem.message);
  }
  return text;
}

struct Case {
  std::string input;
  std::string wanted;
};

void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    INFO("input: " << one.input);
    CHECK(spell(parse_dotenv(one.input)) == one.wanted);
  }
}

TEST_CASE(
    "phpdotenv takes values as they are written, without white space and comments around them") {
  check({
      {"", ""},
      {"\n\n  \n", ""},
      {"A=1", "A=1\n"},
      {"A = 1\n", "A=1\n"},
      {"   A=1\n\tB=2\n", "A=1\nB=2\n"},
      {"A=1   \nB=\"2\"  \n", "A=1\nB=2\n"},
      {"A=\nB=\"\"\nC=''\n", "A=\nB=\nC=\n"},
      {"# A=1\n  # B=2\n#\nC=3\n", "C=3\n"},
      {"A=1 # c\nB=1#c\nC=#c\nD= # c\n", "A=1\nB=1\nC=\nD=\n"},
      {"A=\"1\"#c\nB='x' # c\n", "A=1\nB=x\n"},
      {"URL=postgres://u:p@h/db?x=1&y=2\n", "URL=postgres://u:p@h/db?x=1&y=2\n"},
      {"A={\"x\":1}\nB='{\"x\":\"y z\"}'\n", "A={\"x\":1}\nB={\"x\":\"y z\"}\n"},
      {"A=a\"b'c\\d\n", "A=a\"b'c\\d\n"},
      {"A=pa$$word\n", "A=pa$$word\n"},
      {"A=base64:AbC/+d==\n", "A=base64:AbC/+d==\n"},
  });
}

TEST_CASE("phpdotenv ends lines at CR, LF and CR LF") {
  check({
      {"A=1\r\nB=2\r\n", "A=1\nB=2\n"},
      {"A=1\rB=2\r", "A=1\nB=2\n"},
      {"A=\"x\r\ny\"\r\nB=2", "A=x\ny\nB=2\n"},
  });
}

TEST_CASE("phpdotenv knows escapes in double quotes and nothing in single ones") {
  check({
      {R"(A="a\tb\n\r\f\v")", "A=a\tb\n\r\f\v\n"},
      {R"(A="a\\b\"c\$d")", "A=a\\b\"c$d\n"},
      {R"(A='a\nb"c')", "A=a\\nb\"c\n"},
  });
}

TEST_CASE("a double quoted value may span lines") {
  check({
      {"A=\"one\ntwo # no comment\n\"\nB=2\n", "A=one\ntwo # no comment\n\nB=2\n"},
      {"A=\"one\n\"\nB=2\n", "A=one\n\nB=2\n"},
      {"A = \"one\ntwo\"\n",
       "refuses 4-5: a quote that is never closed: phpdotenv refuses the whole file\n"
       "refuses 9-13: a line that is not `NAME=value`: phpdotenv refuses the whole file\n"},
      {"A=\"one\nB=\"two\n",
       "refuses 10-13: text after the closing quote: phpdotenv refuses the whole file\n"},
  });
}

TEST_CASE("references see what stands above them") {
  check({
      {"A=1\nB=${A}\nC=\"x${A}y\"\nD='${A}'\n", "A=1\nB=1\nC=x1y\nD=${A}\n"},
      {"B=${A}\nA=1\n", "B=${A}\nA=1\n"},
      {"A=1\nB=$A\n", "A=1\nB=$A\n"},
      {"B=${NOPE:-d}\nC=${}\nD=${NOPE\n", "B=${NOPE:-d}\nC=${}\nD=${NOPE\n"},
      {"A=B\nB=x\nC=\"${${A}}\"\n", "A=B\nB=x\nC=x\n"},
      {"N.V=1\nB=${N.V}\n", "N.V=1\nB=1\n"},
      {"A=1\nA\nB=${A}\n", "A=1\nA unset\nB=${A}\n"},
      {"A=\"\\${B}\"\nB=1\n", "A=${B}\nB=1\n"},
  });
}

TEST_CASE("references see the process first and earlier files last") {
  EnvScope scope;
  scope.process = [](std::string_view key) {
    return key == "P" ? std::optional<std::string>("process") : std::nullopt;
  };
  scope.earlier = [](std::string_view key) {
    return key == "P" || key == "E" || key == "A" ? std::optional<std::string>("earlier")
                                                  : std::nullopt;
  };
  CHECK(spell(parse_dotenv("P=file\nA=file\nX=${P} # c\nY=${E}\nZ=${A}\n", EnvDialect::phpdotenv,
                           scope)) == "P=file\nA=file\nX=process\nY=earlier\nZ=file\n");
}

TEST_CASE("phpdotenv takes these names") {
  check({
      {"foo=1\nFoo.bar_2=2\n", "foo=1\nFoo.bar_2=2\n"},
      {"N\u00c4ME=1\n", "N\u00c4ME=1\n"},
      {"A\nB=1\n", "A unset\nB=1\n"},
      {"export AB=1\nexport\tCD = 2\n", "AB=1\nCD=2\n"},
      {"\"AB\"=1\nexport 'CD'=2\n", "AB=1\nCD=2\n"},
      {"A=1\nA=2\n", "A=1\nA=2\n"},
  });
}

TEST_CASE("phpdotenv refuses the whole file for one of these") {
  const std::string end = ": phpdotenv refuses the whole file\n";
  check({
      {"A=a b c\nB=1\n", "B=1\nrefuses 4-7: white space in a value without quotes" + end},
      {"A=\"a\"b\n", "refuses 5-6: text after the closing quote" + end},
      {"A='it\\'s'\n", "refuses 7-9: text after the closing quote" + end},
      {"A='abc\n", "refuses 2-3: a quote that is never closed" + end},
      {"A=\"a\\qb\"\n",
       "refuses 4-6: an escape other than `\\\"`, `\\\\`, `\\$`, `\\f`, `\\n`, `\\r`, `\\t`, `\\v` "
       "in a quoted value" +
           end},
      {"export A=1\n", "refuses 0-8: `export` before a name of one character" + end},
      {"A: 1\n", "refuses 0-4: a line that is not `NAME=value`" + end},
      {" A\n", "refuses 0-2: a line that is not `NAME=value`" + end},
      {"=1\n", "refuses 0-1: `=` without a name before it" + end},
      {"A-B=1\n",
       "refuses 0-3: a name with other characters than letters, digits, `_` and `.`" + end},
      {"\xEF\xBB\xBF"
       "A=1\n",
       "refuses 0-3: a byte order mark, which counts as part of the first name" + end},
      {"A=`x y`\n", "refuses 5-7: white space in a value without quotes" + end},
      {"A='x\ny'\n", "refuses 2-3: a quote that is never closed" + end +
                         "refuses 5-7: a line that is not `NAME=value`" + end},
  });
}

TEST_CASE("an unclosed double quote silently drops its key and all that follow") {
  const std::string what =
      "a quote that is never closed: phpdotenv drops this key and all that follow without a word\n";
  check({
      {"A=1\nB=\"abc\nC=2\n", "A=1\ndrops 6-7: " + what},
      {"A=\"abc", "drops 2-3: " + what},
      {"# A=\"abc\nB=1\n", "drops 4-5: " + what},
      {"A=\"a\\\"\nB=1\n", "drops 2-3: " + what},
  });
}

TEST_CASE("bytes that are not UTF-8 are told, not hidden") {
  check({
      {"A=\xE4\nB=1\n",
       "A=\xE4\nB=1\nchanges 0-3: bytes that are not UTF-8: phpdotenv loads `?` in their place\n"},
  });
}

TEST_CASE("messages never quote the file") {
  const std::string secret = "MIIEvQIBADANBgkq";
  for (const std::string& input :
       {"K='-----BEGIN\n" + secret + "/+=\n" + secret + "\n'\n", "K=x " + secret + "\n",
        secret + "-=1\n", "K=\"x\"" + secret + "\n"}) {
    const EnvFile file = parse_dotenv(input);
    CHECK_FALSE(file.problems.empty());
    for (const EnvProblem& problem : file.problems)
      CHECK(problem.message.find(secret) == std::string::npos);
  }
}

TEST_CASE("places are those of the file, also across lines") {
  const std::string text = "# c\r\n  export AB=\"x\r\ny\"  # c\r\nC=\r\nD";
  const EnvFile file = parse_dotenv(text);
  REQUIRE(file.entries.size() == 3);
  const auto written = [&](base::Span span) {
    return text.substr(span.begin, span.end - span.begin);
  };
  CHECK(written(file.entries[0].key_span) == "AB");
  CHECK(written(file.entries[0].value_span) == "\"x\r\ny\"");
  CHECK(file.entries[0].value == "x\ny");
  CHECK(file.entries[1].value_span == base::Span{static_cast<std::uint32_t>(text.find("C=") + 2),
                                                 static_cast<std::uint32_t>(text.find("C=") + 2)});
  CHECK(file.entries[2].value_span == base::Span{static_cast<std::uint32_t>(text.size()),
                                                 static_cast<std::uint32_t>(text.size())});
}

TEST_CASE("every prefix of a file and every odd byte can be read") {
  const std::string text = "A=\"x${B}\\n\"\r\nexport 'CD'='e' # f\n\xEF\xBB\xBF=\0g\n\"\n"s;
  for (std::size_t length = 0; length <= text.size(); ++length) {
    for (const EnvEntry& entry : parse_dotenv(text.substr(0, length)).entries)
      CHECK(entry.value_span.end <= length);
  }
  for (int byte = 0; byte < 256; ++byte) {
    const std::string odd(3, static_cast<char>(byte));
    for (const EnvProblem& problem : parse_dotenv(odd).problems)
      CHECK(problem.span.end <= odd.size());
    for (const EnvProblem& problem : parse_dotenv("A=" + odd).problems)
      CHECK(problem.span.end <= odd.size() + 2);
  }
}

TEST_CASE("a huge file takes linear time") {
  std::string lines;
  for (int i = 0; i < 100'000; ++i)
    lines += "KEY_" + std::to_string(i) + "=value # comment\n";
  CHECK(parse_dotenv(lines).entries.size() == 100'000);
  const EnvFile dollars = parse_dotenv("A=" + std::string(1'000'000, '$') + "\n");
  CHECK(dollars.entries.front().value.size() == 1'000'000);
  CHECK(parse_dotenv("A=\"" + std::string(1'000'000, '\n')).problems.size() == 1);
}

TEST_CASE("dialects are found by the names of policies") {
  CHECK(find_env_dialect("phpdotenv") == EnvDialect::phpdotenv);
  CHECK_FALSE(find_env_dialect("PHPDotenv"));
  CHECK_FALSE(find_env_dialect(""));
  for (const std::string_view known : env_dialect_names())
    CHECK(name(find_env_dialect(known).value()) == known);
  CHECK(env_dialect_names().size() == 10);
}

}  // namespace
}  // namespace gate::readers
