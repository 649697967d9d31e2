// What is in arrays and what is not, and arrays folded into one value.
#include <algorithm>
#include <array>
#include <cmath>

#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

// All keys, or those of a value.
Value array_keys(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<bool> strict = given.has(2) ? given.truth(2) : std::optional(false);
  if (array == nullptr || !strict) return wrong_arguments();
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    if (given.has(1)) {
      const std::optional<bool> same =
          *strict ? is_identical(given[1], entry.value) : is_equal(given[1], entry.value);
      if (!same) return Value::unknown("it compares what gate cannot compare");
      if (!*same) continue;
    }
    out.push(entry.key.value());
  }
  return out;
}

// Returns the place of a value; nothing where gate cannot know.
std::optional<const Array::Entry*> search(const Bound& given, const Array& array) {
  const std::optional<bool> strict = given.has(2) ? given.truth(2) : std::optional(false);
  if (!strict || !given[0].is_known()) return std::nullopt;
  bool unknown = false;
  for (const Array::Entry& entry : array.entries()) {
    const std::optional<bool> same =
        *strict ? is_identical(given[0], entry.value) : is_equal(given[0], entry.value);
    if (same && *same) return unknown ? std::nullopt : std::optional(&entry);
    unknown = unknown || !same;
  }
  if (unknown) return std::nullopt;
  return nullptr;
}

// It is there wherever one is equal, whatever is unknown before it.
Value in_array(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(1);
  const std::optional<bool> strict = given.has(2) ? given.truth(2) : std::optional(false);
  if (array == nullptr || !strict) return wrong_arguments();
  const Value* unknown = nullptr;
  for (const Array::Entry& entry : array->entries()) {
    const std::optional<bool> same =
        *strict ? is_identical(given[0], entry.value) : is_equal(given[0], entry.value);
    if (same && *same) return true;
    if (!same) unknown = &entry.value;
  }
  if (unknown == nullptr) return false;
  return unknown->is_known() ? Value::unknown("it compares what gate cannot compare") : *unknown;
}

Value array_search(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(1);
  if (array == nullptr) return wrong_arguments();
  const std::optional<const Array::Entry*> found = search(given, *array);
  if (!found) return Value::unknown("it compares what gate cannot compare");
  return *found == nullptr ? Value(false) : (*found)->key.value();
}

// Both the key and the value count, as texts.
template <bool wanted>
Value select_pairs(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return wrong_arguments();
  for (std::size_t i = 1; i < given.size(); ++i)
    if (given.array(i) == nullptr) return wrong_arguments();
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    const std::optional<std::string> text = to_text(entry.value);
    if (!text) return wrong_arguments();
    std::size_t found = 0;
    for (std::size_t i = 1; i < given.size(); ++i) {
      const Value* const value = given.array(i)->find(entry.key);
      if (value == nullptr) continue;
      const std::optional<std::string> theirs = to_text(*value);
      if (!theirs) return wrong_arguments();
      if (*theirs == *text) ++found;
    }
    if (wanted ? found + 1 == given.size() : found == 0) out.set(entry.key, entry.value);
  }
  return out;
}

// Keeps the entries that are in none (or in all) of the other arrays, by value or by key.
template <bool wanted, bool by_key>
Value select(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return wrong_arguments();
  std::vector<Array> others;  // by text
  for (std::size_t i = 1; i < given.size(); ++i) {
    const Array* const other = given.array(i);
    if (other == nullptr) return wrong_arguments();
    Array texts;
    for (const Array::Entry& entry : other->entries()) {
      const std::optional<std::string> text = to_text(by_key ? entry.key.value() : entry.value);
      if (!text) return wrong_arguments();
      texts.set(Key("\x01" + *text), true);
    }
    others.push_back(std::move(texts));
  }
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    const std::optional<std::string> text = to_text(by_key ? entry.key.value() : entry.value);
    if (!text) return wrong_arguments();
    const Key key("\x01" + *text);
    const auto has = [&](const Array& other) { return other.find(key) != nullptr; };
    const bool keep = wanted ? std::all_of(others.begin(), others.end(), has)
                             : std::none_of(others.begin(), others.end(), has);
    if (keep) out.set(entry.key, entry.value);
  }
  return out;
}

Value array_sum(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return wrong_arguments();
  Value sum = std::int64_t{0};
  for (const Array::Entry& entry : array->entries())
    sum = apply(Operator::add, sum, entry.value);
  return sum;
}

Value array_product(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return wrong_arguments();
  Value product = std::int64_t{1};
  for (const Array::Entry& entry : array->entries())
    product = apply(Operator::multiply, product, entry.value);
  return product;
}

Value array_count_values(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return wrong_arguments();
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    if (!entry.value.is(Type::string) && !entry.value.is(Type::integer)) return wrong_arguments();
    const Key key = *to_key(entry.value);
    const Value* const old = out.find(key);
    out.set(key, std::int64_t{old == nullptr ? 1 : old->whole() + 1});
  }
  return out;
}

constexpr std::array kTable = {
    Function{"array_count_values", "array", 1, Needs::everything, array_count_values},
    Function{"array_diff", "array arrays...", 1, Needs::everything, select<false, false>},
    Function{"array_diff_assoc", "array arrays...", 1, Needs::everything, select_pairs<false>},
    Function{"array_diff_key", "array arrays...", 1, Needs::outside, select<false, true>},
    Function{"array_intersect", "array arrays...", 1, Needs::everything, select<true, false>},
    Function{"array_intersect_assoc", "array arrays...", 1, Needs::everything, select_pairs<true>},
    Function{"array_intersect_key", "array arrays...", 1, Needs::outside, select<true, true>},
    Function{"array_keys", "array filter_value strict", 1, Needs::outside, array_keys},
    Function{"array_product", "array", 1, Needs::everything, array_product},
    Function{"array_search", "needle haystack strict", 2, Needs::outside, array_search},
    Function{"array_sum", "array", 1, Needs::everything, array_sum},
    Function{"in_array", "needle haystack strict", 2, Needs::outside, in_array},
};

}  // namespace

const std::span<const Function> kSearchFunctions = kTable;

}  // namespace gate::readers::php
