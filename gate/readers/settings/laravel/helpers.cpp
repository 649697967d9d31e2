#include <algorithm>
#include <array>

#include "gate/readers/settings/laravel/functions.h"
#include "gate/readers/settings/php/convert.h"

namespace gate::readers::laravel {
namespace {

using php::Array;
using php::Bound;
using php::Evaluator;
using php::Function;
using php::Needs;
using php::Object;
using php::Type;
using php::Value;

Value value(Evaluator& evaluator, const Bound& given) {
  return given[0].is(Type::closure) ? evaluator.invoke(given[0], {}) : given[0];
}

Value str(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<std::string> text = given.text(0);
  return text ? Value(Object{Object::Class::stringable, Value(*text)}) : php::wrong_arguments();
}

Value collect(Evaluator& /*evaluator*/, const Bound& given) {
  if (!given.has(0) || given[0].is(Type::null))
    return Object{Object::Class::collection, Value(Array())};
  if (given[0].is(Type::object) && given[0].object().of == Object::Class::collection)
    return given[0];
  Value held = php::apply(php::Operator::to_array, given[0]);
  if (!held.is_known()) return held;
  return Object{Object::Class::collection, std::move(held)};
}

// blank(): nothing, an empty or blank text, an empty array.
std::optional<bool> is_blank(const Value& value) {
  switch (value.type()) {
    case Type::null:
      return true;
    case Type::string:
      return value.text().find_first_not_of(std::string(" \n\r\t\v\0", 6)) == std::string::npos;
    case Type::boolean:
    case Type::integer:
    case Type::number:
      return false;
    case Type::array:
      return value.array().empty();
    default:
      return std::nullopt;
  }
}

Value blank(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<bool> found = is_blank(given[0]);
  return found ? Value(*found) : Value::unknown("it asks whether an object is blank");
}

Value filled(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<bool> found = is_blank(given[0]);
  return found ? Value(!*found) : Value::unknown("it asks whether an object is filled");
}

Value class_basename(Evaluator& /*evaluator*/, const Bound& given) {
  if (!given[0].is(Type::string)) return Value::unknown("it asks for the class of an object");
  std::string name = given[0].text();
  std::replace(name.begin(), name.end(), '\\', '/');
  while (!name.empty() && name.back() == '/')
    name.pop_back();
  return name.substr(name.rfind('/') + 1);
}

constexpr std::array kHelpers = {
    Function{"blank", "value", 1, Needs::everything, blank},
    Function{"class_basename", "class", 1, Needs::everything, class_basename},
    Function{"collect", "value", 0, Needs::outside, collect},
    Function{"filled", "value", 1, Needs::everything, filled},
    Function{"str", "string", 1, Needs::everything, str},
    Function{"value", "value", 1, Needs::outside, value},
};

const Function* find_in(std::span<const Function> table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Function& function) { return function.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace

const Function* find_helper(std::string_view name) {
  if (name == "data_get") return find_arr("get");
  if (name == "head") return find_arr("first");
  if (name == "last") return find_arr("last");
  return find_in(kHelpers, name);
}

}  // namespace gate::readers::laravel
