// gate rules list, show, test.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/did_you_mean.h"
#include "gate/base/json_writer.h"
#include "gate/base/unicode.h"
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/library.h"
#include "gate/cli/rule_text.h"
#include "gate/engine/examples.h"
#include "gate/policy/packs.h"

namespace gate::cli {
namespace {

constexpr std::array<std::string_view, 2> kFormats{"text", "json"};
constexpr Option kFormatOption{"--format", "FORMAT", "text (default) or json", false, kFormats};

constexpr std::array kListOptions{
    kFormatOption,
    Option{"--pack", "NAME", "only rules of this pack", true},
};

int end(const base::Diagnostics& diagnostics, const Arguments& arguments, Streams& streams) {
  streams.err += base::render(diagnostics, use_color(arguments, streams.err_is_terminal));
  return diagnostics.has_errors() ? misuse : passed;
}

std::string list_json(const std::vector<const policy::Rule*>& rules) {
  base::JsonWriter json;
  json.begin_array();
  for (const policy::Rule* rule : rules) {
    const policy::RuleHead& head = rule->head;
    json.begin_object();
    json.key("id").string(head.id);
    json.key("kind").string(head.kind);
    json.key("pack").string(head.pack);
    json.key("severity").string(name(head.severity));
    json.key("title").string(head.title);
    json.key("stages").begin_array();
    for (const policy::Stage stage : head.stages)
      json.string(name(stage));
    json.end_array();
    json.key("aliases").begin_array();
    for (const std::string& alias : head.aliases)
      json.string(alias);
    json.end_array();
    json.key("checklist").begin_array();
    for (const std::string& item : head.checklist)
      json.string(item);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  return std::move(json).text() + "\n";
}

std::string list_text(const std::vector<const policy::Rule*>& rules, std::size_t width) {
  constexpr std::size_t kIndent = 6;
  std::string out;
  std::string_view pack = "\n";
  for (const policy::Rule* rule : rules) {
    if (rule->head.pack != pack) {
      pack = rule->head.pack;
      out += fmt::format("{}{}\n", out.empty() ? "" : "\n",
                         pack.empty() ? "this repository's own" : pack);
    }
    out += fmt::format("  {} ({})\n", rule->head.id,
                       rule->enabled ? name(rule->head.severity) : "off");
    for (const std::string& line :
         base::wrap(base::for_terminal(rule->head.title), width - kIndent)) {
      out += fmt::format("{:{}}{}\n", "", kIndent, line);
    }
  }
  return out;
}

int list_command(const Arguments& arguments, Streams& streams) {
  base::Diagnostics diagnostics;
  const std::unique_ptr<Library> library = load_all(diagnostics);
  if (diagnostics.has_errors()) return end(diagnostics, arguments, streams);
  const std::vector<Arguments::Value> packs = arguments.all("--pack");
  for (const Arguments::Value& pack : packs) {
    const auto names = policy::pack_names();
    if (std::find(names.begin(), names.end(), pack.text) == names.end()) {
      diagnostics.add(arguments.mistake(pack, fmt::format("there is no pack `{}`", pack.text))
                          .hint(fmt::format("the packs are {}", fmt::join(names, ", "))));
    }
  }
  std::vector<const policy::Rule*> rules;
  for (const policy::Rule& rule : library->policy.rules) {
    const bool wanted =
        packs.empty() || std::any_of(packs.begin(), packs.end(), [&](const Arguments::Value& pack) {
          return pack.text == rule.head.pack;
        });
    if (wanted) rules.push_back(&rule);
  }
  const bool json = arguments.text("--format") == "json";
  if (!diagnostics.has_errors())
    streams.out += json ? list_json(rules) : list_text(rules, streams.width);
  return end(diagnostics, arguments, streams);
}

int show_command(const Arguments& arguments, Streams& streams) {
  base::Diagnostics diagnostics;
  const std::unique_ptr<Library> library = load_all(diagnostics);
  if (diagnostics.has_errors()) return end(diagnostics, arguments, streams);
  std::string help;
  const std::string& id = arguments.positional().front();
  const policy::Rule* rule = find_rule(*library, id, help);
  if (rule == nullptr) {
    diagnostics.add(base::Diagnostic::error(fmt::format("there is no rule `{}`", id)).hint(help));
  } else {
    streams.out += rule_text(*rule);
  }
  return end(diagnostics, arguments, streams);
}

int test_command(const Arguments& arguments, Streams& streams) {
  base::Diagnostics diagnostics;
  const auto packs = policy::pack_names();
  const std::string wanted =
      arguments.positional().empty() ? std::string() : arguments.positional().front();
  const bool is_pack = std::find(packs.begin(), packs.end(), wanted) != packs.end();
  const std::unique_ptr<Library> library =
      is_pack ? load_shipped(arguments.positional(), diagnostics) : load_all(diagnostics);
  if (diagnostics.has_errors()) return end(diagnostics, arguments, streams);
  base::GlobSet rules;
  if (!wanted.empty() && !is_pack) {
    // A glob over ids, or what they have in front of the dot.
    const Result<void> added =
        rules.add(wanted.find('.') == std::string::npos ? wanted + ".*" : wanted);
    const bool any =
        added && std::any_of(library->policy.rules.begin(), library->policy.rules.end(),
                             [&](const policy::Rule& rule) { return rules.matches(rule.head.id); });
    if (!any) {
      diagnostics.add(
          base::Diagnostic::error(fmt::format("there is no pack and no rule `{}`", wanted))
              .hint(base::suggest(wanted, packs)));
      return end(diagnostics, arguments, streams);
    }
  }
  const std::vector<engine::ExampleResult> results =
      engine::run_examples(library->policy, rules, diagnostics);
  std::size_t failed = 0;
  for (const engine::ExampleResult& result : results) {
    if (result.failure.empty()) continue;
    ++failed;
    const base::Position at = result.place.source
                                  ? result.place.source->lines().position(result.place.span.begin)
                                  : base::Position{};
    const std::string where =
        result.place.source ? fmt::format("{}:{}: ", result.place.source->name(), at.line) : "";
    const std::string name = result.number == 0
                                 ? std::string()
                                 : fmt::format(": example {} {}", result.number, result.name);
    streams.out +=
        fmt::format("{}{}{}\n    {}\n", where, result.rule->head.id, name, result.failure);
  }
  streams.out += fmt::format("{} of {} examples come out as they say\n", results.size() - failed,
                             results.size());
  const int status = end(diagnostics, arguments, streams);
  return status == passed && failed != 0 ? blocked : status;
}

}  // namespace

const Command kRulesList{"rules list",
                         "",
                         "List the rules: of all shipped packs, and of this repository's policy",
                         "",
                         0,
                         0,
                         kListOptions,
                         list_command};
const Command kRulesShow{
    "rules show", "RULE", "Print a rule as the TOML it is written in", "", 1, 1, {}, show_command};
const Command kRulesTest{
    "rules test",
    "[PACK|RULES]",
    "Run the examples of the rules through the real checks",
    "With PACK those of one shipped pack, with RULES (`app`, or a glob: `app.cors-*`)\n"
    "those of such rules; without either those of all packs and of this repository's\n"
    "own policy. Exit status 1 where an example comes out otherwise.",
    0,
    1,
    {},
    test_command,
};

}  // namespace gate::cli
