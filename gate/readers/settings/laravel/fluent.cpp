// The methods of Stringable and Collection.
#include <algorithm>
#include <array>

#include "gate/readers/settings/laravel/functions.h"
#include "gate/readers/settings/php/convert.h"

namespace gate::readers::laravel {
namespace {

using php::Argument;
using php::Arguments;
using php::Array;
using php::Evaluator;
using php::Object;
using php::Type;
using php::Value;

Value stringable(Value value) {
  if (!value.is(Type::string)) return value;
  return Object{Object::Class::stringable, std::move(value)};
}

Value collection(Value value) {
  if (!value.is(Type::array)) return value;
  return Object{Object::Class::collection, std::move(value)};
}

// The functions of Str with the text in front, and in the third place.
constexpr std::array<std::string_view, 26> kTextFirst = {
    "after",   "afterlast", "ascii",  "before",  "beforelast", "between", "betweenfirst",
    "camel",   "finish",    "kebab",  "lcfirst", "limit",      "lower",   "padboth",
    "padleft", "padright",  "repeat", "slug",    "snake",      "squish",  "start",
    "studly",  "substr",    "title",  "ucfirst", "upper"};
constexpr std::array<std::string_view, 6> kQuestions = {"contains", "containsall", "endswith",
                                                        "length",   "startswith",  "substrcount"};
constexpr std::array<std::string_view, 3> kTextThird = {"replace", "replacefirst", "replacelast"};
constexpr std::array<std::string_view, 3> kOfPhp = {"trim", "ltrim", "rtrim"};

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<Value> call_stringable(Evaluator& evaluator, const Value& text,
                                     std::string_view method, const Arguments& given) {
  Arguments passed = given;
  const bool first = is_among(kTextFirst, method);
  if (first || is_among(kQuestions, method) || is_among(kOfPhp, method))
    passed.insert(passed.begin(), Argument{text, {}});
  if (first) return stringable(call_function(*find_str(method), evaluator, passed));
  if (is_among(kQuestions, method)) return call_function(*find_str(method), evaluator, passed);
  if (is_among(kOfPhp, method))
    return stringable(call_function(*php::find_function(method), evaluator, passed));
  if (is_among(kTextThird, method) && given.size() == 2) {
    passed.push_back({text, {}});
    return stringable(call_function(*find_str(method), evaluator, passed));
  }
  if ((method == "tostring" || method == "value" || method == "__tostring") && given.empty())
    return text;
  if (method == "append" || method == "prepend") {
    std::string joined;
    for (const Argument& argument : given) {
      const std::optional<std::string> more = php::to_text(argument.value);
      if (!argument.value.is_known()) return argument.value;
      if (!more) return php::wrong_arguments();
      joined += *more;
    }
    return stringable(method == "append" ? text.text() + joined : joined + text.text());
  }
  if (method == "explode" && !given.empty()) {
    passed.insert(passed.begin() + 1, Argument{text, {}});
    return collection(call_function(*php::find_function("explode"), evaluator, passed));
  }
  if (method == "isempty" && given.empty()) return Value(text.text().empty());
  if (method == "isnotempty" && given.empty()) return Value(!text.text().empty());
  return std::nullopt;
}

// map(), and filter() and reject() with a function: it gets the value and the key.
Value map(Evaluator& evaluator, const Array& array, const Value& callback) {
  Array out;
  for (const Array::Entry& entry : array.entries()) {
    Value mapped = evaluator.invoke(callback, {entry.value, entry.key.value()});
    if (mapped.trace().empty()) mapped = mapped.with(entry.value.trace());
    out.set(entry.key, std::move(mapped));
  }
  return out;
}

Value filter(Evaluator& evaluator, const Array& array, const Value* callback, bool wanted) {
  Array out;
  for (const Array::Entry& entry : array.entries()) {
    Value said = callback == nullptr
                     ? entry.value
                     : evaluator.invoke(*callback, {entry.value, entry.key.value()});
    const std::optional<bool> truth = php::to_bool(said);
    if (!truth) return said;
    if (*truth == wanted) out.set(entry.key, entry.value);
  }
  return out;
}

// Keeps the first of those that are equal as `==` has it.
Value unique(const Array& array) {
  Array out;
  for (const Array::Entry& entry : array.entries()) {
    bool is_new = true;
    for (const Array::Entry& kept : out.entries()) {
      const std::optional<bool> same = php::is_equal(kept.value, entry.value);
      if (!same) return Value::unknown("it compares what gate cannot compare");
      is_new = is_new && !*same;
    }
    if (is_new) out.set(entry.key, entry.value);
    if (out.size() > 1000) return Value::unknown("the array is too large");
  }
  return out;
}

// Methods that are a function of PHP or of Arr with the array in front.
struct Like {
  std::string_view method;
  std::string_view function;
  bool of_arr;
  bool gives_collection;
};
constexpr std::array kSame = {
    Like{"collapse", "collapse", true, true},
    Like{"combine", "array_combine", false, true},
    Like{"count", "count", false, false},
    Like{"diff", "array_diff", false, true},
    Like{"diffkeys", "array_diff_key", false, true},
    Like{"except", "except", true, true},
    Like{"first", "first", true, false},
    Like{"flatten", "flatten", true, true},
    Like{"flip", "array_flip", false, true},
    Like{"intersect", "array_intersect", false, true},
    Like{"keys", "array_keys", false, true},
    Like{"last", "last", true, false},
    Like{"max", "max", false, false},
    Like{"merge", "array_merge", false, true},
    Like{"min", "min", false, false},
    Like{"only", "only", true, true},
    Like{"pluck", "pluck", true, true},
    Like{"sum", "array_sum", false, false},
    Like{"values", "array_values", false, true},
};

// Those that take no argument, whatever the function takes.
bool takes_none(std::string_view method) {
  return method == "count" || method == "flip" || method == "keys" || method == "max" ||
         method == "min" || method == "sum" || method == "values";
}

// get(), has() and contains() of one plain value.
std::optional<Value> look_up(const Array& array, std::string_view method, const Arguments& given) {
  if (given.empty() || given.size() > 2 || !given[0].name.empty()) return std::nullopt;
  const Value& asked = given[0].value;
  if (method == "contains") {
    if (given.size() != 1 || asked.is(Type::closure) || asked.is(Type::array)) return std::nullopt;
    bool unknown = false;
    for (const Array::Entry& entry : array.entries()) {
      const std::optional<bool> same = php::is_equal(asked, entry.value);
      if (same && *same) return Value(true);
      unknown = unknown || !same;
    }
    if (unknown) return Value::unknown("it compares what gate cannot compare");
    return Value(false);
  }
  const std::optional<php::Key> key = asked.is(Type::array) ? std::nullopt : php::to_key(asked);
  if (!key) return std::nullopt;
  const Value* const found = array.find(*key);
  if (method == "has")
    return given.size() == 1 ? std::optional(Value(found != nullptr)) : std::nullopt;
  if (found != nullptr) return *found;
  if (given.size() == 1) return Value();
  return given[1].value.is(Type::closure) ? std::nullopt : std::optional(given[1].value);
}

// mapWithKeys() and flatMap(): a function that gives an array for each entry.
Value map_to_arrays(Evaluator& evaluator, const Array& array, const Value& callback,
                    bool keeps_keys) {
  Array out;
  for (const Array::Entry& entry : array.entries()) {
    const Value mapped = evaluator.invoke(callback, {entry.value, entry.key.value()});
    if (!mapped.is_known()) return mapped;
    if (!mapped.is(Type::array) || !mapped.array().unknown_key().empty())
      return Value::unknown("it maps to what gate cannot put together");
    for (const Array::Entry& inner : mapped.array().entries())
      keeps_keys || !inner.key.is_number() ? out.set(inner.key, inner.value)
                                           : out.push(inner.value);
  }
  return out;
}

// The first entries, or without the first.
Value part_of(const Array& array, std::int64_t count, bool takes) {
  Array out;
  std::int64_t at = 0;
  for (const Array::Entry& entry : array.entries())
    if ((at++ < count) == takes) out.set(entry.key, entry.value);
  return out;
}

std::optional<Value> call_collection(Evaluator& evaluator, const Value& held,
                                     std::string_view method, const Arguments& given) {
  const Array& array = held.array();
  if (!array.unknown_key().empty()) return Value::unknown(array.unknown_key());
  const bool plain = given.empty();
  if ((method == "all" || method == "toarray") && plain) return held;
  if (method == "map" && given.size() == 1)
    return collection(map(evaluator, array, given[0].value));
  if ((method == "filter" || method == "reject") && given.size() <= 1) {
    const Value* const callback = plain ? nullptr : &given[0].value;
    if (method == "reject" && plain) return std::nullopt;
    return collection(filter(evaluator, array, callback, method == "filter"));
  }
  if (method == "unique" && plain) return collection(unique(array));
  if (method == "push") {
    Array out = array;
    for (const Argument& argument : given)
      out.push(argument.value);
    return collection(std::move(out));
  }
  if ((method == "implode" || method == "join") && given.size() == 1) {
    return call_function(*php::find_function("implode"), evaluator, {given[0], {held, {}}});
  }
  if (method == "get" || method == "has" || method == "contains")
    return look_up(array, method, given);
  const bool one = given.size() == 1;
  if ((method == "mapwithkeys" || method == "flatmap") && one)
    return collection(map_to_arrays(evaluator, array, given[0].value, method == "mapwithkeys"));
  if ((method == "take" || method == "skip") && one && given[0].value.is(Type::integer) &&
      given[0].value.whole() >= 0)
    return collection(part_of(array, given[0].value.whole(), method == "take"));
  if (method == "concat" && one && given[0].value.is(Type::array)) {
    Array out = array;
    for (const Array::Entry& entry : given[0].value.array().entries())
      out.push(entry.value);
    return collection(std::move(out));
  }
  if (method == "isempty" && plain) return Value(array.empty());
  if (method == "isnotempty" && plain) return Value(!array.empty());
  const auto* const same = std::find_if(kSame.begin(), kSame.end(),
                                        [&](const Like& like) { return like.method == method; });
  if (same == kSame.end() || (plain && same->method == "merge") || (!plain && takes_none(method)))
    return std::nullopt;
  if (method == "max" || method == "min") {
    if (array.empty()) return Value();
    for (const Array::Entry& entry : array.entries())
      if (entry.value.is(Type::null)) return std::nullopt;  // passed over there
  }
  Arguments passed = given;
  passed.insert(passed.begin(), Argument{held, {}});
  const php::Function* const function =
      same->of_arr ? find_arr(same->function) : php::find_function(same->function);
  Value result = call_function(*function, evaluator, passed);
  return same->gives_collection ? collection(std::move(result)) : result;
}

}  // namespace

std::optional<Value> call_fluent(Evaluator& evaluator, const Object& object,
                                 std::string_view method, const Arguments& arguments) {
  switch (object.of) {
    case Object::Class::stringable:
      return call_stringable(evaluator, object.value, method, arguments);
    case Object::Class::collection:
      return call_collection(evaluator, object.value, method, arguments);
    case Object::Class::path:
    case Object::Class::handle:
      break;
  }
  return std::nullopt;
}

}  // namespace gate::readers::laravel
