// Arr: laravel.com/docs/helpers#arrays-and-objects-method-list.
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
using php::Type;
using php::Value;

Value value_of(Evaluator& evaluator, const Value& value) {
  return value.is(Type::closure) ? evaluator.invoke(value, {}) : value;
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

// The first or last entry, or the first or last that a function keeps.
template <bool last>
Value end(Evaluator& evaluator, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return Value::unknown("it looks for an entry of what is no array");
  if (given.has(1) && !given[1].is(Type::null)) {
    std::vector<Array::Entry> entries = array->entries();
    if (last) std::reverse(entries.begin(), entries.end());
    for (const Array::Entry& entry : entries) {
      const Value said = evaluator.invoke(given[1], {entry.value, entry.key.value()});
      const std::optional<bool> keeps = php::to_bool(said);
      if (!keeps) return said;
      if (*keeps) return entry.value;
    }
    return given.has(2) ? value_of(evaluator, given[2]) : Value();
  }
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

void flatten_into(Array& out, const Array& array, std::int64_t depth) {
  for (const Array::Entry& entry : array.entries()) {
    if (entry.value.is(Type::array) && depth > 0)
      flatten_into(out, entry.value.array(), depth - 1);
    else
      out.push(entry.value);
  }
}

Value flatten(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<std::int64_t> depth =
      given.has(1) ? given.integer(1) : std::optional<std::int64_t>(Value::kMaxDepth);
  if (array == nullptr || !depth || *depth < 1) return Value::unknown("it flattens in an odd way");
  Array out;
  flatten_into(out, *array, *depth);
  return out;
}

// One level less, as array_merge() puts arrays together; what is no array is dropped.
Value collapse(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return php::wrong_arguments();
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    if (!entry.value.is(Type::array)) continue;
    for (const Array::Entry& inner : entry.value.array().entries())
      inner.key.is_number() ? out.push(inner.value) : out.set(inner.key, inner.value);
  }
  return out;
}

void dot_into(Array& out, const Array& array, const std::string& prefix) {
  for (const Array::Entry& entry : array.entries()) {
    const std::string name = prefix + entry.key.shown();
    if (entry.value.is(Type::array) && !entry.value.array().empty())
      dot_into(out, entry.value.array(), name + ".");
    else
      out.set(php::Key(name), entry.value);
  }
}

Value dot(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr || given.has(1)) return php::wrong_arguments();
  Array out;
  dot_into(out, *array, {});
  return out;
}

// The same key of each entry.
Value pluck(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<std::string> name = given[1].is(Type::string) ? given.text(1) : std::nullopt;
  if (array == nullptr || !name || name->find_first_of(".*") != std::string::npos || given.has(2))
    return Value::unknown("it gathers keys in an odd way");
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    if (!entry.value.is(Type::array)) return Value::unknown("it gathers keys of what is no array");
    const Value* const found = entry.value.array().find(Key(*name));
    out.push(found == nullptr ? Value() : *found);
  }
  return out;
}

Value where(Evaluator& evaluator, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return php::wrong_arguments();
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    const Value said = evaluator.invoke(given[1], {entry.value, entry.key.value()});
    const std::optional<bool> keeps = php::to_bool(said);
    if (!keeps) return said;
    if (*keeps) out.set(entry.key, entry.value);
  }
  return out;
}

Value exists(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<Key> key = php::to_key(given[1]);
  if (array == nullptr || !key) return php::wrong_arguments();
  return array->find(*key) != nullptr;
}

Value is_assoc(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  return array == nullptr ? php::wrong_arguments() : Value(!array->is_list());
}

constexpr std::array kArr = {
    Function{"collapse", "array", 1, Needs::outside, collapse},
    Function{"dot", "array prepend", 1, Needs::outside, dot},
    Function{"except", "array keys", 2, Needs::outside, select<false>},
    Function{"exists", "array key", 2, Needs::outside, exists},
    Function{"first", "array callback default", 1, Needs::outside, end<false>},
    Function{"flatten", "array depth", 1, Needs::everything, flatten},
    Function{"get", "array key default", 2, Needs::outside, get},
    Function{"has", "array keys", 2, Needs::outside, has},
    Function{"isassoc", "array", 1, Needs::outside, is_assoc},
    Function{"last", "array callback default", 1, Needs::outside, end<true>},
    Function{"only", "array keys", 2, Needs::outside, select<true>},
    Function{"pluck", "array value key", 2, Needs::outside, pluck},
    Function{"where", "array callback", 2, Needs::outside, where},
    Function{"wrap", "value", 1, Needs::outside, wrap},
};

}  // namespace

const Function* find_arr(std::string_view method) {
  const auto* const found = std::find_if(
      kArr.begin(), kArr.end(), [&](const Function& function) { return function.name == method; });
  return found == kArr.end() ? nullptr : found;
}

}  // namespace gate::readers::laravel
