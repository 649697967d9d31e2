#include "gate/cli/rule_page.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/unicode.h"
#include "gate/policy/example.h"

namespace gate::cli {
namespace {

using policy::Example;

std::string_view heading(Example::Expect expect) {
  switch (expect) {
    case Example::Expect::pass:
      return "Passes";
    case Example::Expect::fail:
      return "Fails";
    case Example::Expect::pending:
      return "Is pending";
    case Example::Expect::not_applicable:
      return "Does not apply";
    case Example::Expect::could_not_run:
      return "Cannot be decided";
  }
  return "";
}

// A fence longer than any run of backticks in the text.
std::string fence(std::string_view text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  std::string mark;
  mark.append(longest + 1, '`');
  return mark;
}

void append_example(std::string& page, const Example& example) {
  page += fmt::format("\n### {}{}{}\n", heading(example.expect), example.title.empty() ? "" : ": ",
                      example.title);
  for (const auto& [path, file] : example.files) {
    if (file.kind == repo::FileKind::symlink) {
      page += fmt::format("\n`{}` is a symbolic link to `{}`\n", path, file.content);
      continue;
    }
    page += fmt::format("\n`{}`{}\n", path,
                        file.mode == 0644 ? "" : fmt::format(" (mode {:04o})", file.mode));
    if (file.content.empty()) continue;
    std::string text = base::to_valid_utf8(file.content);
    if (!text.ends_with('\n')) text += '\n';
    const std::string mark = fence(text);
    page += fmt::format("{}\n{}{}\n", mark, text, mark);
  }
  if (example.git && example.git->head.branch)
    page += fmt::format("\non branch `{}`\n", *example.git->head.branch);
  if (!example.message.empty()) page += fmt::format("\nThe message holds: {}\n", example.message);
}

}  // namespace

std::string rule_page(const policy::Rule& rule, base::Diagnostics& diagnostics) {
  const policy::RuleHead& head = rule.head;
  std::string page = fmt::format("# {}\n\n{}\n", head.id, head.title);
  page += fmt::format("\n| | |\n|---|---|\n| severity | {} |\n| kind | {} |\n| stages | {} |\n",
                      name(head.severity), head.kind, policy::names(head.stages));
  if (!head.pack.empty()) page += fmt::format("| pack | {} |\n", head.pack);
  if (head.pack.empty() && rule.place.source) {
    const base::Position at = rule.place.source->lines().position(rule.place.span.begin);
    page += fmt::format("| written in | {}:{} |\n", rule.place.source->name(), at.line);
  }
  if (!head.since.empty()) page += fmt::format("| since | {} |\n", head.since);
  if (rule.strict) page += "| state | only with `strict = true` in [gate], or `--strict` |\n";
  if (!rule.enabled) page += "| state | off, until an `[[override]]` says `enabled = true` |\n";
  if (!head.aliases.empty())
    page += fmt::format("| also known as | {} |\n", fmt::join(head.aliases, ", "));
  if (!head.checklist.empty())
    page += fmt::format("| checklist | {} |\n", fmt::join(head.checklist, ", "));
  if (!head.why.empty()) page += fmt::format("\n## Why\n\n{}\n", head.why);
  if (!head.fix.empty()) page += fmt::format("\n## Fix\n\n{}\n", head.fix);

  const std::vector<Example> examples = policy::examples(rule, diagnostics);
  if (!examples.empty()) page += "\n## Examples\n";
  for (const Example& example : examples)
    append_example(page, example);

  page += fmt::format(
      "\n## Suppress\n\nOn the line, or alone on the line before it, in a comment:\n\n```\n"
      "gate:allow {} REASON until=YYYY-MM-DD\n```\n\nor in "
      "gate.toml:\n\n```toml\n[[suppress]]\nrule = \"{}\"\n"
      "path = \"PATH\"\nreason = \"REASON\"\nuntil = YYYY-MM-DD\n```\n",
      head.id, head.id);
  if (!head.refs.empty()) {
    page += "\n## See also\n\n";
    for (const std::string& ref : head.refs)
      page += fmt::format("- <{}>\n", ref);
  }
  return page;
}

std::string key_table(std::span<const policy::KeyDoc> keys) {
  std::string table = "| key | value | meaning |\n|---|---|---|\n";
  for (const policy::KeyDoc& key : keys)
    table += fmt::format("| `{}` | {} | {} |\n", key.name, key.type, key.text);
  return table;
}

std::string kind_page(const checks::Kind& kind, const std::vector<const policy::Rule*>& rules) {
  std::string page =
      fmt::format("# Kind `{}`\n\nDecides: {}.\n\nAsked at: {}, where a rule names no stages.\n",
                  kind.name, kind.summary, policy::names(kind.stages));
  page += "\nThe keys that all kinds have in common are in [policy.md](../policy.md).\n\n";
  page += key_table(kind.keys);
  if (!rules.empty()) {
    page += "\n## Shipped rules of this kind\n\n";
    for (const policy::Rule* rule : rules) {
      page += fmt::format("- [{}](../rules/{}.md): {}\n", rule->head.id, rule->head.id,
                          rule->head.title);
    }
  }
  return page;
}

namespace {

// Appends a row of a table of two columns: what does not fit goes on below its own column.
void append_row(std::string& out, std::string_view line, std::size_t width) {
  constexpr std::size_t kColumn = 15;
  const std::size_t middle = line.find(" | ", 2);
  const std::string text = base::for_terminal(line.substr(middle + 3, line.size() - middle - 5));
  const std::size_t room = width > kColumn * 2 ? width - kColumn : kColumn;
  std::string name(line.substr(2, middle - 2));
  for (const std::string& piece : base::wrap(text, room)) {
    out += fmt::format("{:{}}{}\n", name, kColumn, piece);
    name.clear();
  }
}

}  // namespace

std::string for_terminal(std::string_view markdown, std::size_t width, bool color) {
  const std::string_view bold = color ? "\x1b[1m" : "";
  const std::string_view plain = color ? "\x1b[0m" : "";
  std::string out;
  bool in_fence = false;
  while (!markdown.empty()) {
    const std::size_t end = markdown.find('\n');
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(end == std::string_view::npos ? markdown.size() : end + 1);
    if (line.starts_with("```")) {
      in_fence = !in_fence;
    } else if (in_fence) {
      out += fmt::format("    {}\n", base::for_terminal(line));
    } else if (line.starts_with('#')) {
      const std::string_view text = line.substr(line.find_first_not_of("# "));
      for (const std::string& piece : base::wrap(base::for_terminal(text), width))
        out += fmt::format("{}{}{}\n", bold, piece, plain);
    } else if (line == "| | |" || line.starts_with("|---")) {
      continue;
    } else if (line.starts_with("| ")) {
      append_row(out, line, width);
    } else if (line.starts_with("- <")) {
      out += fmt::format("{}\n", base::for_terminal(line));  // an address is copied whole
    } else {
      for (const std::string& piece : base::wrap(base::for_terminal(line), width))
        out += piece + '\n';
      if (line.empty()) out += '\n';
    }
  }
  return out;
}

}  // namespace gate::cli
