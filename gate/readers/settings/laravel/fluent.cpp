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
constexpr std::array<std::string_view, 17> kTextFirst = {
    "after", "afterlast", "ascii", "before", "beforelast", "camel", "finish",  "kebab", "lower",
    "slug",  "snake",     "start", "studly", "substr",     "title", "ucfirst", "upper"};
constexpr std::array<std::string_view, 4> kQuestions = {"contains", "endswith", "length",
                                                        "startswith"};
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

// Methods that are a function of PHP with the array in front.
struct OfPhp {
  std::string_view method;
  std::string_view function;
  bool gives_collection;
};
constexpr std::array kSame = {
    OfPhp{"count", "count", false},        OfPhp{"diff", "array_diff", true},
    OfPhp{"flip", "array_flip", true},     OfPhp{"intersect", "array_intersect", true},
    OfPhp{"keys", "array_keys", true},     OfPhp{"merge", "array_merge", true},
    OfPhp{"values", "array_values", true},
};

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
  if (method == "first" && plain) return array.empty() ? Value() : array.entries().front().value;
  if (method == "last" && plain) return array.empty() ? Value() : array.entries().back().value;
  if (method == "isempty" && plain) return Value(array.empty());
  if (method == "isnotempty" && plain) return Value(!array.empty());
  const auto* const same = std::find_if(kSame.begin(), kSame.end(),
                                        [&](const OfPhp& one) { return one.method == method; });
  if (same == kSame.end() || (plain && same->method == "merge")) return std::nullopt;
  Arguments passed = given;
  passed.insert(passed.begin(), Argument{held, {}});
  Value result = call_function(*php::find_function(same->function), evaluator, passed);
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
