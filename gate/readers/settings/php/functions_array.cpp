// Arrays: php.net/manual/en/ref.array.php.
#include <algorithm>
#include <array>
#include <cmath>

#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

Value too_large() { return Value::unknown("the array is too large"); }

// Adds an entry as array_merge() does: numbers count anew.
void merge_entry(Array& into, const Array::Entry& entry) {
  if (entry.key.is_number())
    into.push(entry.value);
  else
    into.set(entry.key, entry.value);
}

Value array_merge(Evaluator& /*evaluator*/, const Bound& given) {
  Array merged;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Array* const array = given.array(i);
    if (array == nullptr) return wrong_arguments();
    for (const Array::Entry& entry : array->entries())
      merge_entry(merged, entry);
    if (merged.size() > Value::kMaxWeight) return too_large();
  }
  return merged;
}

Value merge_recursive(const Array& left, const Array& right) {
  Array merged;
  for (const Array::Entry& entry : left.entries())
    merge_entry(merged, entry);
  for (const Array::Entry& entry : right.entries()) {
    const Value* const old = entry.key.is_number() ? nullptr : merged.find(entry.key);
    if (old == nullptr) {
      merge_entry(merged, entry);
      continue;
    }
    if (!old->is_known() || !entry.value.is_known())
      return Value::unknown(old->is_known() ? entry.value.reason() : old->reason());
    const Value list_of_old = apply(Operator::to_array, *old);
    const Value list_of_new = apply(Operator::to_array, entry.value);
    if (!list_of_old.is_known() || !list_of_new.is_known())
      return Value::unknown("it merges what gate does not know");
    Value inner = merge_recursive(list_of_old.array(), list_of_new.array());
    if (!inner.is_known()) return inner;
    merged.set(entry.key, std::move(inner));
  }
  return merged;
}

Value array_merge_recursive(Evaluator& /*evaluator*/, const Bound& given) {
  Value merged = Array();
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Array* const array = given.array(i);
    if (array == nullptr) return wrong_arguments();
    merged = merge_recursive(merged.array(), *array);
    if (!merged.is_known()) return merged;
  }
  return merged;
}

Array replaced(const Array& left, const Array& right, bool deep) {
  Array out = left;
  for (const Array::Entry& entry : right.entries()) {
    const Value* const old = out.find(entry.key);
    const bool goes_on =
        deep && old != nullptr && old->is(Type::array) && entry.value.is(Type::array);
    out.set(entry.key,
            goes_on ? Value(replaced(old->array(), entry.value.array(), true)) : entry.value);
  }
  return out;
}

template <bool deep>
Value array_replace(Evaluator& /*evaluator*/, const Bound& given) {
  Array out;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Array* const array = given.array(i);
    if (array == nullptr) return wrong_arguments();
    out = i == 0 ? *array : replaced(out, *array, deep);
  }
  return out;
}

Value array_values(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return wrong_arguments();
  Array out;
  for (const Array::Entry& entry : array->entries())
    out.push(entry.value);
  return out;
}

Value array_keys(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr || given.has(1)) return wrong_arguments();
  Array out;
  for (const Array::Entry& entry : array->entries())
    out.push(entry.key.value());
  return out;
}

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
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    const std::optional<bool> stays = keeps(evaluator, given, entry, *mode);
    if (!stays) {
      return entry.value.is_known() ? Value::unknown("it filters by what gate does not know")
                                    : entry.value;
    }
    if (*stays) out.set(entry.key, entry.value);
  }
  if (array->unknown_key().empty()) return out;
  // Entries under unknown keys may stand in each other's place, so nothing is certain but that
  // nothing is left.
  const bool all_unknown =
      std::all_of(array->entries().begin(), array->entries().end(), [](const Array::Entry& entry) {
        return !entry.key.is_number() && entry.key.text().starts_with('\x01');
      });
  return out.empty() && all_unknown ? Value(std::move(out)) : Value::unknown(array->unknown_key());
}

Value array_map(Evaluator& evaluator, const Bound& given) {
  const Array* const array = given.array(1);
  if (array == nullptr || given.has(2) || given[0].is(Type::null))
    return Value::unknown("it maps several arrays");
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    Value mapped = evaluator.invoke(given[0], {entry.value});
    if (mapped.trace().empty()) mapped = mapped.with(entry.value.trace());
    out.set(entry.key, std::move(mapped));
  }
  return out;
}

Value array_unique(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr || given.has(1)) return wrong_arguments();
  Array out;
  Array seen;
  for (const Array::Entry& entry : array->entries()) {
    const std::optional<std::string> text = to_text(entry.value);
    if (!text) return wrong_arguments();
    const Key key("\x01" + *text);
    if (seen.find(key) != nullptr) continue;
    seen.set(key, true);
    out.set(entry.key, entry.value);
  }
  return out;
}

Value array_flip(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return wrong_arguments();
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    if (!entry.value.is(Type::string) && !entry.value.is(Type::integer)) return wrong_arguments();
    out.set(*to_key(entry.value), entry.key.value());
  }
  return out;
}

Value array_combine(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const keys = given.array(0);
  const Array* const values = given.array(1);
  if (keys == nullptr || values == nullptr || keys->size() != values->size())
    return wrong_arguments();
  Array out;
  for (std::size_t i = 0; i < keys->size(); ++i) {
    const Value& key = keys->entries()[i].value;
    const std::optional<std::string> text = to_text(key);
    if (!text) return key.is_known() ? wrong_arguments() : key;
    out.set(Key(*text), values->entries()[i].value);
  }
  return out;
}

Value array_fill_keys(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const keys = given.array(0);
  if (keys == nullptr) return wrong_arguments();
  Array out;
  for (const Array::Entry& entry : keys->entries()) {
    const std::optional<std::string> text = to_text(entry.value);
    if (!text) return entry.value.is_known() ? wrong_arguments() : entry.value;
    out.set(Key(*text), given[1]);
  }
  return out;
}

Value array_fill(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<std::int64_t> start = given.integer(0);
  const std::optional<std::int64_t> count = given.integer(1);
  // From a negative start versions of PHP count differently.
  if (!start || !count || *start < 0 || *count < 0) return wrong_arguments();
  if (static_cast<std::uint64_t>(*count) > Value::kMaxWeight) return too_large();
  Array out;
  for (std::int64_t i = 0; i < *count; ++i)
    out.set(Key(*start + i), given[2]);
  return out;
}

Value array_slice(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<std::int64_t> offset = given.integer(1);
  const std::optional<bool> keeps_keys = given.has(3) ? given.truth(3) : std::optional(false);
  if (array == nullptr || !offset || !keeps_keys) return wrong_arguments();
  const auto size = static_cast<std::int64_t>(array->size());
  const std::int64_t begin =
      std::clamp(*offset < 0 ? *offset + size : *offset, std::int64_t{0}, size);
  std::int64_t end = size;
  if (given.has(2) && !given[2].is(Type::null)) {
    const std::optional<std::int64_t> length = given.integer(2);
    if (!length) return wrong_arguments();
    end = *length < 0 ? size + std::max(*length, -size)
                      : std::min(size, begin + std::min(*length, size));
  }
  Array out;
  for (std::int64_t i = begin; i < end; ++i) {
    const Array::Entry& entry = array->entries()[static_cast<std::size_t>(i)];
    *keeps_keys ? out.set(entry.key, entry.value) : merge_entry(out, entry);
  }
  return out;
}

Value array_reverse(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<bool> keeps_keys = given.has(1) ? given.truth(1) : std::optional(false);
  if (array == nullptr || !keeps_keys) return wrong_arguments();
  Array out;
  for (std::size_t i = array->size(); i-- > 0;) {
    const Array::Entry& entry = array->entries()[i];
    *keeps_keys ? out.set(entry.key, entry.value) : merge_entry(out, entry);
  }
  return out;
}

Value array_key_exists(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<Key> key = to_key(given[0]);
  const Array* const array = given.array(1);
  if (!key || array == nullptr) return wrong_arguments();
  return array->find(*key) != nullptr;
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

Value count(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr || given.has(1)) return wrong_arguments();
  return static_cast<std::int64_t>(array->size());
}

Value range(Evaluator& /*evaluator*/, const Bound& given) {
  const bool whole = given[0].is(Type::integer) && given[1].is(Type::integer) &&
                     (!given.has(2) || given[2].is(Type::integer));
  if (!whole) return Value::unknown("it makes a range of other things than integers");
  const std::int64_t first = given[0].whole();
  const std::int64_t last = given[1].whole();
  const std::int64_t step = given.has(2) ? given[2].whole() : 1;
  constexpr std::int64_t kFar = std::int64_t{1} << 40;
  if (step <= 0 || std::abs(first) > kFar || std::abs(last) > kFar ||
      std::abs(last - first) < step) {
    if (first != last || step <= 0) return Value::unknown("it makes an odd range");
  }
  if (static_cast<std::uint64_t>(std::abs(last - first) / step) > Value::kMaxWeight)
    return too_large();
  Array out;
  if (first <= last) {
    for (std::int64_t i = first; i <= last; i += step)
      out.push(i);
  } else {
    for (std::int64_t i = first; i >= last; i -= step)
      out.push(i);
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

Value array_column(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return wrong_arguments();
  const std::optional<Key> column = given[1].is(Type::null) ? std::nullopt : to_key(given[1]);
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    if (!entry.value.is(Type::array)) return wrong_arguments();
    const Array& row = entry.value.array();
    const Value* const value = column ? row.find(*column) : &entry.value;
    if (value == nullptr) continue;
    const Value* const key_value = given.has(2) ? row.find(*to_key(given[2])) : nullptr;
    const std::optional<Key> key = key_value != nullptr ? to_key(*key_value) : std::nullopt;
    key ? out.set(*key, *value) : out.push(*value);
  }
  return out;
}

template <bool last>
Value end_key(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return wrong_arguments();
  if (array->empty()) return {};
  return (last ? array->entries().back() : array->entries().front()).key.value();
}

Value array_sum(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  if (array == nullptr) return wrong_arguments();
  Value sum = std::int64_t{0};
  for (const Array::Entry& entry : array->entries())
    sum = apply(Operator::add, sum, entry.value);
  return sum;
}

Value array_is_list(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  return array == nullptr ? wrong_arguments() : Value(array->is_list());
}

Value array_chunk(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<std::int64_t> size = given.integer(1);
  const std::optional<bool> keeps_keys = given.has(2) ? given.truth(2) : std::optional(false);
  if (array == nullptr || !size || *size < 1 || !keeps_keys) return wrong_arguments();
  Array out;
  Array chunk;
  for (const Array::Entry& entry : array->entries()) {
    *keeps_keys ? chunk.set(entry.key, entry.value) : chunk.push(entry.value);
    if (chunk.size() < static_cast<std::uint64_t>(*size)) continue;
    out.push(std::move(chunk));
    chunk = Array();
  }
  if (!chunk.empty()) out.push(std::move(chunk));
  return out;
}

constexpr std::array kTable = {
    Function{"array_chunk", "array length preserve_keys", 2, Needs::outside, array_chunk},
    Function{"array_column", "array column_key index_key", 2, Needs::everything, array_column},
    Function{"array_combine", "keys values", 2, Needs::outside, array_combine},
    Function{"array_diff", "array arrays...", 1, Needs::everything, select<false, false>},
    Function{"array_diff_key", "array arrays...", 1, Needs::outside, select<false, true>},
    Function{"array_fill", "start_index count value", 3, Needs::outside, array_fill},
    Function{"array_fill_keys", "keys value", 2, Needs::outside, array_fill_keys},
    Function{"array_filter", "array callback mode", 1, Needs::outside, array_filter},
    Function{"array_flip", "array", 1, Needs::everything, array_flip},
    Function{"array_intersect", "array arrays...", 1, Needs::everything, select<true, false>},
    Function{"array_intersect_key", "array arrays...", 1, Needs::outside, select<true, true>},
    Function{"array_is_list", "array", 1, Needs::outside, array_is_list},
    Function{"array_key_exists", "key array", 2, Needs::outside, array_key_exists},
    Function{"array_key_first", "array", 1, Needs::outside, end_key<false>},
    Function{"array_key_last", "array", 1, Needs::outside, end_key<true>},
    Function{"array_keys", "array filter_value strict", 1, Needs::outside, array_keys},
    Function{"array_map", "callback array arrays...", 2, Needs::outside, array_map},
    Function{"array_merge", "arrays...", 0, Needs::outside, array_merge},
    Function{"array_merge_recursive", "arrays...", 0, Needs::outside, array_merge_recursive},
    Function{"array_replace", "array replacements...", 1, Needs::outside, array_replace<false>},
    Function{"array_replace_recursive", "array replacements...", 1, Needs::everything,
             array_replace<true>},
    Function{"array_reverse", "array preserve_keys", 1, Needs::outside, array_reverse},
    Function{"array_search", "needle haystack strict", 2, Needs::outside, array_search},
    Function{"array_slice", "array offset length preserve_keys", 2, Needs::outside, array_slice},
    Function{"array_sum", "array", 1, Needs::everything, array_sum},
    Function{"array_unique", "array flags", 1, Needs::everything, array_unique},
    Function{"array_values", "array", 1, Needs::outside, array_values},
    Function{"count", "value mode", 1, Needs::outside, count},
    Function{"in_array", "needle haystack strict", 2, Needs::outside, in_array},
    Function{"key_exists", "key array", 2, Needs::outside, array_key_exists},
    Function{"range", "start end step", 2, Needs::everything, range},
    Function{"sizeof", "value mode", 1, Needs::outside, count},
};

}  // namespace

const std::span<const Function> kArrayFunctions = kTable;

}  // namespace gate::readers::php
