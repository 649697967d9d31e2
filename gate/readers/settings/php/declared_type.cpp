#include "gate/readers/settings/php/declared_type.h"

#include <cmath>

#include "gate/readers/settings/php/convert.h"

namespace gate::readers::php {
namespace {

Value refused() { return Value::unknown("a declared type does not take it"); }

// Whether a value has a type as it is.
bool has_type(std::string_view name, const Value& value) {
  switch (value.type()) {
    case Type::null:
      return name == "mixed" || name == "null" || name == "void";
    case Type::boolean:
      return name == "mixed" || name == "bool" || name == (value.truth() ? "true" : "false");
    case Type::integer:
      return name == "mixed" || name == "int";
    case Type::number:
      return name == "mixed" || name == "float";
    case Type::string:
      return name == "mixed" || name == "string";
    case Type::array:
      return name == "mixed" || name == "array" || name == "iterable";
    case Type::closure:
      return name == "mixed" || name == "callable" || name == "Closure";
    default:
      return false;
  }
}

Value to_whole(const Value& value) {
  if (value.is(Type::boolean)) return std::int64_t{value.truth() ? 1 : 0};
  if (value.is(Type::number)) {
    const std::optional<std::int64_t> whole = to_int(value);
    return whole && std::trunc(value.real()) == value.real() ? Value(*whole) : refused();
  }
  const std::optional<Numeric> number =
      value.is(Type::string) ? read_numeric(value.text()) : std::nullopt;
  const auto* const whole =
      number && number->whole_text ? std::get_if<std::int64_t>(&number->value) : nullptr;
  return whole != nullptr ? Value(*whole) : refused();
}

Value to_real(const Value& value) {
  if (value.is(Type::string)) {
    const std::optional<Numeric> number = read_numeric(value.text());
    if (!number || !number->whole_text) return refused();
  } else if (!value.is(Type::boolean)) {
    return refused();
  }
  const std::optional<double> real = to_float(value);
  return real ? Value(*real) : refused();
}

bool is_scalar(const Value& value) {
  return value.is(Type::boolean) || value.is(Type::integer) || value.is(Type::number) ||
         value.is(Type::string);
}

Value converted(std::string_view name, const Value& value, bool strict) {
  if (name == "float" && value.is(Type::integer)) return static_cast<double>(value.whole());
  if (strict || !is_scalar(value)) return refused();
  if (name == "int") return to_whole(value);
  if (name == "float") return to_real(value);
  if (name == "bool") return *to_bool(value);
  if (name != "string") return refused();
  const std::optional<std::string> text = to_text(value);
  return text ? Value(*text) : refused();
}

}  // namespace

Value convert_to_declared(Node type, const Value& value, bool strict) {
  if (!type || !value.is_known() || value.is(Type::object)) return value;
  if (type.is(NodeKind::nullable_type)) {
    return value.is(Type::null) ? value : convert_to_declared(type.first(), value, strict);
  }
  if (type.is(NodeKind::named_type)) {
    if (has_type(type.text(), value)) return value;
    return converted(type.text(), value, strict).with(value.trace());
  }
  if (!type.is(NodeKind::union_type)) return refused();
  // Which of several a value is converted to is PHP's own matter; one that fits stays.
  for (const Node member : type.children())
    if (member.is(NodeKind::named_type) && has_type(member.text(), value)) return value;
  return refused();
}

}  // namespace gate::readers::php
