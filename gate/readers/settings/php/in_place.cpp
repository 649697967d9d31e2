#include "gate/readers/settings/php/in_place.h"

#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/effects.h"

namespace gate::readers::php {
namespace {

using Entries = std::vector<Array::Entry>;

Changed not_known(const std::string& reason) {
  return {Value::unknown(reason), Value::unknown(reason)};
}

Array array_of(Entries entries, bool keeps_keys) {
  Array array;
  for (Array::Entry& entry : entries) {
    if (keeps_keys)
      array.set(entry.key, std::move(entry.value));
    else
      array.push(std::move(entry.value));
  }
  return array;
}

// --- sorting -------------------------------------------------------------------------------------

// Whether all values are of a kind whose order does not depend on how PHP sorts: numbers, or texts
// that are no numbers.
bool is_ordered(const std::vector<Value>& values, bool as_texts) {
  const auto is_number = [](const Value& value) {
    return value.is(Type::integer) || value.is(Type::number);
  };
  const auto is_word = [&](const Value& value) {
    return value.is(Type::string) && (as_texts || !read_numeric(value.text()));
  };
  return (!as_texts && std::all_of(values.begin(), values.end(), is_number)) ||
         std::all_of(values.begin(), values.end(), is_word);
}

template <bool by_key, bool downwards, bool keeps_keys>
Changed sort(Evaluator& /*evaluator*/, const Value& given, const Arguments& rest) {
  constexpr std::int64_t kAsTexts = 2;
  const bool as_texts =
      rest.size() == 1 && rest[0].value.is(Type::integer) && rest[0].value.whole() == kAsTexts;
  if (!rest.empty() && !as_texts) return not_known("it sorts in a way that gate does not");
  std::vector<Value> values;
  for (const Array::Entry& entry : given.array().entries())
    values.push_back(by_key ? entry.key.value() : entry.value);
  if (!is_ordered(values, as_texts)) return not_known("it sorts what gate cannot compare");
  Entries entries = given.array().entries();
  const auto key_of = [](const Array::Entry& entry) {
    return by_key ? entry.key.value() : entry.value;
  };
  std::stable_sort(
      entries.begin(), entries.end(), [&](const Array::Entry& a, const Array::Entry& b) {
        const Value left = key_of(a);
        const Value right = key_of(b);
        const int order =
            as_texts ? left.text().compare(right.text()) : compare(left, right).value_or(0);
        return downwards ? order > 0 : order < 0;
      });
  return {Value(true), array_of(std::move(entries), keeps_keys)};
}

// By a function of the code. Insertion, so that an order which the function does not keep to costs
// no more than time.
template <bool by_key, bool keeps_keys>
Changed sort_by(Evaluator& evaluator, const Value& given, const Arguments& rest) {
  constexpr std::size_t kMost = 200;
  if (rest.size() != 1 || given.array().size() > kMost)
    return not_known("it sorts in a way that gate does not");
  Entries sorted;
  for (const Array::Entry& entry : given.array().entries()) {
    auto at = sorted.end();
    while (at != sorted.begin()) {
      const Array::Entry& before = *std::prev(at);
      const Value order = evaluator.invoke(
          rest[0].value, by_key ? std::vector<Value>{before.key.value(), entry.key.value()}
                                : std::vector<Value>{before.value, entry.value});
      if (!order.is(Type::integer))
        return not_known(order.is_known() ? "it sorts in a way that gate does not"
                                          : order.reason());
      if (order.whole() <= 0) break;
      --at;
    }
    sorted.insert(at, entry);
  }
  return {Value(true), array_of(std::move(sorted), keeps_keys)};
}

// --- ends ----------------------------------------------------------------------------------------

// Numbers among the keys count anew.
Array renumbered(const Entries& entries) {
  Array array;
  for (const Array::Entry& entry : entries) {
    if (entry.key.is_number())
      array.push(entry.value);
    else
      array.set(entry.key, entry.value);
  }
  return array;
}

Changed push(Evaluator& /*evaluator*/, const Value& given, const Arguments& rest) {
  Array array = given.array();
  for (const Argument& one : rest)
    array.push(one.value);
  const auto size = static_cast<std::int64_t>(array.size());
  return {Value(size), Value(std::move(array))};
}

Changed unshift(Evaluator& /*evaluator*/, const Value& given, const Arguments& rest) {
  Array array;
  for (const Argument& one : rest)
    array.push(one.value);
  for (const Array::Entry& entry : given.array().entries()) {
    if (entry.key.is_number())
      array.push(entry.value);
    else
      array.set(entry.key, entry.value);
  }
  const auto size = static_cast<std::int64_t>(array.size());
  return {Value(size), Value(std::move(array))};
}

// The last is taken, and what is added behind takes the number that it had.
Changed pop(Evaluator& /*evaluator*/, const Value& given, const Arguments& /*rest*/) {
  Array array = given.array();
  if (array.empty()) return {Value(), given};
  Value taken = array.entries().back().value;
  array.pop();
  return {std::move(taken), Value(std::move(array))};
}

Changed shift(Evaluator& /*evaluator*/, const Value& given, const Arguments& /*rest*/) {
  Entries entries = given.array().entries();
  if (entries.empty()) return {Value(), given};
  Value taken = entries.front().value;
  entries.erase(entries.begin());
  return {std::move(taken), Value(renumbered(entries))};
}

template <bool last>
Changed end(Evaluator& /*evaluator*/, const Value& given, const Arguments& /*rest*/) {
  const Entries& entries = given.array().entries();
  if (entries.empty()) return {Value(false), given};
  return {(last ? entries.back() : entries.front()).value, given};
}

// Sorted by name.
constexpr std::array kTable = {
    InPlace{"array_pop", pop},
    InPlace{"array_push", push},
    InPlace{"array_shift", shift},
    InPlace{"array_unshift", unshift},
    InPlace{"arsort", sort<false, true, true>},
    InPlace{"asort", sort<false, false, true>},
    InPlace{"end", end<true>},
    InPlace{"krsort", sort<true, true, true>},
    InPlace{"ksort", sort<true, false, true>},
    InPlace{"reset", end<false>},
    InPlace{"rsort", sort<false, true, false>},
    InPlace{"sort", sort<false, false, false>},
    InPlace{"uasort", sort_by<false, true>},
    InPlace{"uksort", sort_by<true, true>},
    InPlace{"usort", sort_by<false, false>},
};

}  // namespace

const InPlace* find_in_place(std::string_view name) {
  const auto* const found = std::lower_bound(
      kTable.begin(), kTable.end(), name,
      [](const InPlace& one, std::string_view wanted) { return one.name < wanted; });
  return found != kTable.end() && found->name == name ? found : nullptr;
}

// The variable that is given holds the changed array from then on.
std::optional<Value> Evaluator::call_in_place(Node node, const Arguments& given) {
  const InPlace* const function = find_in_place(base::to_lower(node.first().text()));
  if (function == nullptr) return std::nullopt;
  const Node list = node.child(1);
  const Node target = list.first().first();
  const bool plain = !given.empty() && given[0].name.empty() && !list.first().has(spread) &&
                     !sets_on_the_way(target);
  if (!plain) {
    forget_arguments(list, "it was given to a function by reference");
    return stopped_at(node, "its arguments are not known");
  }
  const Value& array = given[0].value;
  Changed changed = not_known(array.is_known() ? "it changes what is no array" : array.reason());
  if (array.is(Type::array)) {
    if (!array.array().unknown_key().empty())
      changed = not_known(array.array().unknown_key());
    else
      changed = function->run(*this, array, Arguments(given.begin() + 1, given.end()));
  }
  const bool is_place = target.is(NodeKind::variable) || target.is(NodeKind::index);
  if (!changed.array.is_known())
    forget_arguments(list, changed.array.reason());
  else if (is_place)
    assign(target,
           changed.array.trace().empty() ? changed.array.with(array.trace()) : changed.array);
  return finish_call(node, short_name(node.first().text()), std::move(changed.result), given);
}

}  // namespace gate::readers::php
