#include "gate/readers/migrations/laravel/value.h"

#include <fmt/format.h>

namespace gate::readers::migrations::laravel {

std::optional<bool> Value::truth() const {
  switch (kind) {
    case Kind::unknown:
      return std::nullopt;
    case Kind::null:
      return false;
    case Kind::boolean:
      return boolean;
    case Kind::integer:
      return integer != 0;
    case Kind::floating:
      return floating != 0;
    case Kind::text:
      return !text.empty() && text != "0";
    case Kind::list:
      return items && !items->empty();
    default:
      return true;
  }
}

std::optional<std::string> Value::as_text() const {
  switch (kind) {
    case Kind::text:
    case Kind::class_name:
    case Kind::enum_case:
      return text;
    case Kind::integer:
      return fmt::format("{}", integer);
    case Kind::floating:
      return fmt::format("{}", floating);
    case Kind::null:
      return std::string();
    case Kind::boolean:
      return boolean ? "1" : "";
    default:
      return std::nullopt;
  }
}

std::optional<std::vector<std::string>> Value::as_names() const {
  std::vector<std::string> names;
  if (kind != Kind::list) {
    if (kind != Kind::text) return std::nullopt;
    names.push_back(text);
    return names;
  }
  for (const auto& [key, value] : *items) {
    const std::optional<std::string> name = value.as_text();
    if (!name) return std::nullopt;
    names.push_back(*name);
  }
  return names;
}

Value Value::at(std::string_view key) const {
  if (kind != Kind::list) return {};
  bool all_known = true;
  for (const auto& [own, value] : *items) {
    if (own.as_text() == key) return value;
    all_known = all_known && own.known();
  }
  return all_known ? of(Kind::null) : Value{};
}

Value Value::of(bool value) {
  Value made;
  made.kind = Kind::boolean;
  made.boolean = value;
  return made;
}

Value Value::of(std::int64_t value) {
  Value made;
  made.kind = Kind::integer;
  made.integer = value;
  return made;
}

Value Value::of(std::string value) {
  Value made;
  made.kind = Kind::text;
  made.text = std::move(value);
  return made;
}

Value Value::of(Kind kind) {
  Value made;
  made.kind = kind;
  return made;
}

Value Value::of(Items items) {
  Value made;
  made.kind = Kind::list;
  made.items = std::make_shared<const Items>(std::move(items));
  return made;
}

Value Arguments::get(std::size_t place, std::string_view name) const {
  if (place < places.size()) return places[place];
  const auto found = names.find(name);
  return found == names.end() ? Value{} : found->second;
}

bool Arguments::has(std::size_t place, std::string_view name) const {
  return place < places.size() || names.contains(name);
}

std::string Arguments::text(std::size_t place, std::string_view otherwise,
                            std::string_view name) const {
  const std::optional<std::string> value = get(place, name).as_text();
  return value && !value->empty() ? *value : std::string(otherwise);
}

}  // namespace gate::readers::migrations::laravel
