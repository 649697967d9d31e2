#include "gate/policy/rule_table.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/policy/config_keys.h"

namespace gate::policy {
namespace {

// Weakest first, as the enumerators.
constexpr std::array<std::string_view, 3> kSeverities = {"note", "warning", "error"};

// Reads a condition that is written as one text or a list, under its singular or its plural.
std::vector<std::string> read_either(TableReader& table, std::string_view one,
                                     std::string_view many) {
  std::vector<std::string> texts = table.texts(one);
  for (std::string& text : table.texts(many))
    texts.push_back(std::move(text));
  return texts;
}

void check_globs(TableReader& table, std::string_view key, const std::vector<std::string>& globs) {
  for (std::size_t index = 0; index < globs.size(); ++index) {
    const Result<base::Glob> glob = base::Glob::compile(globs[index]);
    if (!glob)
      table.complain(key, index,
                     fmt::format("`{}` is not a glob: {}", globs[index], glob.error().message));
  }
}

void check_keys(TableReader& table, std::string_view name, const std::vector<std::string>& keys) {
  for (std::size_t index = 0; index < keys.size(); ++index) {
    if (!parse_config_key(keys[index])) {
      table.complain(name, index, fmt::format("`{}` names no key of a file", keys[index]),
                     "write a .toml, .json, .cfg or .ini file and what it must hold: "
                     "\"pyproject.toml: tool.mypy\"");
    }
  }
}

When read_conditions(TableReader& table) {
  When when;
  when.files = read_either(table, "file", "files");
  when.packages = read_either(table, "package", "packages");
  when.branches = read_either(table, "branch", "branches");
  when.keys = read_either(table, "key", "keys");
  check_globs(table, table.has("file") ? "file" : "files", when.files);
  check_globs(table, table.has("branch") ? "branch" : "branches", when.branches);
  check_keys(table, table.has("key") ? "key" : "keys", when.keys);
  return when;
}

std::vector<When> read_alternatives(TableReader& table, std::string_view key) {
  std::vector<When> alternatives;
  for (TableReader& one : table.tables(key)) {
    alternatives.push_back(read_conditions(one));
    one.require_one_of(
        {"file", "files", "package", "packages", "branch", "branches", "key", "keys"});
    one.finish();
  }
  if (table.has(key) && alternatives.empty())
    table.complain(key, fmt::format("`{}` is empty", key));
  return alternatives;
}

// Capital letters stand in what other programs call their checks: `django.W004`.
bool is_id_part(std::string_view part, bool capitals) {
  const auto plain = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           (capitals && c >= 'A' && c <= 'Z');
  };
  return !part.empty() && part.front() != '-' && part.back() != '-' &&
         std::all_of(part.begin(), part.end(), plain);
}

}  // namespace

When read_when(TableReader& table) {
  std::optional<TableReader> inner = table.table("when");
  if (!inner) return {};
  When when = read_conditions(*inner);
  when.any = read_alternatives(*inner, "any");
  when.none = read_alternatives(*inner, "none");
  inner->finish();
  return when;
}

std::vector<Stage> read_stages(TableReader& table) {
  std::vector<Stage> stages;
  const std::vector<std::string> names = table.texts("stages");
  for (std::size_t index = 0; index < names.size(); ++index) {
    const std::optional<Stage> stage = parse_stage(names[index]);
    if (!stage) {
      table.complain("stages", index, fmt::format("unknown stage `{}`", names[index]),
                     base::suggest(names[index], stage_names()));
    } else if (std::find(stages.begin(), stages.end(), *stage) == stages.end()) {
      stages.push_back(*stage);
    }
  }
  if (table.has("stages") && names.empty())
    table.complain("stages", "`stages` is empty: the rule would never be asked");
  return stages;
}

finding::Severity read_severity(TableReader& table, std::string_view key) {
  if (const auto text = table.value().find(key); text && (*text)->text == "off") {
    table.complain(key, "`off` is no severity", "`enabled = false` switches a rule off");
    table.accept({"severity"});
    return finding::Severity::error;
  }
  return static_cast<finding::Severity>(
      table.one_of(key, kSeverities, static_cast<std::size_t>(finding::Severity::error)));
}

RuleHead read_head(TableReader& table) {
  RuleHead head;
  head.kind = table.required_text("kind");
  head.title = table.required_text("title");
  head.why = table.text("why");
  head.fix = table.text("fix");
  head.since = table.text("since");
  head.severity = read_severity(table);
  head.stages = read_stages(table);
  head.refs = table.texts("refs");
  head.aliases = table.texts("aliases");
  head.tags = table.texts("tags");
  head.checklist = table.texts("checklist");
  return head;
}

bool is_rule_id(std::string_view id) {
  const std::size_t dot = id.find('.');
  return dot != std::string_view::npos && is_id_part(id.substr(0, dot), false) &&
         is_id_part(id.substr(dot + 1), true);
}

}  // namespace gate::policy
