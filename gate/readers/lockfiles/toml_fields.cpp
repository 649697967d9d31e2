#include "gate/readers/lockfiles/toml_fields.h"

#include <utility>

#include <fmt/format.h>

#include "gate/readers/formats/toml.h"

namespace gate::readers::lockfiles {

Result<std::shared_ptr<const Document>> read_toml(std::shared_ptr<const base::Source> source) {
  base::Diagnostics diagnostics;
  std::shared_ptr<const Document> document = parse_toml(std::move(source), diagnostics);
  if (document) return document;
  const base::Diagnostic& first = diagnostics.all().front();
  if (!first.place) return Error{first.message};
  const base::Position place = first.place->source->lines().position(first.place->span.begin);
  return Error{fmt::format("line {}, column {}: {}", place.line, place.column, first.message)};
}

std::optional<Value> at(const Value& table, std::initializer_list<std::string_view> keys) {
  std::optional<Value> value = table;
  for (const std::string_view key : keys) {
    value = value->find(key);
    if (!value) return std::nullopt;
  }
  return value;
}

std::string_view text_at(const Value& table, std::string_view key) {
  const std::optional<Value> value = table.find(key);
  return value && value->node().kind == NodeKind::string ? value->node().text : std::string_view();
}

bool is_true_at(const Value& table, std::string_view key) {
  const std::optional<Value> value = table.find(key);
  return value && value->node().kind == NodeKind::boolean && value->node().boolean;
}

std::vector<Value> children_at(const Value& table, std::string_view key) {
  const std::optional<Value> value = table.find(key);
  return value ? value->children() : std::vector<Value>();
}

std::vector<std::string_view> texts_at(const Value& table, std::string_view key) {
  const std::optional<Value> value = table.find(key);
  if (!value) return {};
  if (value->node().kind == NodeKind::string) return {value->node().text};
  std::vector<std::string_view> texts;
  for (const Value& child : value->children()) {
    if (child->kind == NodeKind::string) texts.push_back(child->text);
  }
  return texts;
}

}  // namespace gate::readers::lockfiles
