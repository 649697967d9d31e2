// Arrays: php.net/manual/en/ref.array.php.
#include <algorithm>
#include <array>
#include <limits>

#include "gate/base/ascii.h"
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

// What is no array counts as a list of one, null too.
Value as_list(const Value& value) {
  if (!value.is(Type::null)) return apply(Operator::to_array, value);
  Array list;
  list.push(value);
  return list;
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
    const Value list_of_old = as_list(*old);
    const Value list_of_new = as_list(entry.value);
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
  if (*start > std::numeric_limits<std::int64_t>::max() - *count) return wrong_arguments();
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

std::int64_t count_below(const Array& array) {
  auto count = static_cast<std::int64_t>(array.size());
  for (const Array::Entry& entry : array.entries())
    if (entry.value.is(Type::array)) count += count_below(entry.value.array());
  return count;
}

Value count(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<std::int64_t> mode =
      given.has(1) ? given.integer(1) : std::optional<std::int64_t>(0);
  if (array == nullptr || !mode || *mode < 0 || *mode > 1) return wrong_arguments();
  if (*mode == 0) return static_cast<std::int64_t>(array->size());
  if (const Value* const unknown = given[0].find_unknown()) return *unknown;
  return count_below(*array);
}

// Filled with a value up to a size, behind or, where it is negative, in front; numbers count anew.
Value array_pad(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<std::int64_t> size = given.integer(1);
  if (array == nullptr || !size) return wrong_arguments();
  const std::uint64_t wanted =
      *size < 0 ? 0 - static_cast<std::uint64_t>(*size) : static_cast<std::uint64_t>(*size);
  if (wanted > Value::kMaxWeight) return too_large();
  if (wanted <= array->size()) return given[0];
  Array out;
  const std::size_t missing = wanted - array->size();
  for (std::size_t i = 0; *size < 0 && i < missing; ++i)
    out.push(given[2]);
  for (const Array::Entry& entry : array->entries())
    merge_entry(out, entry);
  for (std::size_t i = 0; *size > 0 && i < missing; ++i)
    out.push(given[2]);
  return out;
}

template <bool upper>
std::string in_case(std::string text) {
  if (!upper) return base::to_lower(text);
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

Value array_change_key_case(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* const array = given.array(0);
  const std::optional<std::int64_t> mode =
      given.has(1) ? given.integer(1) : std::optional<std::int64_t>(0);
  if (array == nullptr || !mode || *mode < 0 || *mode > 1) return wrong_arguments();
  Array out;
  for (const Array::Entry& entry : array->entries()) {
    const bool is_number = entry.key.is_number();
    out.set(is_number    ? entry.key
            : *mode == 1 ? Key(in_case<true>(entry.key.text()))
                         : Key(in_case<false>(entry.key.text())),
            entry.value);
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
    const std::optional<Key> index = given.has(2) ? to_key(given[2]) : std::nullopt;
    const Value* const key_value = index && !given[2].is(Type::null) ? row.find(*index) : nullptr;
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
    Function{"array_change_key_case", "array case", 1, Needs::outside, array_change_key_case},
    Function{"array_chunk", "array length preserve_keys", 2, Needs::outside, array_chunk},
    Function{"array_column", "array column_key index_key", 2, Needs::everything, array_column},
    Function{"array_combine", "keys values", 2, Needs::outside, array_combine},
    Function{"array_fill", "start_index count value", 3, Needs::outside, array_fill},
    Function{"array_fill_keys", "keys value", 2, Needs::outside, array_fill_keys},
    Function{"array_flip", "array", 1, Needs::everything, array_flip},
    Function{"array_is_list", "array", 1, Needs::outside, array_is_list},
    Function{"array_key_exists", "key array", 2, Needs::outside, array_key_exists},
    Function{"array_key_first", "array", 1, Needs::outside, end_key<false>},
    Function{"array_key_last", "array", 1, Needs::outside, end_key<true>},
    Function{"array_merge", "arrays...", 0, Needs::outside, array_merge},
    Function{"array_merge_recursive", "arrays...", 0, Needs::outside, array_merge_recursive},
    Function{"array_pad", "array length value", 3, Needs::outside, array_pad},
    Function{"array_replace", "array replacements...", 1, Needs::outside, array_replace<false>},
    Function{"array_replace_recursive", "array replacements...", 1, Needs::everything,
             array_replace<true>},
    Function{"array_reverse", "array preserve_keys", 1, Needs::outside, array_reverse},
    Function{"array_slice", "array offset length preserve_keys", 2, Needs::outside, array_slice},
    Function{"array_unique", "array flags", 1, Needs::everything, array_unique},
    Function{"array_values", "array", 1, Needs::outside, array_values},
    Function{"count", "value mode", 1, Needs::outside, count},
    Function{"key_exists", "key array", 2, Needs::outside, array_key_exists},
    Function{"sizeof", "value mode", 1, Needs::outside, count},
};

}  // namespace

const std::span<const Function> kArrayFunctions = kTable;

}  // namespace gate::readers::php
