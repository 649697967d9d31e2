// Methods of Laravel's collections, over lists that are known.
#include <algorithm>
#include <utility>

#include "gate/readers/migrations/laravel/interpreter.h"

namespace gate::readers::migrations::laravel {
namespace {

Value number(std::size_t place) { return Value::of(static_cast<std::int64_t>(place)); }

Value values_of(const Items& items) {
  Items values;
  for (const auto& [key, value] : items)
    values.emplace_back(number(values.size()), value);
  return Value::of(std::move(values));
}

// Returns the value under a key of each element, as pluck() and array_column() do.
Value pluck(const Items& items, std::string_view key) {
  Items values;
  for (const auto& [own, value] : items) {
    const bool has_parts = value.is(Value::Kind::list) || value.is(Value::Kind::enum_case);
    if (!has_parts) return {};
    values.emplace_back(number(values.size()), Value::of(Items(*value.items)).at(key));
  }
  return Value::of(std::move(values));
}

}  // namespace

Value Interpreter::call_list(const Value& list, std::string_view method,
                             const Arguments& arguments) {
  const Items& items = *list.items;
  const Value given = arguments.get(0);
  if (method == "each" || method == "eachSpread" || method == "map" || method == "mapWithKeys" ||
      method == "flatMap") {
    Items made;
    for (const auto& [key, value] : items) {
      std::vector<Value> handed{value, key};
      if (method == "eachSpread" && value.is(Value::Kind::list)) {
        handed.clear();
        for (const auto& [inner, part] : *value.items)
          handed.push_back(part);
      }
      made.emplace_back(key, call_closure(given, handed));
    }
    if (method.starts_with("each")) return list;
    return method == "map" ? Value::of(std::move(made)) : Value{};
  }
  if (method == "filter" || method == "reject") {
    Items kept;
    for (const auto& [key, value] : items) {
      const Value verdict =
          given.is(Value::Kind::closure) ? call_closure(given, {value, key}) : value;
      const std::optional<bool> truth = verdict.truth();
      if (!truth) return {};
      if (*truth == (method == "filter")) kept.emplace_back(key, value);
    }
    return Value::of(std::move(kept));
  }
  if (method == "all" || method == "toArray" || method == "collect" || method == "lazy")
    return list;
  if (method == "values") return values_of(items);
  if (method == "keys") {
    Items keys;
    for (const auto& [key, value] : items)
      keys.emplace_back(number(keys.size()), key);
    return Value::of(std::move(keys));
  }
  if (method == "pluck" && arguments.places.size() == 1)
    return pluck(items, given.as_text().value_or(""));
  if (method == "get" || method == "has") {
    const std::optional<std::string> key = given.as_text();
    const Value found = key ? list.at(*key) : Value{};
    if (method == "get") return found;
    return found.known() ? Value::of(!found.is(Value::Kind::null)) : Value{};
  }
  if ((method == "contains" || method == "containsStrict") && arguments.places.size() == 1) {
    bool all_known = true;
    for (const auto& [key, value] : items) {
      const Value verdict = given.is(Value::Kind::closure)   ? call_closure(given, {value, key})
                            : value.known() && given.known() ? Value::of(equal(value, given))
                                                             : Value{};
      if (verdict.truth() == true) return Value::of(true);
      all_known = all_known && verdict.known();
    }
    return all_known ? Value::of(false) : Value{};
  }
  if (method == "isEmpty") return Value::of(items.empty());
  if (method == "isNotEmpty") return Value::of(!items.empty());
  if (method == "first" && arguments.places.empty())
    return items.empty() ? Value::of(Value::Kind::null) : items.front().second;
  if (method == "implode" || method == "join") return project_.compute("implode", {given, list});
  if (method == "reverse") {
    Items turned(items.rbegin(), items.rend());
    return Value::of(std::move(turned));
  }
  // What another method makes of it is not known; a closure that it is given may run.
  for (const Value& argument : arguments.places) {
    if (!argument.is(Value::Kind::closure)) continue;
    ++undecided_;
    call_closure(argument, {});
    --undecided_;
  }
  return {};
}

}  // namespace gate::readers::migrations::laravel
