// gate show plan, policy: what gate understood.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/json_writer.h"
#include "gate/base/unicode.h"
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/show.h"
#include "gate/policy/digest.h"

namespace gate::cli {
namespace {

constexpr std::array<std::string_view, 2> kFormats{"text", "json"};

const std::vector<Option>& options() {
  static const std::vector<Option> kOptions = show_options(kFormats, "text (default) or json");
  return kOptions;
}

int print_plan(const Session& session, std::string_view format, Streams& streams) {
  if (format == "json") {
    base::JsonWriter json;
    json.begin_array();
    for (const engine::Task& task : session.plan.tasks) {
      json.begin_object();
      json.key("rule").string(task.rule->head.id);
      json.key("kind").string(task.rule->head.kind);
      json.key("severity").string(name(task.rule->head.severity));
      json.key("runs").boolean(task.refusal.empty());
      json.key("reason").string(task.refusal);
      json.end_object();
    }
    json.end_array();
    streams.out += std::move(json).text() + "\n";
    return passed;
  }
  const auto runs = static_cast<std::size_t>(
      std::count_if(session.plan.tasks.begin(), session.plan.tasks.end(),
                    [](const engine::Task& task) { return task.refusal.empty(); }));
  for (const std::string& note : session.place.notes)
    append_wrapped(streams, "note: " + note, 0);
  streams.out += fmt::format("{} of {} rules are asked\n\n", runs, session.plan.tasks.size());
  for (const engine::Task& task : session.plan.tasks) {
    streams.out += fmt::format("  {} ({}){}\n", task.rule->head.id, task.rule->head.kind,
                               task.refusal.empty() ? "" : ": not asked");
    if (!task.refusal.empty()) append_wrapped(streams, task.refusal, 6);
  }
  return passed;
}

// Says what the overrides of a rule set.
std::string describe_override(const policy::Rule& rule) {
  std::vector<std::string_view> keys;
  for (const readers::Value& table : rule.overrides) {
    for (const readers::Value& value : table.children()) {
      if (value->key != "rule" && value->key != "why" &&
          std::find(keys.begin(), keys.end(), value->key) == keys.end())
        keys.push_back(value->key);
    }
  }
  return fmt::format("{}: {}", rule.head.id, fmt::join(keys, ", "));
}

int print_policy(const Session& session, std::string_view format, Streams& streams) {
  const policy::Policy& policy = session.policy;
  if (format == "json") {
    base::JsonWriter json;
    json.begin_object();
    json.key("file").string(policy.file);
    json.key("digest").string(policy::digest(policy));
    json.key("fail_on").string(name(policy.fail_on));
    json.key("packs_detected").boolean(policy.packs_detected);
    json.key("packs").begin_array();
    for (const std::string& pack : policy.packs)
      json.string(pack);
    json.end_array();
    json.key("rules").begin_array();
    for (const policy::Rule& rule : policy.rules)
      json.string(rule.head.id);
    json.end_array();
    json.key("vars").begin_object();
    for (const auto& [key, var] : policy.vars) {
      json.key(key).begin_array();
      for (const std::string& value : var.values)
        json.string(value);
      json.end_array();
    }
    json.end_object();
    json.key("environments").begin_object();
    for (const policy::EnvironmentSource& source : policy.environments) {
      json.key(source.name).begin_array();
      for (const std::string& file : source.files)
        json.string(file);
      json.end_array();
    }
    json.end_object();
    json.key("suppressions").number(static_cast<std::int64_t>(policy.suppressions.size()));
    json.end_object();
    streams.out += std::move(json).text() + "\n";
    return passed;
  }
  const auto row = [&streams](std::string_view name, const std::string& text) {
    constexpr std::size_t kIndent = 14;
    std::string_view shown = name;
    for (const std::string& line : base::wrap(base::for_terminal(text), streams.width - kIndent)) {
      streams.out += fmt::format("{:{}}{}\n", shown, kIndent, line);
      shown = "";
    }
  };
  for (const std::string& note : session.place.notes)
    append_wrapped(streams, "note: " + note, 0);
  streams.out += fmt::format("policy        {}\n", policy.file.empty() ? "none" : policy.file);
  streams.out += fmt::format("digest        {}\n", policy::digest(policy));
  streams.out +=
      fmt::format("packs         {}{}\n",
                  policy.packs.empty() ? "none" : fmt::format("{}", fmt::join(policy.packs, ", ")),
                  policy.packs_detected ? " (detected)" : "");
  const auto own = static_cast<std::size_t>(
      std::count_if(policy.rules.begin(), policy.rules.end(),
                    [](const policy::Rule& rule) { return rule.head.pack.empty(); }));
  streams.out +=
      fmt::format("rules         {}, {} of them this repository's own\n", policy.rules.size(), own);
  streams.out += fmt::format("blocks from   {}\n", name(policy.fail_on));
  if (!policy.checklists.empty()) {
    row("checklist",
        fmt::format("{} ({} items)", fmt::join(policy.checklists, ", "), policy.checklist_items));
  }
  for (const policy::EnvironmentSource& source : policy.environments) {
    std::vector<std::string> sources = source.files;
    for (const std::string& glob : source.process)
      sources.push_back(fmt::format("process variables {}", glob));
    row("environment", fmt::format("{}: {}", source.name, fmt::join(sources, ", ")));
  }
  for (const auto& [key, var] : policy.vars)
    row("variable", fmt::format("{} = {}", key, fmt::join(var.values, ", ")));
  for (const policy::Rule& rule : policy.rules) {
    if (!rule.overrides.empty()) row("override", describe_override(rule));
  }
  for (const policy::Suppress& suppress : policy.suppressions) {
    row("suppression", fmt::format("{} until {}: {}", suppress.rule,
                                   base::format_date(suppress.until), suppress.reason));
  }
  return passed;
}

int plan_command(const Arguments& arguments, Streams& streams) {
  return show(arguments, streams, print_plan);
}
int policy_command(const Arguments& arguments, Streams& streams) {
  return show(arguments, streams, print_policy);
}

}  // namespace

const Command kShowPlan{
    "show plan", "[PATH]",    "Show which rules would be asked, and why the others are not",
    "",          0,           1,
    options(),   plan_command};
const Command kShowPolicy{
    "show policy", "[PATH]",      "Show what gate.toml, packs and includes add up to", "", 0, 1,
    options(),     policy_command};

}  // namespace gate::cli
