// Builtin functions and types (docs.python.org/3/library/functions).
#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

Value to_bool(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return {false};
  // Of a variable as it is: what is computed from it has not this origin.
  if (value->from(origin::environment)) evaluator.note_text_truth(call);
  const std::optional<bool> truth = truth_of(*value);
  if (!truth) return evaluator.unknown_because(*value, Type::boolean);
  return traced(evaluator, call, "bool", *value, Value(*truth));
}

Value to_str(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return Value(std::string());
  if (std::optional<std::string> text = to_text(*value)) {
    return Value(*std::move(text)).with(value->trace()).marked(value->origins());
  }
  return evaluator.unknown_because(*value, Type::text);
}

Value to_sequence(Evaluator& evaluator, Call& call, Type type) {
  const Value* value = call.find(0);
  if (value == nullptr) return make_list({}, type);
  std::vector<Value> items;
  const std::optional<std::string> broken = evaluator.iterate(*value, [&](const Value& item) {
    if (type == Type::set && std::any_of(items.begin(), items.end(), [&](const Value& other) {
          return equal(other, item) == true;
        })) {
      return true;
    }
    items.push_back(item);
    return items.size() < kMaxItems;
  });
  if (broken) {
    (void)evaluator.unknown(*broken, Evaluator::maybe_value);
    items.push_back(Value::stretch(*broken));
  }
  return make_list(std::move(items), type).with(value->trace());
}

Value to_list(Evaluator& evaluator, Call& call) { return to_sequence(evaluator, call, Type::list); }
Value to_tuple(Evaluator& evaluator, Call& call) {
  return to_sequence(evaluator, call, Type::tuple);
}
Value to_set(Evaluator& evaluator, Call& call) { return to_sequence(evaluator, call, Type::set); }

Value to_dict(Evaluator& evaluator, Call& call) {
  Value made = make_dict();
  evaluator.call_method(made, "update", call);
  return made;
}

Value length(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "len()");
  if (value->is(Type::text) && !has_project_mark(value->text())) {
    const auto characters = std::count_if(value->text().begin(), value->text().end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
    });
    return traced(evaluator, call, "len", *value, Value(static_cast<std::int64_t>(characters)));
  }
  if (value->is_object() && value->object()->content.poison.empty()) {
    const Content& content = value->object()->content;
    if (value->is_sequence() && std::none_of(content.items.begin(), content.items.end(),
                                             [](const Value& item) { return item.is_stretch(); })) {
      return Value(static_cast<std::int64_t>(content.items.size()));
    }
    if (value->is(Type::dict) && content.others.empty()) {
      return Value(static_cast<std::int64_t>(content.table.size()));
    }
  }
  if (value->is_none()) return evaluator.raise(call, "TypeError", "len(None)");
  if (value->is(Type::instance) && value->object()->name == "sys.argv") {
    return make_instance("sys.argv.count");
  }
  return evaluator.unknown_because(*value, Type::integer);
}

Value any_or_all(Evaluator& evaluator, Call& call, bool is_any) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "an argument is missing");
  bool sure = true;
  bool decided = false;
  const std::optional<std::string> broken = evaluator.iterate(*value, [&](const Value& item) {
    const std::optional<bool> truth = truth_of(item);
    sure = sure && truth.has_value();
    decided = truth == is_any;
    return !decided;
  });
  if (decided) return {is_any};
  if (broken || !sure) return evaluator.unknown_because(*value, Type::boolean);
  return {!is_any};
}
Value any(Evaluator& evaluator, Call& call) { return any_or_all(evaluator, call, true); }
Value all(Evaluator& evaluator, Call& call) { return any_or_all(evaluator, call, false); }

// The elements, where all of them are known.
std::optional<std::vector<Value>> elements(Evaluator& evaluator, const Value& value) {
  std::vector<Value> items;
  const std::optional<std::string> broken = evaluator.iterate(value, [&](const Value& item) {
    items.push_back(item);
    return items.size() < kMaxItems;
  });
  if (broken) return std::nullopt;
  return items;
}

// Whether all of these have an order that is known: texts, integers, or tuples of them.
bool have_order(const std::vector<Value>& items) {
  return std::all_of(items.begin(), items.end(), [&](const Value& item) {
    const Value& first = items.front();
    if (!item.is(first.type())) return false;
    if (item.is(Type::text)) return !has_project_mark(item.text());
    if (item.is(Type::integer)) return true;
    if (!item.is(Type::tuple) || !item.object()->content.poison.empty()) return false;
    const std::vector<Value>& parts = item.items();
    if (parts.size() != first.items().size()) return false;
    for (std::size_t at = 0; at < parts.size(); ++at) {
      const Value& part = parts[at];
      const bool plain = part.is(Type::text) ? !has_project_mark(part.text())
                                             : part.is(Type::integer) || part.is(Type::boolean);
      if (!plain || !part.is(first.items()[at].type())) return false;
    }
    return true;
  });
}

Value sorted(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "sorted()");
  std::optional<std::vector<Value>> items = elements(evaluator, *value);
  if (!items) return evaluator.unknown_because(*value, Type::list);
  const Value* key = call.find(SIZE_MAX, "key");
  const Value* reverse = call.find(SIZE_MAX, "reverse");
  const std::optional<bool> backwards = reverse == nullptr ? false : truth_of(*reverse);
  if (!backwards) return evaluator.unknown_because(*reverse, Type::list);
  std::vector<Value> keys = *items;
  if (key != nullptr && !key->is_none()) {
    for (Value& one : keys) {
      Call of{call.scope, call.node, {one}, {}};
      one = evaluator.call(*key, of);
      if (evaluator.is_raising()) return {};
    }
  }
  if (!have_order(keys)) {
    return evaluator.unknown("sorted() of other than texts or integers", Evaluator::maybe_value);
  }
  std::vector<std::size_t> places(items->size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    const Value before = evaluator.compare(*backwards ? Op::greater : Op::less, keys[a], keys[b]);
    return before.is(Type::boolean) && before.truth();
  });
  std::vector<Value> made;
  made.reserve(places.size());
  for (const std::size_t place : places)
    made.push_back((*items)[place]);
  return make_list(std::move(made));
}

// An iterator is the list of what it still gives.
Value iterator_of(Evaluator& evaluator, Call& call) {
  if (call.positional.size() != 1) return evaluator.unknown("iter() of a function");
  return to_sequence(evaluator, call, Type::list);
}

Value next_of(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "next()");
  if (!value->is(Type::list) || !value->object()->content.poison.empty()) {
    return evaluator.unknown_because(*value);
  }
  std::vector<Value>& items = value->object()->content.items;
  // Each step moves all that is left.
  constexpr std::size_t kMost = 1000;
  if (items.size() > kMost) return evaluator.unknown("an iterator of many elements");
  if (items.empty()) {
    const Value* fallback = call.find(1);
    return fallback == nullptr ? evaluator.raise(call, "StopIteration", "nothing is left")
                               : *fallback;
  }
  if (items.front().is_stretch()) {
    return evaluator.unknown(items.front().reason(), Evaluator::maybe_any);
  }
  evaluator.touch(*value);
  const Value first = items.front();
  items.erase(items.begin());
  return first;
}

Value dict_from_keys(Evaluator& evaluator, Call& call) {
  const Value* keys = call.find(0);
  if (keys == nullptr) return evaluator.raise(call, "TypeError", "fromkeys()");
  const Value value = call.find(1) == nullptr ? Value() : *call.find(1);
  Value made = make_dict();
  Content& content = made.object()->content;
  std::optional<std::string> broken = evaluator.iterate(*keys, [&](const Value& key) {
    const std::optional<std::string> code = key_code(key);
    if (code) {
      content.table.set(*code, key, value);
    } else {
      content.poison = "one of its keys is not known";
    }
    return content.poison.empty();
  });
  if (broken) content.others = *std::move(broken);
  return made;
}

Value reversed(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  std::optional<std::vector<Value>> items;
  if (value != nullptr) items = elements(evaluator, *value);
  if (!items) return evaluator.unknown("reversed() of something unknown", Evaluator::maybe_value);
  std::reverse(items->begin(), items->end());
  return make_list(*std::move(items));
}

Value range(Evaluator& evaluator, Call& call) {
  std::array<std::int64_t, 3> bounds{0, 0, 1};
  const std::size_t count = call.positional.size();
  for (std::size_t at = 0; at < count && at < 3; ++at) {
    if (!call.positional[at].is(Type::integer))
      return evaluator.unknown_because(call.positional[at]);
    bounds[count == 1 ? 1 : at] = call.positional[at].whole();
  }
  std::vector<Value> items;
  if (bounds[2] == 0) return evaluator.raise(call, "ValueError", "range() by 0");
  for (std::int64_t at = bounds[0]; bounds[2] > 0 ? at < bounds[1] : at > bounds[1];
       at += bounds[2]) {
    if (items.size() >= kMaxItems) return evaluator.unknown("a range of too many numbers");
    items.emplace_back(at);
  }
  return make_list(std::move(items));
}

Value enumerate(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "enumerate()");
  const Value* start = call.find(1, "start");
  std::int64_t number = start != nullptr && start->is(Type::integer) ? start->whole() : 0;
  std::vector<Value> items;
  const std::optional<std::string> broken = evaluator.iterate(*value, [&](const Value& item) {
    items.push_back(make_list({Value(number++), item}, Type::tuple));
    return true;
  });
  if (broken) return evaluator.unknown(*broken);
  return make_list(std::move(items));
}

Value zip(Evaluator& evaluator, Call& call) {
  std::vector<std::vector<Value>> columns;
  std::size_t rows = SIZE_MAX;
  for (const Value& value : call.positional) {
    std::optional<std::vector<Value>> items = elements(evaluator, value);
    if (!items) return evaluator.unknown_because(value);
    rows = std::min(rows, items->size());
    columns.push_back(*std::move(items));
  }
  std::vector<Value> made;
  for (std::size_t row = 0; row < rows && !columns.empty(); ++row) {
    std::vector<Value> tuple;
    for (const std::vector<Value>& column : columns)
      tuple.push_back(column[row]);
    made.push_back(make_list(std::move(tuple), Type::tuple));
  }
  return make_list(std::move(made));
}

Value map(Evaluator& evaluator, Call& call) {
  if (call.positional.size() != 2) return evaluator.unknown("map() of several lists");
  const Value function = call.positional[0];
  std::vector<Value> made;
  const std::optional<std::string> broken =
      evaluator.iterate(call.positional[1], [&](const Value& item) {
        Call one{call.scope, call.node, {item}, {}};
        made.push_back(evaluator.call(function, one));
        return !evaluator.is_raising();
      });
  if (broken) made.push_back(Value::stretch(*broken));
  return make_list(std::move(made));
}

Value filter(Evaluator& evaluator, Call& call) {
  if (call.positional.size() != 2) return evaluator.raise(call, "TypeError", "filter()");
  const Value function = call.positional[0];
  std::vector<Value> made;
  std::optional<std::string> broken = evaluator.iterate(call.positional[1], [&](const Value& item) {
    Value kept = item;
    if (!function.is_none()) {
      Call one{call.scope, call.node, {item}, {}};
      kept = evaluator.call(function, one);
    }
    const std::optional<bool> truth = truth_of(kept);
    if (!truth) made.push_back(Value::stretch(unknown_reason(kept)));
    if (truth == true) made.push_back(item);
    return !evaluator.is_raising();
  });
  if (broken) made.push_back(Value::stretch(*broken));
  return make_list(std::move(made));
}

Value extreme(Evaluator& evaluator, Call& call, Op op) {
  std::vector<Value> items = call.positional;
  if (!call.named.empty()) return evaluator.unknown("min() or max() by a key");
  if (items.size() == 1) {
    std::optional<std::vector<Value>> inner = elements(evaluator, items[0]);
    if (!inner) return evaluator.unknown_because(items[0]);
    items = *std::move(inner);
  }
  if (items.empty()) return evaluator.raise(call, "ValueError", "min() or max() of nothing");
  Value best = items.front();
  for (const Value& item : items) {
    const Value before = evaluator.compare(op, item, best);
    if (!before.is(Type::boolean))
      return evaluator.unknown_because(item.is_unknown() ? item : best);
    if (before.truth()) best = item;
  }
  return best;
}
Value minimum(Evaluator& evaluator, Call& call) { return extreme(evaluator, call, Op::less); }
Value maximum(Evaluator& evaluator, Call& call) { return extreme(evaluator, call, Op::greater); }

Value sum(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "sum()");
  const Value* start = call.find(1, "start");
  Value total = start == nullptr ? Value(std::int64_t{0}) : *start;
  const std::optional<std::string> broken = evaluator.iterate(*value, [&](const Value& item) {
    total = evaluator.binary(call.scope, call.node, Op::add, total, item);
    return !evaluator.is_raising();
  });
  if (broken) return evaluator.unknown(*broken);
  return total;
}

Value isinstance(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  const Value* wanted = call.find(1);
  if (value == nullptr || wanted == nullptr)
    return evaluator.raise(call, "TypeError", "isinstance()");
  const Type type = value->is_unknown() ? value->hint() : value->type();
  if (type == Type::unknown) return evaluator.unknown_because(*value, Type::boolean);
  const std::vector<Value> types =
      wanted->is(Type::tuple) ? std::vector<Value>(wanted->items()) : std::vector<Value>{*wanted};
  bool sure = true;
  for (const Value& one : types) {
    if (!one.is(Type::native) || type > Type::dict) {
      sure = false;
      continue;
    }
    const std::string& name = one.object()->name;
    if (name == describe(type) || (name == "int" && type == Type::boolean) || name == "object") {
      return {true};
    }
    constexpr auto kTypes = std::to_array<std::string_view>(
        {"bool", "int", "float", "str", "list", "tuple", "set", "dict"});
    if (std::find(kTypes.begin(), kTypes.end(), name) == kTypes.end()) sure = false;
  }
  if (!sure)
    return evaluator.unknown("isinstance() of this class is not followed", 0, Type::boolean);
  return {false};
}

Value type_of(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value != nullptr && value->type() > Type::none && value->type() < Type::function) {
    return make_native(std::string(describe(value->type())));
  }
  return evaluator.unknown("type() of something unknown");
}

Value repr(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "repr()");
  if (std::optional<std::string> text = to_repr(*value)) return Value(*std::move(text));
  return evaluator.unknown_because(*value, Type::text);
}

Value nothing(Evaluator& /*evaluator*/, Call& /*call*/) { return {}; }

// `_missing = object()`: equal to nothing but itself.
Value plain_object(Evaluator& /*evaluator*/, Call& /*call*/) { return make_instance("object"); }

// Of a type's name alone nothing is asked.
Value no_value(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("it is not followed", 0);
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"all", all},
    {"any", any},
    {"bool", to_bool},
    {"callable", no_value},
    {"compile", no_value},
    {"dict", to_dict},
    {"dict.fromkeys", dict_from_keys},
    {"enumerate", enumerate},
    {"eval", no_value},
    {"exec", no_value},
    {"execfile", no_value},
    {"filter", filter},
    {"frozenset", to_set},
    {"input", no_value},
    {"isinstance", isinstance},
    {"iter", iterator_of},
    {"len", length},
    {"list", to_list},
    {"map", map},
    {"max", maximum},
    {"min", minimum},
    {"next", next_of},
    {"object", plain_object},
    {"print", nothing},
    {"property", no_value},
    {"range", range},
    {"repr", repr},
    {"reversed", reversed},
    {"set", to_set},
    {"sorted", sorted},
    {"str", to_str},
    {"sum", sum},
    {"super", no_value},
    {"tuple", to_tuple},
    {"type", type_of},
    {"zip", zip},
});

}  // namespace

std::span<const NativeEntry> builtin_natives() { return kNatives; }

}  // namespace gate::readers::python
