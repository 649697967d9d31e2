#include "gate/readers/settings/javascript/value.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace gate::readers::javascript {

Value Value::make(Type type, Trace trace) {
  Value value;
  value.type = type;
  value.trace = std::move(trace);
  return value;
}

Value Value::unknown(std::string reason, Trace trace) {
  Value value = make(Type::unknown, std::move(trace));
  value.text = std::move(reason);
  return value;
}

Value Value::of(bool truth, Trace trace) {
  Value value = make(Type::boolean, std::move(trace));
  value.truth = truth;
  return value;
}

Value Value::of(double number, Trace trace) {
  Value value = make(Type::number, std::move(trace));
  value.number = number;
  return value;
}

Value Value::of(std::string text, Trace trace) {
  if (text.size() > kMaxText) return unknown("the text is too long", std::move(trace));
  Value value = make(Type::text, std::move(trace));
  value.weight = static_cast<std::uint32_t>(1 + text.size() / kTextOfOne);
  value.text = std::move(text);
  return value;
}

bool Value::truthy(bool& known) const {
  switch (type) {
    case Type::unknown:
      known = false;
      return false;
    case Type::undefined:
    case Type::null:
      return false;
    case Type::boolean:
      return truth;
    case Type::number:
      return number != 0 && !std::isnan(number);
    case Type::text:
      return !text.empty();
    case Type::imported:
      known = false;
      return true;
    default:
      return true;
  }
}

const Value* Value::find(std::string_view key) const {
  const auto found = std::find_if(properties.begin(), properties.end(),
                                  [&](const Property& property) { return property.key == key; });
  return found == properties.end() ? nullptr : found->value.get();
}

void Value::push(Value item) {
  if (weight + item.weight > kMaxWeight) {
    others = "it has too many elements";
    return;
  }
  weight += item.weight;
  items.push_back(std::move(item));
}

void Value::set(std::string key, Value value) {
  if (weight + value.weight > kMaxWeight) {
    others = "it has too many elements";
    value = unknown(others, std::move(value.trace));
  }
  // What it replaces goes on counting: the weight is an upper bound.
  weight += value.weight;
  auto shared = std::make_shared<const Value>(std::move(value));
  for (Property& property : properties) {
    if (property.key != key) continue;
    property.value = std::move(shared);
    return;
  }
  properties.push_back({std::move(key), std::move(shared)});
}

std::string to_text(const Value& value) {
  switch (value.type) {
    case Type::undefined:
      return "undefined";
    case Type::null:
      return "null";
    case Type::boolean:
      return value.truth ? "true" : "false";
    case Type::number: {
      if (std::isnan(value.number)) return "NaN";
      if (std::isinf(value.number)) return value.number > 0 ? "Infinity" : "-Infinity";
      return fmt::format("{}", value.number);
    }
    default:
      return value.text;
  }
}

Value* Scope::find(std::string_view name) {
  for (Scope* scope = this; scope != nullptr; scope = scope->parent.get()) {
    const auto found = scope->names.find(name);
    if (found != scope->names.end()) return &found->second;
  }
  return nullptr;
}

}  // namespace gate::readers::javascript
