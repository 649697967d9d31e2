// A command prints what a CI would take for its own commands: none of it acts, whatever is printed
// and however it arrives, and gate needs no more memory for it.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/report/formats.h"
#include "tests/process/project.h"

namespace gate::test {
namespace {

constexpr std::int64_t kMostKilobytes = 64 << 10;

// A line of a log that GitHub's runner obeys.
struct Fired {
  std::string name;
  std::string rest;  // properties and data
};

// What the runner makes of a log: a line that begins with `::` behind white space, or has `##[`
// anywhere, is a command where its name is known; none is while `stop-commands` holds. A bare
// carriage return ends a line, too. Source: actions/runner, ActionCommand.cs and
// ActionCommandManager.cs.
class Runner {
 public:
  explicit Runner(std::string_view log) {
    while (!log.empty()) {
      const std::size_t end = std::min(log.find_first_of("\r\n"), log.size());
      line(log.substr(0, end));
      log.remove_prefix(std::min(end + 1, log.size()));
    }
  }

  [[nodiscard]] const std::vector<Fired>& fired() const { return fired_; }
  [[nodiscard]] bool is_stopped() const { return !token_.empty(); }

 private:
  static std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
  }

  // Returns how many bytes the white space at the start takes; Unicode's is trimmed as well.
  static std::size_t blank_at_start(std::string_view text) {
    constexpr std::array<std::string_view, 8> kBlanks{
        "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\xA8",
        "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
    if (text.empty()) return 0;
    if (std::isspace(static_cast<unsigned char>(text.front())) != 0) return 1;
    for (const std::string_view blank : kBlanks) {
      if (text.starts_with(blank)) return blank.size();
    }
    // U+2000 to U+200A.
    return text.starts_with("\xE2\x80") && text.size() > 2 && text[2] <= '\x8A' ? 3 : 0;
  }

  void command(std::string_view info, std::string_view data) {
    constexpr std::array<std::string_view, 16> kKnown{
        "error",          "warning",       "notice",     "debug",
        "group",          "endgroup",      "add-mask",   "add-matcher",
        "remove-matcher", "stop-commands", "set-output", "save-state",
        "set-env",        "add-path",      "echo",       "internal-set-repo-path"};
    const std::string name = lower(info.substr(0, info.find(' ')));
    if (!token_.empty()) {
      if (name == lower(token_)) token_.clear();
      return;
    }
    if (std::find(kKnown.begin(), kKnown.end(), name) == kKnown.end()) return;
    if (name == "stop-commands") token_ = data;
    fired_.push_back({name, fmt::format("{}::{}", info, data)});
  }

  void line(std::string_view text) {
    std::string_view trimmed = text;
    while (const std::size_t blank = blank_at_start(trimmed))
      trimmed.remove_prefix(blank);
    const std::size_t second = trimmed.starts_with("::") ? trimmed.find("::", 2) : text.npos;
    if (second != text.npos) {
      command(trimmed.substr(2, second - 2), trimmed.substr(second + 2));
      return;
    }
    const std::size_t open = text.find("##[");
    const std::size_t close = open == text.npos ? open : text.find(']', open);
    if (close != text.npos)
      command(text.substr(open + 3, close - open - 3), text.substr(close + 1));
  }

  std::string token_;
  std::vector<Fired> fired_;
};

// Prints what a CI obeys, in all the ways in which it may come: as lines, behind blanks, behind
// other text, in pieces, over the last line, and at the end without a line end.
constexpr std::string_view kForge = R"sh(
i=0
while [ $i -lt 1000 ]; do
  printf '::error file=a.js,line=1::forged %s\n' $i
  printf '   ::warning::forged behind blanks\n'
  printf '\302\240::notice::forged behind a blank of Unicode\n'
  printf 'phpunit | ##[error]forged inside a line\n'
  printf '##[group]forged\n'
  printf 'progress 10 %%\r::add-mask::e\n'
  printf 'section_start:1769860800:forged\r\033[0Kforged\n'
  printf '\033]0;forged\007\033[2J\033[1;1H::set-output name=status::0\n'
  printf '::stop-commands::pause\n'
  printf '::endgroup::\342\200\256\302\205::error::forged\n'
  i=$((i + 1))
done
printf '::err'; printf 'or::'; sleep 0.02; printf 'forged in pieces\n:'; sleep 0.02; printf ':error::again\n'
printf '::error::forged without a line end'
)sh";

// Prints 100 MB in one line, and then forges.
constexpr std::string_view kFlood = R"sh(
printf '::error::'
head -c 104857600 /dev/zero | tr '\0' 'x'
printf '\n::error::forged behind a flood'
)sh";

std::vector<Tool> hostile_tools() {
  const std::string forge(kForge);
  const std::string flood(kFlood);
  return {
      {"forges", forge + "\nexit 1\n"},
      {"floods", flood + "\nexit 1\n"},
      {"breaks", forge + "\nkill -9 $$\n"},
      {"lines", forge + "\nexit 1\n", "pattern = '(?P<message>.*forged.*)'\n"},
      {"flooded-lines", flood + "\nexit 1\n", "pattern = '(?P<message>.*forged.*)'\n"},
      {"results", flood + "\nexit 1\n", "result = \"eslint\"\n"},
      {"named", "printf '::error::forged/a.js: \\n##[error]b.js: no\\n'; exit 1\n",
       "pattern = '(?P<file>.*\\.js): ?(?P<message>.*)'\n"},
      {"tests",
       "printf '<testsuite name=\"t\"><testcase name=\"::error::forged\" file=\"##[error]x\">"
       "<failure message=\"a&#10;::error::forged\">&#10;::error::forged&#10;##[error]forged"
       "</failure></testcase></testsuite>'; exit 1\n",
       "result = \"junit\"\n"},
  };
}

// Returns the bytes of a log that no terminal and no log takes for text.
std::string control_bytes(std::string_view log) {
  std::string found;
  for (const char c : log) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n') || byte == 0x7F) found += fmt::format("{:02x} ", byte);
  }
  return found;
}

// Returns a log without the colours that gate itself writes; any other sequence stays.
std::string without_colours(std::string_view log) {
  std::string out;
  while (!log.empty()) {
    const std::size_t end = log.starts_with("\033[") ? log.find_first_not_of("0123456789;", 2) : 0;
    if (end != 0 && end < log.size() && log[end] == 'm') {
      log.remove_prefix(end + 1);
    } else {
      out += log.front();
      log.remove_prefix(1);
    }
  }
  return out;
}

// Returns whether these are ten annotations of gate's own: nine findings and what counts the rest.
bool are_own(const std::vector<Fired>& fired) {
  return fired.size() == 10 && std::all_of(fired.begin(), fired.end(), [](const Fired& one) {
           return one.name == "error" && (one.rest.find("title=app.") != std::string::npos ||
                                          one.rest.find("title=gate::and ") != std::string::npos);
         });
}

struct Printed {
  std::string log;  // standard output and error
  tests::ChildResult result;
};

Printed run(const Project& project, const std::vector<std::string>& arguments, bool on_github) {
  tests::ChildCommand command = project.gate(arguments);
  if (on_github) command.environment.emplace_back("GITHUB_ACTIONS=true");
  const std::optional<tests::ChildResult> result = tests::run_child(command);
  REQUIRE(result);
  CHECK(result->status == 1);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  CHECK(result->peak_kilobytes < kMostKilobytes);
#endif
  return {project.report("output") + project.report("errors"), *result};
}

}  // namespace

TEST_CASE("The judge of a log sees what GitHub's runner obeys", "[hostile-output]") {
  const Runner runner(
      "::error::a\n  ::Warning file=x::b\nx ##[notice]c\nprogress\r::debug::d\n::unknown::e\n"
      "::stop-commands::Token\n::error::f\n##[error]g\n::token::\n::error::h\n:: error::i\n");
  std::vector<std::string> names;
  for (const Fired& fired : runner.fired())
    names.push_back(fired.name);
  CHECK(names ==
        std::vector<std::string>{"error", "warning", "notice", "debug", "stop-commands", "error"});
  CHECK_FALSE(runner.is_stopped());
}

TEST_CASE("Nothing that commands print acts on a CI", "[hostile-output]") {
  const Project project(hostile_tools());
  std::vector<Tool> short_tools = hostile_tools();
  std::erase_if(short_tools,
                [](const Tool& tool) { return tool.script.find(kFlood) != std::string::npos; });

  SECTION("as a person reads it in a log of GitHub") {
    const Printed printed = run(project, {"--verbose"}, true);
    REQUIRE(printed.log.find("forged") != std::string::npos);
    CHECK(control_bytes(printed.log).empty());
    const Runner runner(printed.log);
    REQUIRE(runner.fired().size() == 1);
    CHECK(runner.fired().front().name == "stop-commands");
    CHECK_FALSE(runner.is_stopped());
  }
  SECTION("as a person reads it anywhere else") {
    const Printed printed = run(project, {"--verbose"}, false);
    REQUIRE(printed.log.find("forged") != std::string::npos);
    CHECK(control_bytes(printed.log).empty());
    CHECK(Runner(printed.log).fired().empty());
    CHECK(printed.log.find("section_start:") == std::string::npos);
  }
  SECTION("as a person reads it on a terminal") {
    const Printed printed = run(Project(short_tools), {"--verbose", "--color", "always"}, false);
    REQUIRE(printed.log.find("\033[") != std::string::npos);
    const std::string plain = without_colours(printed.log);
    CHECK(control_bytes(plain).empty());
    CHECK(Runner(plain).fired().empty());
    CHECK(plain.find("section_start:") == std::string::npos);
  }
  SECTION("as annotations") {
    const Printed printed = run(project, {"--report", "github"}, true);
    REQUIRE(printed.log.find("forged") != std::string::npos);
    CHECK(control_bytes(printed.log).empty());
    CHECK(are_own(Runner(printed.log).fired()));
  }
  SECTION("as the action asks for it, page and annotations in one log") {
    const Printed printed =
        run(Project(short_tools), {"--report", "pretty", "--report", "github"}, true);
    CHECK(control_bytes(printed.log).empty());
    const Runner runner(printed.log);
    REQUIRE(runner.fired().size() > 1);
    CHECK(runner.fired().front().name == "stop-commands");
    CHECK(are_own({runner.fired().begin() + 1, runner.fired().end()}));
    CHECK_FALSE(runner.is_stopped());
  }
  SECTION("as any other report") {
    std::vector<std::string> formats;
    std::vector<std::string> arguments;
    for (const report::Format* format : report::formats()) {
      if (format == &report::kPretty || format == &report::kGithub) continue;
      formats.emplace_back(format->name);
      arguments.emplace_back("--report");
      arguments.push_back(
          fmt::format("{}={}", format->name, (project.reports() / format->name).string()));
    }
    run(project, arguments, true);
    for (const std::string& format : formats) {
      CAPTURE(format);
      const std::string log = project.report(format);
      REQUIRE(log.find("forged") != std::string::npos);
      CHECK(control_bytes(log).empty());
      CHECK(Runner(log).fired().empty());
    }
  }
}

}  // namespace gate::test
