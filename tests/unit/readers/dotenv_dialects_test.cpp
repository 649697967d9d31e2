// One file, many values: what the dialects make of the same bytes. The oracle tests hold each of
// them against its real program; these say which differences are meant.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/readers/formats/dotenv.h"

namespace gate::readers {
namespace {

std::string spell(const EnvFile& file) {
  if (file.find_problem(EnvEffect::refuses_file) != nullptr) return "refused";
  std::string text;
  for (const EnvEntry& entry : file.entries) {
    if (!text.empty()) text += ' ';
    text += entry.key;
    if (!entry.unknown.empty()) {
      text += " unknown";
    } else if (entry.has_value) {
      text += fmt::format("=[{}]", entry.value);
    }
  }
  return text;
}

std::string read(EnvDialect dialect, std::string_view text) {
  return spell(parse_dotenv(text, dialect));
}

struct Row {
  std::string_view input;
  // In the order of EnvDialect; "=" repeats the one before.
  std::array<std::string_view, 10> wanted;
};

TEST_CASE("the dialects differ where their programs do") {
  const std::vector<Row> rows{
      {"A = 1\n", {"A=[1]", "=", "=", "=", "=", "", "A=[1]", "=", "refused", ""}},
      {"A=1 # c\n",
       {"A=[1]", "=", "=", "=", "=", "A=[1 ]", "A=[1 # c]", "A=[1]", "A=[1 # c]", "A=[1]"}},
      {"B=1#c\n", {"B=[1]", "=", "=", "=", "B=[1#c]", "B=[1]", "B=[1#c]", "=", "=", "="}},
      {"A=\"1\" # c\n",
       {"A=[1]", "=", "=", "=", "=", "A=[\"1\" ]", "A=[\"1\" # c]", "A=[1]", "A=[\"1\" # c]",
        "A=[1]"}},
      {"A=a b c\n", {"refused", "A=[a b c]", "=", "=", "=", "=", "=", "=", "=", ""}},
      {R"(A="a\tb")",
       {"A=[a\tb]", R"(A=[a\tb])", "=", "=", "A=[a\tb]", R"(A=[a\tb])", "=", "A=[a\tb]",
        R"(A=["a\tb"])", R"(A=[a\tb])"}},
      {R"(A='it\'s')",
       {"refused", R"(A=[it\'s])", "=", "=", "A=[it's]", R"(A=[it\'s])", "=", "A=[it's]",
        R"(A=['it\'s'])", ""}},
      {"A=x\nB=${A}$A\n",
       {"A=[x] B=[x$A]", "A=[x] B=[${A}$A]", "A=[x] B=[xx]", "=", "A=[x] B=[x$A]",
        "A=[x] B=[${A}$A]", "=", "A=[x] B=[xx]", "A=[x] B=[${A}$A]", "A=[x] B=[xx]"}},
      {"A=x\nB='${A}'\n",
       {"A=[x] B=[${A}]", "=", "A=[x] B=[x]", "=", "=", "A=[x] B=[${A}]", "=", "=",
        "A=[x] B=['${A}']", "A=[x] B=[${A}]"}},
      {"A=${N:-d}\n",
       {"A=[${N:-d}]", "=", "A=[d]", "=", "=", "A=[${N:-d}]", "=", "A=[d]", "A=[${N:-d}]",
        "A=[d]"}},
      {"A=pa$$word\n",
       {"A=[pa$$word]", "=", "A=[pa$]", "=", "A=[pa$$word]", "=", "=", "A=[pa$word]",
        "A=[pa$$word]", "A unknown"}},
      {"export A=1\n",
       {"refused", "A=[1]", "=", "=", "=", "=", "export A=[1]", "A=[1]", "refused", "A=[1]"}},
      {"A\nB=2\n", {"A B=[2]", "B=[2]", "=", "=", "A B=[2]", "B=[2]", "=", "=", "=", "="}},
      {"\xEF\xBB\xBF"
       "A=1\n",
       {"refused", "A=[1]", "=", "=",
        "\xEF\xBB\xBF"
        "A=[1]",
        "",
        "\xEF\xBB\xBF"
        "A=[1]",
        "A=[1]", "=", ""}},
      {"A=1\rB=2\r",
       {"A=[1] B=[2]", "=", "=", "=", "=", "=", "=", "A=[1\rB=2]", "=", "A=[1\rB=2\r]"}},
      {"A=\"abc\nB=2\n",
       {"", "A=[\"abc] B=[2]", "=", "=", "B=[2]", "A=[\"abc] B=[2]", "=", "refused",
        "A=[\"abc] B=[2]", ""}},
      {"A=\"x\ny\"\n",
       {"A=[x\ny]", "=", "=", "=", "=", "A=[\"x]", "=", "A=[x\ny]", "A=[\"x]", "A=[x\ny]"}},
  };
  for (const Row& row : rows) {
    std::string_view wanted;
    for (std::size_t dialect = 0; dialect < row.wanted.size(); ++dialect) {
      if (row.wanted[dialect] != "=") wanted = row.wanted[dialect];
      INFO("dialect " << env_dialect_names()[dialect] << ", input " << row.input);
      CHECK(read(static_cast<EnvDialect>(dialect), row.input) == wanted);
    }
  }
}

TEST_CASE("references that go round or grow without end are refused, not followed") {
  CHECK(read(EnvDialect::node_expand, "A=${B}\nB=${A}x\n") == "refused");
  const EnvFile next = parse_dotenv("A=x\nA=${A}y\nB=1\n", EnvDialect::next);
  CHECK(next.entries.empty());
  CHECK(next.find_problem(EnvEffect::drops_keys) != nullptr);
  std::string bomb = "A0=0123456789\n";
  for (int i = 1; i < 40; ++i)
    bomb += fmt::format("A{}=${{A{}}}${{A{}}}\n", i, i - 1, i - 1);
  for (const EnvDialect dialect : {EnvDialect::phpdotenv, EnvDialect::node_expand,
                                   EnvDialect::python_dotenv, EnvDialect::compose}) {
    CHECK(read(dialect, bomb) == "refused");
  }
  CHECK(parse_dotenv(bomb, EnvDialect::bash).find_problem(EnvEffect::drops_keys) != nullptr);
  CHECK(parse_dotenv(bomb, EnvDialect::next).find_problem(EnvEffect::drops_keys) != nullptr);
}

TEST_CASE("what every dialect reads is bounded and its places lie in the file") {
  const std::string odd =
      "A=\"x${B:-$(y)}\\n\"\r\nexport 'CD'='e' # f\n\xEF\xBB\xBF=\xff\r\rg\n\"\n${`";
  std::string open;
  for (int line = 0; line < 20'000; ++line)
    open += fmt::format("K{}=\"\\\"'`${{\n", line);
  for (std::size_t number = 0; number < env_dialect_names().size(); ++number) {
    const auto dialect = static_cast<EnvDialect>(number);
    INFO(env_dialect_names()[number]);
    for (std::size_t length = 0; length <= odd.size(); ++length) {
      const EnvFile file = parse_dotenv(odd.substr(0, length), dialect);
      for (const EnvEntry& entry : file.entries)
        CHECK(std::max(entry.key_span.end, entry.value_span.end) <= length);
      for (const EnvProblem& problem : file.problems)
        CHECK(problem.span.end <= std::max<std::size_t>(length, 1));
    }
    CHECK(parse_dotenv(open, dialect).entries.size() <= 20'000);
    const EnvFile large = parse_dotenv(std::string(kEnvFileLimit + 1, 'A'), dialect);
    CHECK(large.find_problem(EnvEffect::refuses_file) != nullptr);
  }
}

TEST_CASE("bash runs no command, and says what it did not understand") {
  const auto bash = [](std::string_view text) { return read(EnvDialect::bash, text); };
  CHECK(bash("A=$(date) B=2\n") == "A unknown B=[2]");
  CHECK(bash("A=`id`\nB=$A\n") == "A unknown B unknown");
  CHECK(bash("A=~/x\n") == "A unknown");
  CHECK(bash("A=$HOME/x\n") == "A unknown");
  CHECK(bash("A=postgres://u:p@h/db?x=1&y=2\n") == "y=[2]");
  CHECK(bash("A={\"x\":1}\n") == "A=[{x:1}]");
  CHECK(bash("A=$'a\\tb'\n") == "A=[a\tb]");
  CHECK(bash("A=1; B=\"${A:+set}\"; C=${N:=n}; D=$N\n") == "A=[1] B=[set] N=[n] C=[n] D=[n]");
  CHECK(bash("A=1 \\\n  B=2\n") == "A=[1] B=[2]");
  CHECK(bash("A=1\nif true; then A=2; fi\nB=3\n") == "A=[1]");
  CHECK(bash("A=x\nA+=y\n") == "A=[x] A=[xy]");
  CHECK(bash("A=1 B=$A\nexport C=2 D=$C\n") == "A=[1] B=[1] C=[2] D=[]");
  CHECK(bash("export \"LONG\"=x 'B'+=y\n") == "LONG=[x] B=[y]");
  CHECK(bash("A=1 || B=2 && C=3\nfalse && D=4\n") == "A=[1] C=[3]");
  CHECK(bash("A=1\nB=2; ;C=3\nD=4\n") == "A=[1]");
  CHECK(bash("A=1 |\nB=2\nC=3\n") == "C=[3]");
  CHECK(bash("readonly A=1\nA=2\nB=3\n") == "A=[1] B=[3]");
  CHECK(bash("A=${NOPE:-a\"b}\nB=2\n").empty());
  CHECK(bash("A=${B:=x}\n") == "B=[x] A=[x]");
  CHECK(bash("A=x\\") == "A=[x\\]");
}

TEST_CASE("a variable of the process is seen as each dialect sees it") {
  EnvScope scope;
  scope.process = [](std::string_view key) {
    return key == "P" ? std::optional<std::string>("from process") : std::nullopt;
  };
  CHECK(spell(parse_dotenv("P\nA=${P}\n", EnvDialect::docker, scope)) ==
        "P=[from process] A=[${P}]");
  CHECK(spell(parse_dotenv("P\nA=${P}\n", EnvDialect::compose, scope)) ==
        "P=[from process] A=[from process]");
  CHECK(spell(parse_dotenv("A=${P}\n", EnvDialect::next, scope)) == "A=[from process]");
  CHECK(spell(parse_dotenv("A=${P}\n", EnvDialect::python_dotenv, scope)) == "A=[from process]");
}

}  // namespace
}  // namespace gate::readers
