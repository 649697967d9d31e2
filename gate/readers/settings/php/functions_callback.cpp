// Arrays and functions of the code: php.net/manual/en/ref.array.php.
#include <algorithm>
#include <array>

#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

// Whether an entry stays: by its truth, or by what a function says of it.
std::optional<bool> keeps(Evaluator& evaluator, const Bound& given, const Array::Entry& entry,
                          std::int64_t mode) {
  if (!given.has(1) || given[1].is(Type::null)) return to_bool(entry.value);
  std::vector<Value> passed;
  constexpr std::int64_t kUseKey = 2;
  constexpr std::int64_t kUseBoth = 1;
  if (mode == kUseKey)
    passed = {entry.key.value()};
  else if (mode == kUseBoth)
    passed = {entry.value, entry.key.value()};
  else
    passed = {entry.value};
  return to_bool(evaluator.invoke(given[1], passed));
}

Value array_filter(Evaluator& evaluator, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<std::int64_t> mode =
      given.has(2) ? given.integer(2) : std::optional<std::int64_t>(0);
  if (array == nullptr || !mode) return wrong_arguments();
  if (*mode != 0 && !array->unknown_key().empty()) return Value::unknown(array->unknown_key());
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    const std::optional<bool> stays = keeps(evaluator, given, entry, *mode);
    if (!stays) {
      return entry.value.is_known() ? Value::unknown("it filters by what gate does not know")
                                    : entry.value;
    }
    if (*stays) out.set(entry.key, entry.value);
  }
  // Entries under unknown keys may stand in each other's place, so that nothing is certain but that
  // nothing is left.
  if (array->unknown_key().empty() || out.empty()) return out;
  return Value::unknown(array->unknown_key());
}

// Of several arrays their first, second … entries together, null where one has ended.
Value map_together(Evaluator& evaluator, const Bound& given) {
  std::size_t longest = 0;
  for (std::size_t i = 1; i < given.size(); ++i) {
    const Array* const array = given.array(i);
    if (array == nullptr) return wrong_arguments();
    longest = std::max(longest, array->size());
  }
  Array out;
  for (std::size_t at = 0; at < longest; ++at) {
    std::vector<Value> passed;
    for (std::size_t i = 1; i < given.size(); ++i) {
      const std::vector<Array::Entry>& entries = given.array(i)->entries();
      passed.push_back(at < entries.size() ? entries[at].value : Value());
    }
    if (!given[0].is(Type::null)) {
      out.push(evaluator.invoke(given[0], passed));
      continue;
    }
    Array row;
    for (Value& value : passed)
      row.push(std::move(value));
    out.push(std::move(row));
  }
  return out;
}

Value array_map(Evaluator& evaluator, const Bound& given) {
  if (given.has(2)) return map_together(evaluator, given);
  const Array* const array = given.array(1);
  if (array == nullptr) return wrong_arguments();
  if (given[0].is(Type::null)) return given[1];
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    Value mapped = evaluator.invoke(given[0], {entry.value});
    if (mapped.trace().empty()) mapped = mapped.with(entry.value.trace());
    out.set(entry.key, std::move(mapped));
  }
  return out;
}

Value array_reduce(Evaluator& evaluator, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr || given[1].is(Type::null)) return wrong_arguments();
  Value carried = given.has(2) ? given[2] : Value();
  for (const Array::Entry& entry : array->entries())
    carried = evaluator.invoke(given[1], {carried, entry.value});
  return carried;
}

Value call_user_func(Evaluator& evaluator, const Bound& given) {
  std::vector<Value> passed;
  for (std::size_t i = 1; i < given.size(); ++i)
    passed.push_back(given[i]);
  return evaluator.invoke(given[0], passed);
}

Value call_user_func_array(Evaluator& evaluator, const Bound& given) {
  const Array* const array = given.array(1);
  if (array == nullptr) return wrong_arguments();
  std::vector<Value> passed;
  for (const Array::Entry& entry : array->entries()) {
    if (!entry.key.is_number()) return Value::unknown("it calls a function with named arguments");
    passed.push_back(entry.value);
  }
  return evaluator.invoke(given[0], passed);
}

constexpr std::array kTable = {
    Function{"array_filter", "array callback mode", 1, Needs::outside, array_filter},
    Function{"array_map", "callback array arrays...", 2, Needs::outside, array_map},
    Function{"array_reduce", "array callback initial", 2, Needs::outside, array_reduce},
    Function{"call_user_func", "callback args...", 1, Needs::outside, call_user_func},
    Function{"call_user_func_array", "callback args", 2, Needs::outside, call_user_func_array},
};

}  // namespace

const std::span<const Function> kCallbackFunctions = kTable;

}  // namespace gate::readers::php
