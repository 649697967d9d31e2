#include <string_view>
#include <vector>

#include "gate/base/json_writer.h"
#include "gate/checks/kinds.h"
#include "gate/cli/policy_page.h"
#include "gate/policy/packs.h"
#include "gate/policy/reference.h"

namespace gate::cli {
namespace {

using base::JsonWriter;
using policy::KeyDoc;

// Returns the words between backticks: the choices of "`error`, `warning` or `note`".
std::vector<std::string_view> choices(std::string_view type) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t open = type.find('`');
    const std::size_t close = open == std::string_view::npos ? open : type.find('`', open + 1);
    if (close == std::string_view::npos) return words;
    words.push_back(type.substr(open + 1, close - open - 1));
    type.remove_prefix(close + 1);
  }
}

void write_type(JsonWriter& json, std::string_view type) { json.key("type").string(type); }

void write_choices(JsonWriter& json, const std::vector<std::string_view>& words) {
  json.key("enum").begin_array();
  for (const std::string_view word : words)
    json.string(word);
  json.end_array();
}

// One value, or a list of such values.
void write_one_or_many(JsonWriter& json, std::string_view type) {
  json.key("anyOf").begin_array();
  json.begin_object();
  write_type(json, type);
  json.end_object();
  json.begin_object();
  write_type(json, "array");
  json.key("items").begin_object();
  write_type(json, type);
  json.end_object();
  json.end_object();
  json.end_array();
}

// Writes what the form of a value asks for; a form that TOML has several ways for is left open.
void write_form(JsonWriter& json, std::string_view type) {
  if (const std::vector<std::string_view> words = choices(type); !words.empty()) {
    write_choices(json, words);
  } else if (type == "list of integers") {
    write_one_or_many(json, "integer");
  } else if (type == "globs" || type == "patterns" || type == "pattern or list" ||
             type.starts_with("list of ")) {
    write_one_or_many(json, "string");
  } else if (type == "true or false") {
    write_type(json, "boolean");
  } else if (type == "integer") {
    write_type(json, "integer");
  } else if (type == "text" || type == "octal text" || type == "path" || type == "pattern" ||
             type == "revision") {
    write_type(json, "string");
  } else if (type.starts_with("table of ")) {
    write_type(json, "object");
  } else if (type == "tables") {
    write_type(json, "array");
  }
}

void write_properties(JsonWriter& json, std::span<const KeyDoc> keys) {
  for (const KeyDoc& key : keys) {
    json.key(key.name).begin_object();
    json.key("description").string(key.text);
    write_form(json, key.type);
    json.end_object();
  }
}

void write_table(JsonWriter& json, const policy::TableDoc& table, bool open) {
  json.begin_object();
  json.key("description").string(table.text);
  write_type(json, "object");
  json.key("properties").begin_object();
  write_properties(json, table.keys);
  json.end_object();
  if (!open) json.key("additionalProperties").boolean(false);
  json.end_object();
}

const policy::TableDoc& table_of(std::string_view name) {
  const auto tables = policy::policy_tables();
  for (const policy::TableDoc& table : tables) {
    if (table.name == name) return table;
  }
  return tables.front();
}

// A rule: the keys of all kinds, and by its kind those of that kind and no others.
void write_rule(JsonWriter& json) {
  json.begin_object();
  write_type(json, "object");
  json.key("required").begin_array().string("id").string("kind").string("title").end_array();
  json.key("properties").begin_object();
  write_properties(json, policy::rule_head_keys());
  json.end_object();
  json.key("allOf").begin_array();
  std::vector<std::string_view> names;
  for (const checks::Kind* kind : checks::kinds()) {
    names.push_back(kind->name);
    json.begin_object();
    json.key("if").begin_object();
    json.key("properties").begin_object().key("kind").begin_object();
    json.key("const").string(kind->name).end_object().end_object();
    json.end_object();
    json.key("then").begin_object();
    json.key("description").string(kind->summary);
    json.key("properties").begin_object();
    for (const KeyDoc& key : policy::rule_head_keys())
      json.key(key.name).boolean(true);
    write_properties(json, kind->keys);
    json.end_object();
    json.key("additionalProperties").boolean(false);
    json.end_object();
    json.end_object();
  }
  json.begin_object();
  json.key("properties").begin_object().key("kind").begin_object();
  write_choices(json, names);
  json.end_object().end_object().end_object();
  json.end_array();
  json.end_object();
}

void write_list(JsonWriter& json, std::string_view key, const auto& write_item) {
  json.key(key).begin_object();
  write_type(json, "array");
  json.key("items");
  write_item();
  json.end_object();
}

void write_gate(JsonWriter& json) {
  const policy::TableDoc& gate = table_of("[gate]");
  json.key("gate").begin_object();
  json.key("description").string(gate.text);
  write_type(json, "object");
  json.key("properties").begin_object();
  for (const KeyDoc& key : gate.keys) {
    json.key(key.name).begin_object();
    json.key("description").string(key.text);
    if (key.name == "packs") {
      write_type(json, "array");
      json.key("items").begin_object();
      const auto packs = policy::pack_names();
      write_choices(json, {packs.begin(), packs.end()});
      json.end_object();
    } else {
      write_form(json, key.type);
    }
    json.end_object();
  }
  json.end_object();
  json.key("additionalProperties").boolean(false);
  json.end_object();
}

}  // namespace

std::string policy_schema() {
  JsonWriter json(JsonWriter::Layout::indented);
  json.begin_object();
  json.key("$schema").string("http://json-schema.org/draft-07/schema#");
  json.key("title").string("gate.toml");
  write_type(json, "object");
  json.key("properties").begin_object();
  write_gate(json);
  json.key("vars").begin_object();
  json.key("description").string(table_of("[vars]").text);
  write_type(json, "object");
  json.key("additionalProperties").begin_object();
  write_one_or_many(json, "string");
  json.end_object().end_object();
  json.key("environment").begin_object();
  write_type(json, "object");
  json.key("additionalProperties");
  write_table(json, table_of("[environment.NAME]"), false);
  json.end_object();
  write_list(json, "override", [&] { write_table(json, table_of("[[override]]"), true); });
  write_list(json, "suppress", [&] { write_table(json, table_of("[[suppress]]"), true); });
  write_list(json, "rule", [&] { write_rule(json); });
  json.end_object();
  json.key("additionalProperties").boolean(false);
  json.end_object();
  return std::move(json).text() + '\n';
}

}  // namespace gate::cli
