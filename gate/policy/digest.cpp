#include "gate/policy/digest.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "gate/base/hash.h"
#include "gate/policy/overrides.h"

namespace gate::policy {
namespace {

using readers::NodeKind;
using readers::Value;

// Keys of a rule that decide nothing: prose, and what is hashed from the head.
constexpr std::array<std::string_view, 12> kLeftOut = {"id",     "title",   "why",  "fix",
                                                       "refs",   "since",   "tags", "severity",
                                                       "stages", "enabled", "when", "example"};

// Every value is written with its kind and length in front, so that no two different ones are
// written alike.
void write_text(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
  out += ';';
}

void write_texts(std::string& out, const std::vector<std::string>& texts) {
  out += fmt::format("[{}", texts.size());
  for (const std::string& text : texts)
    write_text(out, text);
}

void write_value(std::string& out, const Value& value) {
  out += static_cast<char>('a' + static_cast<int>(value->kind));
  switch (value->kind) {
    case NodeKind::null:
      return;
    case NodeKind::boolean:
      out += value->boolean ? '1' : '0';
      return;
    case NodeKind::integer:
      write_text(out, fmt::format("{}", value->integer));
      return;
    case NodeKind::number:
      write_text(out, fmt::format("{}", value->number));
      return;
    case NodeKind::string:
    case NodeKind::date:
      write_text(out, value->text);
      return;
    case NodeKind::list:
      out += fmt::format("{}", value->size);
      for (const Value& child : value.children())
        write_value(out, child);
      return;
    case NodeKind::unknown:
      return;
    case NodeKind::map: {
      std::vector<Value> children = value.children();
      std::sort(children.begin(), children.end(),
                [](const Value& a, const Value& b) { return a->key < b->key; });
      out += fmt::format("{}", children.size());
      for (const Value& child : children) {
        write_text(out, child->key);
        write_value(out, child);
      }
      return;
    }
  }
}

// The keys that a rule comes to: its own, then what overrides put in their place.
std::map<std::string_view, Value> effective(const Rule& rule) {
  std::map<std::string_view, Value> keys;
  for (const Value& child : rule.table.children())
    keys.insert_or_assign(child->key, child);
  for (const Value& table : rule.overrides) {
    for (const Value& child : table.children()) {
      const auto own = std::find(kOverrideOwnKeys.begin(), kOverrideOwnKeys.end(), child->key);
      if (own == kOverrideOwnKeys.end()) keys.insert_or_assign(child->key, child);
    }
  }
  for (const std::string_view key : kLeftOut)
    keys.erase(key);
  return keys;
}

void write_when(std::string& out, const When& when) {
  write_texts(out, when.files);
  write_texts(out, when.packages);
  write_texts(out, when.branches);
  if (when.keys.empty() && when.any.empty() && when.none.empty()) return;
  write_texts(out, when.keys);
  for (const std::vector<When>* alternatives : {&when.any, &when.none}) {
    out += fmt::format("{};", alternatives->size());
    for (const When& one : *alternatives)
      write_when(out, one);
  }
}

std::string write_rule(const Rule& rule) {
  std::string out = "rule";
  write_text(out, rule.head.id);
  out += fmt::format("{}{}", static_cast<int>(rule.head.severity), rule.enabled ? '1' : '0');
  std::vector<Stage> stages = rule.head.stages;
  std::sort(stages.begin(), stages.end());
  for (const Stage stage : stages)
    write_text(out, name(stage));
  write_when(out, rule.when);
  for (const auto& [key, value] : effective(rule)) {
    write_text(out, key);
    write_value(out, value);
  }
  return out;
}

std::string write_suppression(const Suppress& suppress) {
  std::string out = "suppress";
  write_text(out, suppress.rule);
  write_texts(out, suppress.paths.texts());
  write_text(out, suppress.match ? "m" + *suppress.match : "");
  write_texts(out, suppress.codes.texts());
  write_text(out, base::format_date(suppress.until));
  return out;
}

std::string write_environment(const EnvironmentSource& source) {
  std::string out = "environment";
  write_text(out, source.name);
  write_texts(out, source.files);
  write_texts(out, source.process);
  write_text(out, source.dialect);
  return out;
}

std::string write_var(std::string_view name, const Var& var) {
  std::string out = "var";
  write_text(out, name);
  out += var.is_list ? 'l' : 't';
  write_texts(out, var.values);
  return out;
}

}  // namespace

std::string digest(const Policy& policy) {
  std::vector<std::string> parts = {fmt::format("fail_on{}", static_cast<int>(policy.fail_on))};
  for (const Rule& rule : policy.rules)
    parts.push_back(write_rule(rule));
  for (const Suppress& suppress : policy.suppressions)
    parts.push_back(write_suppression(suppress));
  for (const EnvironmentSource& source : policy.environments)
    parts.push_back(write_environment(source));
  for (const auto& [name, var] : policy.vars)
    parts.push_back(write_var(name, var));
  for (const std::string& checklist : policy.checklists) {
    parts.emplace_back("checklist");
    write_text(parts.back(), checklist);
  }
  std::sort(parts.begin(), parts.end());
  base::Sha256 hash;
  for (const std::string& part : parts)
    hash.field(part);
  return "sha256:" + hash.hex();
}

}  // namespace gate::policy
