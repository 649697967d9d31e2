// Builtin functions and types (docs.python.org/3/library/functions).
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

std::string_view strip(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n\r\f\v");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\r\f\v") - begin + 1);
}

// int() of a text; nothing where it is no number.
std::optional<std::int64_t> parse_integer(std::string_view text, int radix, bool& too_large) {
  text = strip(text);
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  std::string digits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    // An underscore stands between two digits.
    if (text[at] == '_' && at > 0 && at + 1 < text.size() && text[at - 1] != '_' &&
        text[at + 1] != '_') {
      continue;
    }
    digits += text[at];
  }
  std::int64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, radix);
  if (end != digits.data() + digits.size() || digits.empty() || digits[0] == '-')
    return std::nullopt;
  too_large = error == std::errc::result_out_of_range;
  if (error != std::errc()) return std::nullopt;
  return negative ? -value : value;
}

Value to_bool(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return {false};
  // Of a variable as it is: what is computed from it has not this origin.
  if (value->from(origin::environment)) evaluator.note_text_truth(call);
  const std::optional<bool> truth = truth_of(*value);
  if (!truth) return evaluator.unknown_because(*value, Type::boolean);
  return traced(evaluator, call, "bool", *value, Value(*truth));
}

Value to_int(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return {std::int64_t{0}};
  int radix = 10;
  if (const Value* base = call.find(1, "base"); base != nullptr) {
    if (!base->is(Type::integer) || base->whole() < 2 || base->whole() > 36) {
      return evaluator.unknown("the base of a number", Evaluator::maybe_value, Type::integer);
    }
    radix = static_cast<int>(base->whole());
  }
  switch (value->type()) {
    case Type::boolean:
      return Value(std::int64_t{value->truth() ? 1 : 0}).with(value->trace());
    case Type::integer:
      return value->marked(0);
    case Type::number:
      if (std::fabs(value->real()) < 9e18) {
        return Value(static_cast<std::int64_t>(value->real())).with(value->trace());
      }
      break;
    case Type::text: {
      bool too_large = false;
      if (has_project_mark(value->text())) break;
      if (const auto whole = parse_integer(value->text(), radix, too_large)) {
        return traced(evaluator, call, "int", *value, Value(*whole));
      }
      if (too_large) break;
      return evaluator.raise(call, "ValueError",
                             fmt::format("int({}) is no number", shown(*value)));
    }
    case Type::none:
      return evaluator.raise(call, "TypeError", "int(None)");
    default:
      break;
  }
  return evaluator.unknown_because(*value, Type::integer);
}

Value to_float(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return {0.0};
  if (value->is(Type::integer))
    return Value(static_cast<double>(value->whole())).with(value->trace());
  if (value->is(Type::boolean)) return Value(value->truth() ? 1.0 : 0.0).with(value->trace());
  if (value->is(Type::number)) return value->marked(0);
  if (value->is(Type::none)) return evaluator.raise(call, "TypeError", "float(None)");
  if (value->is(Type::text)) {
    const std::string_view text = strip(value->text());
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && !text.empty()) {
      return traced(evaluator, call, "float", *value, Value(number));
    }
    if (text.starts_with('+') || text.find('_') != std::string_view::npos) {
      return evaluator.unknown("the number is not followed", Evaluator::maybe_value, Type::number);
    }
    return evaluator.raise(call, "ValueError",
                           fmt::format("float({}) is no number", shown(*value)));
  }
  return evaluator.unknown_because(*value, Type::number);
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

Value sorted(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr || !call.named.empty()) return evaluator.unknown("sorted() by a key");
  std::optional<std::vector<Value>> items = elements(evaluator, *value);
  if (!items) return evaluator.unknown_because(*value, Type::list);
  for (const Value& item : *items) {
    if (!item.is(items->front().type()) || (!item.is(Type::text) && !item.is(Type::integer))) {
      return evaluator.unknown("sorted() of other than texts or integers", Evaluator::maybe_value);
    }
  }
  std::stable_sort(items->begin(), items->end(), [&](const Value& a, const Value& b) {
    const Value less = evaluator.compare(Op::less, a, b);
    return less.is(Type::boolean) && less.truth();
  });
  return make_list(*std::move(items));
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

Value absolute(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value != nullptr && value->is(Type::integer) && value->whole() > INT64_MIN) {
    return {std::abs(value->whole())};
  }
  if (value != nullptr && value->is(Type::number)) return {std::fabs(value->real())};
  return evaluator.unknown("abs() of something unknown");
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

Value attribute_of(Evaluator& evaluator, Call& call) {
  const Value* object = call.find(0);
  const std::optional<std::string> name = text_argument(call, 1);
  if (object == nullptr || !name) return evaluator.unknown("getattr() of an unknown name");
  const Value* fallback = call.find(2);
  if (fallback != nullptr && object->is(Type::module) && object->object()->module != nullptr &&
      object->object()->content.others.empty()) {
    const Value* found = object->object()->content.table.find(*name);
    return found == nullptr ? *fallback : *found;
  }
  const Value found = evaluator.attribute(call.scope, call.node, *object, *name);
  if (fallback != nullptr && found.is_unknown()) {
    return evaluator.unknown(fmt::format("whether it has `{}` is not known", *name));
  }
  return found;
}

Value has_attribute(Evaluator& evaluator, Call& call) {
  const Value* object = call.find(0);
  const std::optional<std::string> name = text_argument(call, 1);
  if (object != nullptr && name && object->is(Type::module) &&
      object->object()->module != nullptr && object->object()->content.others.empty()) {
    return {object->object()->content.table.find(*name) != nullptr};
  }
  return evaluator.unknown("hasattr() is not followed", 0, Type::boolean);
}

Value open_file(Evaluator& evaluator, Call& call) {
  const Value* path = call.find(0, "file");
  if (path != nullptr) {
    std::optional<std::string> text = to_text(*path);
    if (text && project_path(*text)) {
      if (std::optional<std::string> content = evaluator.files().read(*project_path(*text))) {
        Value file = make_instance("io.TextIOWrapper");
        file.object()->content.table.set_name("value", Value(*std::move(content)));
        return file;
      }
    }
  }
  return evaluator.unknown("the file is not in the repository", Evaluator::maybe_os);
}

Value read_file(Evaluator& evaluator, Call& call) {
  const Value* held = call.self.object()->content.table.find("value");
  if (held == nullptr || !call.positional.empty())
    return evaluator.unknown("a file is read in parts");
  if (has_project_mark(held->text()))
    return evaluator.unknown("the file holds a control character");
  return *held;
}

// The names of the module: what is changed in it changes them.
Value names_of_module(Evaluator& /*evaluator*/, Call& call) {
  Value names = make_instance("namespace");
  names.object()->module = call.scope.module;
  return names;
}

Value namespace_update(Evaluator& evaluator, Call& call) {
  Module& module = *call.scope.module;
  const Value* from = call.find(0);
  evaluator.touch(module.object);
  Table& names = module.object.object()->content.table;
  if (from != nullptr) {
    if (!from->is(Type::dict) || !from->object()->content.poison.empty() ||
        !from->object()->content.others.empty()) {
      evaluator.poison_module(module, "its names are replaced by unknown ones (`update`)");
      return {};
    }
    for (const Table::Entry& entry : from->object()->content.table.entries()) {
      if (entry.key.is(Type::text)) names.set_name(entry.key.text(), entry.value);
    }
  }
  for (const Call::Named& named : call.named)
    names.set_name(named.name, named.value);
  return {};
}

Value namespace_get(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> name = text_argument(call, 0);
  const Content& content = call.scope.module->object.object()->content;
  if (!name) return evaluator.unknown("a name that is not known is asked for");
  if (const Value* found = content.table.find(*name)) return *found;
  if (!content.others.empty()) return evaluator.unknown(content.others, Evaluator::maybe_lookup);
  const Value* fallback = call.find(1);
  return fallback == nullptr ? Value() : *fallback;
}

Value namespace_item(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> name = text_argument(call, 0);
  const Content& content = call.scope.module->object.object()->content;
  if (name && content.table.find(*name) == nullptr && content.others.empty()) {
    return evaluator.raise(call, "KeyError", *name);
  }
  return namespace_get(evaluator, call);
}

// Of a type's name alone nothing is asked.
Value no_value(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("it is not followed", 0);
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"abs", absolute},
    {"all", all},
    {"any", any},
    {"bool", to_bool},
    {"bytes", no_value},
    {"callable", no_value},
    {"compile", no_value},
    {"dict", to_dict},
    {"enumerate", enumerate},
    {"eval", no_value},
    {"exec", no_value},
    {"execfile", no_value},
    {"filter", filter},
    {"float", to_float},
    {"frozenset", to_set},
    {"getattr", attribute_of},
    {"globals", names_of_module},
    {"hasattr", has_attribute},
    {"input", no_value},
    {"int", to_int},
    {"io.TextIOWrapper.read", read_file},
    {"io.TextIOWrapper.close", nothing},
    {"isinstance", isinstance},
    {"len", length},
    {"list", to_list},
    {"locals", names_of_module},
    {"map", map},
    {"max", maximum},
    {"min", minimum},
    {"namespace.__getitem__", namespace_item},
    {"namespace.get", namespace_get},
    {"namespace.update", namespace_update},
    {"object", no_value},
    {"open", open_file},
    {"print", nothing},
    {"property", no_value},
    {"range", range},
    {"repr", repr},
    {"reversed", reversed},
    {"round", no_value},
    {"set", to_set},
    {"sorted", sorted},
    {"str", to_str},
    {"sum", sum},
    {"super", no_value},
    {"tuple", to_tuple},
    {"type", type_of},
    {"vars", names_of_module},
    {"zip", zip},
});

}  // namespace

std::span<const NativeEntry> builtin_natives() { return kNatives; }

}  // namespace gate::readers::python
