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
using php::Key;
using php::Needs;
using php::Object;
using php::Type;
using php::Value;

Value value_of(Evaluator& evaluator, const Value& value) {
  return value.is(Type::closure) ? evaluator.invoke(value, {}) : value;
}

Value value(Evaluator& evaluator, const Bound& given) { return value_of(evaluator, given[0]); }

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

// `a.b.c` in nested arrays.
Value get(Evaluator& evaluator, const Bound& given) {
  if (!given[0].is(Type::array)) return Value::unknown("it asks for a key of what is no array");
  const Value fallback = given.has(2) ? given[2] : Value();
  if (!given.has(1) || given[1].is(Type::null)) return given[0];
  const std::optional<std::string> path = given.text(1);
  if (!path || path->find('*') != std::string::npos)
    return Value::unknown("it asks for several keys");
  Value at = given[0];
  if (const Value* const whole = at.array().find(Key(*path))) return *whole;
  std::string_view rest = *path;
  while (true) {
    if (!at.is_known()) return at;
    if (!at.is(Type::array)) return value_of(evaluator, fallback);
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    const Value* const inner = at.array().find(Key(rest.substr(0, dot)));
    if (inner == nullptr) return value_of(evaluator, fallback);
    at = Value(*inner);
    if (dot == rest.size()) return at;
    rest.remove_prefix(dot + 1);
  }
}

Value wrap(Evaluator& /*evaluator*/, const Bound& given) {
  if (given[0].is(Type::null)) return Array();
  if (given[0].is(Type::array)) return given[0];
  Array array;
  array.push(given[0]);
  return array;
}

template <bool wanted>
Value select(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const Value keys = php::apply(php::Operator::to_array, given[1]);
  if (array == nullptr || !keys.is(Type::array)) return php::wrong_arguments();
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    bool named = false;
    for (const Array::Entry& key : keys.array().entries()) {
      const std::optional<std::string> text = php::to_text(key.value);
      // Arr::except() goes into nested arrays by dots.
      if (!text || (!wanted && text->find('.') != std::string::npos))
        return Value::unknown("it selects by nested keys");
      named = named || Key(*text) == entry.key;
    }
    if (named == wanted) out.set(entry.key, entry.value);
  }
  return out;
}

template <bool last>
Value end(Evaluator& evaluator, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr || (given.has(1) && !given[1].is(Type::null)))
    return Value::unknown("it looks for an entry by a function");
  if (array->empty()) return given.has(2) ? value_of(evaluator, given[2]) : Value();
  return (last ? array->entries().back() : array->entries().front()).value;
}

Value has(Evaluator& evaluator, const Bound& given) {
  if (!given[0].is(Type::array) || !given[1].is(Type::string))
    return Value::unknown("it asks for several keys");
  const Value missing = std::string("\x01missing");
  const Bound asked({given[0], given[1], missing}, false);
  const Value found = get(evaluator, asked);
  return !(found.is(Type::string) && found.text() == missing.text());
}

constexpr std::array kHelpers = {
    Function{"blank", "value", 1, Needs::everything, blank},
    Function{"class_basename", "class", 1, Needs::everything, class_basename},
    Function{"collect", "value", 0, Needs::outside, collect},
    Function{"data_get", "target key default", 2, Needs::outside, get},
    Function{"filled", "value", 1, Needs::everything, filled},
    Function{"str", "string", 1, Needs::everything, str},
    Function{"value", "value", 1, Needs::outside, value},
};

constexpr std::array kArr = {
    Function{"except", "array keys", 2, Needs::outside, select<false>},
    Function{"first", "array callback default", 1, Needs::outside, end<false>},
    Function{"get", "array key default", 2, Needs::outside, get},
    Function{"has", "array keys", 2, Needs::outside, has},
    Function{"last", "array callback default", 1, Needs::outside, end<true>},
    Function{"only", "array keys", 2, Needs::outside, select<true>},
    Function{"wrap", "value", 1, Needs::outside, wrap},
};

const Function* find_in(std::span<const Function> table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Function& function) { return function.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace

const Function* find_helper(std::string_view name) { return find_in(kHelpers, name); }
const Function* find_arr(std::string_view method) { return find_in(kArr, method); }

}  // namespace gate::readers::laravel
