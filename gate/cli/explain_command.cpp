// gate explain: the page of a rule, of a verdict, of the exit statuses.
#include <array>

#include <fmt/format.h>

#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/library.h"
#include "gate/cli/rule_page.h"

namespace gate::cli {
namespace {

struct Topic {
  std::string_view name;
  std::string_view page;
};

constexpr std::array kTopics{
    Topic{"exit-status",
          "# Exit status\n\n"
          "0: passed.\n\n"
          "1: blocked. A rule whose severity reaches --fail-on failed, or a rule is pending.\n\n"
          "2: the command line or the policy is wrong; nothing was judged.\n\n"
          "3: nothing failed, but a rule whose severity reaches --fail-on could not be decided. "
          "Unknown is never a "
          "pass.\n"},
    Topic{"verdicts",
          "# Verdicts\n\n"
          "passed: what the rule asks for holds.\n\n"
          "failed: it does not; each finding says where.\n\n"
          "pending: a person's statement or a piece of evidence is still missing.\n\n"
          "not_applicable: the rule is not about this repository or this stage; the reason says "
          "why.\n\n"
          "could_not_run: it could not be decided: a file could not be read, a tool is missing, "
          "time ran out. This is "
          "never taken for a pass.\n"},
};

int explain_command(const Arguments& arguments, Streams& streams) {
  const std::string& wanted = arguments.positional().front();
  const bool color = use_color(arguments, streams.out_is_terminal);
  for (const Topic& topic : kTopics) {
    if (topic.name != wanted) continue;
    streams.out += for_terminal(topic.page, streams.width, color);
    return passed;
  }
  base::Diagnostics diagnostics;
  const std::unique_ptr<Library> library = load_all(diagnostics);
  std::string help;
  const policy::Rule* rule = diagnostics.has_errors() ? nullptr : find_rule(*library, wanted, help);
  if (rule == nullptr && !diagnostics.has_errors()) {
    diagnostics.add(
        base::Diagnostic::error(fmt::format("there is no rule `{}`", wanted)).hint(help));
  }
  if (rule != nullptr)
    streams.out += for_terminal(rule_page(*rule, diagnostics), streams.width, color);
  streams.err += base::render(diagnostics, use_color(arguments, streams.err_is_terminal));
  return diagnostics.has_errors() ? misuse : passed;
}

}  // namespace

const Command kExplain{
    "explain",
    "RULE",
    "Say what a rule asks for, why, and how to mend it",
    "RULE is an id, or the name that another tool has for it: `django:security.W018`,\n"
    "or without the tool `ban-drop-column`.\n"
    "`gate explain exit-status` and `gate explain verdicts` explain these.",
    1,
    1,
    {},
    explain_command,
};

}  // namespace gate::cli
