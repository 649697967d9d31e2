#include "gate/cli/help.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/unicode.h"
#include "gate/cli/commands.h"

namespace gate::cli {
namespace {

constexpr std::size_t kWidth = 80;

constexpr std::string_view kExitStatus =
    "  0  passed\n"
    "  1  blocked: a rule at or above --fail-on failed, or one is pending\n"
    "  2  the command line or the policy is wrong\n"
    "  3  nothing failed, but something could not be decided: a tool is missing, a\n"
    "     file unreadable\n";

std::string usage(const Option& option) {
  return option.value.empty() ? std::string(option.name)
                              : fmt::format("{} {}", option.name, option.value);
}

std::string usage(const Command& command) {
  std::string text = fmt::format("gate {}", command.name);
  if (!command.arguments.empty()) text += fmt::format(" {}", command.arguments);
  if (!command.options.empty()) text += " [OPTIONS]";
  return text;
}

// Appends rows of a name and a text, the texts in one column and wrapped.
void append_rows(std::string& out, const std::vector<std::pair<std::string, std::string>>& rows) {
  std::size_t widest = 0;
  for (const auto& [name, text] : rows)
    widest = std::max(widest, name.size());
  const std::size_t indent = widest + 4;
  for (const auto& [name, text] : rows) {
    out += fmt::format("  {:{}}", name, widest + 2);
    bool first = true;
    for (const std::string& line : base::wrap(text, kWidth - indent)) {
      if (!first) out += std::string(indent, ' ');
      out += line + '\n';
      first = false;
    }
  }
}

std::string describe(const Option& option) {
  std::string text(option.text);
  if (option.repeatable) text += "; may be given several times";
  return text;
}

void append_options(std::string& out, std::span<const Option> options) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Option& option : options)
    rows.emplace_back(usage(option), describe(option));
  append_rows(out, rows);
}

}  // namespace

std::string overview() {
  std::string out =
      "gate judges a repository against its deployment checklist.\n\n"
      "Usage: gate [COMMAND] [ARGUMENTS] [OPTIONS]\n\n"
      "Commands:\n";
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Command* command : commands()) {
    rows.emplace_back(fmt::format("{} {}", command->name, command->arguments),
                      std::string(command->summary));
  }
  append_rows(out, rows);
  out += "\nOptions of every command:\n";
  append_options(out, common_options());
  out += "\nExit status:\n";
  out += kExitStatus;
  out += "\n`gate COMMAND --help` says more. Without a command, gate runs `run`.\n";
  return out;
}

std::string group_help(std::string_view group) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Command* command : commands()) {
    if (command->name.starts_with(fmt::format("{} ", group)))
      rows.emplace_back(fmt::format("{} {}", command->name, command->arguments),
                        std::string(command->summary));
  }
  if (rows.empty()) return {};
  std::string out = fmt::format("Usage: gate {} COMMAND\n\nCommands:\n", group);
  append_rows(out, rows);
  out += "\n`gate COMMAND --help` says more.\n";
  return out;
}

std::string help(const Command& command) {
  std::string out = fmt::format("{}\n\nUsage: {}\n", command.summary, usage(command));
  if (!command.details.empty()) out += fmt::format("\n{}\n", command.details);
  if (!command.options.empty()) {
    out += "\nOptions:\n";
    append_options(out, command.options);
  }
  out += "\nOptions of every command:\n";
  append_options(out, common_options());
  return out;
}

std::string cli_page() {
  std::string out = "# The command line\n\nMade by `gate docs` from the argument table.\n";
  for (const Command* command : commands()) {
    out += fmt::format("\n## gate {}\n\n{}.\n\n```\n{}\n```\n", command->name, command->summary,
                       usage(*command));
    if (!command->details.empty()) out += fmt::format("\n{}\n", command->details);
    if (command->options.empty()) continue;
    out += "\n| option | meaning |\n|---|---|\n";
    for (const Option& option : command->options) {
      std::string text = describe(option);
      if (!option.choices.empty())
        text += fmt::format(" (`{}`)", fmt::join(option.choices, "`, `"));
      out += fmt::format("| `{}` | {} |\n", usage(option), text);
    }
  }
  out += "\n## Options of every command\n\n| option | meaning |\n|---|---|\n";
  for (const Option& option : common_options())
    out += fmt::format("| `{}` | {} |\n", usage(option), describe(option));
  out += fmt::format("\n## Exit status\n\n```\n{}```\n", kExitStatus);
  return out;
}

}  // namespace gate::cli
