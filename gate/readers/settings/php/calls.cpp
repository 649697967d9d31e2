#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/evaluator.h"
#include "gate/readers/settings/php/frame.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

// Whether a reason ends with its place: "… (config/app.php:9)".
bool has_place(std::string_view reason) {
  if (!reason.ends_with(')')) return false;
  const std::size_t colon = reason.rfind(':');
  return colon != std::string_view::npos && colon + 2 < reason.size() &&
         reason.find_first_not_of("0123456789", colon + 1) == reason.size() - 1;
}

}  // namespace

const Value* find_argument(const Arguments& arguments, std::size_t place, std::string_view name) {
  for (const Argument& given : arguments)
    if (given.name == name) return &given.value;
  if (place < arguments.size() && arguments[place].name.empty()) return &arguments[place].value;
  return nullptr;
}

// Returns the arguments of a call; nothing where what is unpacked is not known.
std::optional<Arguments> Evaluator::arguments(Node list) {
  Arguments given;
  for (const Node argument : list.children()) {
    Value value = expression(argument.first());
    charge(value);
    if (!argument.has(spread)) {
      given.push_back({std::move(value), std::string(argument.text())});
      continue;
    }
    if (!value.is(Type::array) || !value.array().unknown_key().empty()) return std::nullopt;
    for (const Array::Entry& entry : value.array().entries())
      given.push_back({entry.value, entry.key.is_number() ? "" : entry.key.text()});
  }
  return given;
}

// A variable that a function takes by reference is not known behind the call.
void Evaluator::forget_arguments(Node list, const std::string& reason) {
  for (const Node argument : list.children()) {
    Node root = argument.first();
    while (root.is(NodeKind::index) || root.is(NodeKind::property))
      root = root.first();
    if (root.is(NodeKind::variable)) forget_variable(root.text(), reason);
  }
}

// Calls the functions among some arguments, with what nobody knows.
void Evaluator::explore(const Arguments& given) {
  if (!world_.explores()) return;
  for (const Argument& argument : given)
    if (argument.value.is(Type::closure)) static_cast<void>(invoke(argument.value, {}));
}

bool Evaluator::takes_values(Node called) {
  const Node callee = called.first();
  if (!callee.is(NodeKind::name)) return false;
  if (called.is(NodeKind::static_call))
    return world_.takes_values(fmt::format("{}::{}", callee.text(), called.text()));
  if (!called.is(NodeKind::call)) return false;
  const std::string lowered = base::to_lower(callee.text());
  return find_function(lowered) != nullptr || world_.takes_values(lowered);
}

// Adds what a call did to the trace of its result.
Value Evaluator::finish_call(Node node, std::string_view name, Value result,
                             const Arguments& given) {
  charge(result);
  if (!result.is_known()) {
    return has_place(result.reason()) ? result : stopped_at(node, result.reason());
  }
  Trace trace = result.trace();
  if (trace.empty()) {
    for (const Argument& argument : given)
      trace = Trace::join(trace, whole_trace(argument.value));
    if (trace.empty()) return result;  // made of what stands in the code
  }
  result = result.with(trace);
  return result.then({fmt::format("{}() is {}", name, shown(result)), place(node)});
}

Value Evaluator::call(Node node) {
  const Node callee = node.first();
  const Node list = node.child(1);
  if (list.has(first_class)) {
    if (!callee.is(NodeKind::name)) return expression(callee);
    Closure closure;
    closure.function = callee.text();
    return closure;
  }
  std::optional<Arguments> given = arguments(list);
  if (!given) return stopped_at(node, "its arguments are not known");
  if (!callee.is(NodeKind::name)) {
    Value callable = expression(callee);
    if (!callable.is_known()) {
      forget_arguments(list, callable.reason());
      return callable;
    }
    std::vector<Value> values;
    for (Argument& argument : *given)
      values.push_back(std::move(argument.value));
    return invoke(callable, values);
  }
  if (std::optional<Value> special = call_special(node, *given)) return *std::move(special);
  if (!takes_values(node) && functions_.find(base::to_lower(callee.text())) == functions_.end()) {
    const std::string reason =
        stopped_at(node, fmt::format("it calls {}(), which gate does not run", callee.text()))
            .reason();
    forget_arguments(list, reason);
    called_ = node.id();
    if (std::optional<Value> known = world_.call(*this, base::to_lower(callee.text()), *given))
      return *std::move(known);
    explore(*given);
    return Value::unknown(reason);
  }
  return finish_call(node, short_name(callee.text()), call_named(callee.text(), *given), *given);
}

// Functions that do something to the code that calls them.
std::optional<Value> Evaluator::call_special(Node node, const Arguments& given) {
  const std::string name = base::to_lower(node.first().text());
  if (name == "define") {
    const bool is_named = given.size() == 2 && given[0].value.is(Type::string);
    if (!is_named) return stopped_at(node, "the name of a constant is not known");
    constants_.insert_or_assign(given[0].value.text(), given[1].value);
    return Value(true);
  }
  if (name == "extract" || name == "parse_str" || name == "mb_parse_str") {
    forget_all(stopped_at(node, fmt::format("{}() may set any variable", name)).reason());
    return Value::unknown(forgotten_);
  }
  if (name == "putenv" || name == "apache_setenv") {
    world_.forget_environment(stopped_at(node, "the code changes the environment").reason());
    return Value(true);
  }
  if (name == "compact") {
    Array array;
    for (const Argument& argument : given) {
      if (!argument.value.is(Type::string) || !forgotten_.empty() ||
          referenced_.contains(argument.value.text()))
        return stopped_at(node, "it gathers variables that are not known");
      const auto found = variables_->find(argument.value.text());
      if (found != variables_->end()) array.set(Key(found->first), found->second);
    }
    return Value(std::move(array));
  }
  return std::nullopt;
}

Value Evaluator::call_named(std::string_view name, const Arguments& given) {
  const std::string lowered = base::to_lower(name);
  if (const auto own = functions_.find(lowered); own != functions_.end()) {
    const auto [file, id] = own->second;
    return call_node(file, Node(file.tree.get(), id), given, {});
  }
  if (const Function* const function = find_function(lowered))
    return call_function(*function, *this, given);
  if (std::optional<Value> known = world_.call(*this, lowered, given)) return *std::move(known);
  return Value::unknown(fmt::format("it calls {}(), which gate does not run", name));
}

Value Evaluator::static_call(Node node) {
  const Node scope = node.first();
  const Node list = node.child(1);
  const std::string shown_name =
      fmt::format("{}::{}", scope.is(NodeKind::name) ? short_name(scope.text()) : "…", node.text());
  const std::optional<Arguments> given = arguments(list);
  if (!given) return stopped_at(node, "its arguments are not known");
  if (scope.is(NodeKind::name) && !node.text().empty() && !list.has(first_class)) {
    called_ = node.id();
    if (std::optional<Value> known = world_.call_static(*this, scope.text(), node.text(), *given))
      return finish_call(node, shown_name, *std::move(known), *given);
  }
  const std::string reason =
      stopped_at(node, fmt::format("it calls {}(), which gate does not run", shown_name)).reason();
  if (scope.is(NodeKind::name) && same_name(short_name(scope.text()), "Dotenv"))
    world_.forget_environment(reason);
  if (!takes_values(node)) forget_arguments(list, reason);
  explore(*given);
  return Value::unknown(reason);
}

Value Evaluator::method_call(Node node) {
  Value object = expression(node.first());
  const Node list = node.child(1);
  const std::optional<Arguments> given = arguments(list);
  if (!object.is_known()) {
    forget_arguments(list, object.reason());
    if (given) explore(*given);
    return object;
  }
  if (object.is(Type::null) && node.has(nullsafe)) return object;
  if (given && !node.text().empty() && !list.has(first_class)) {
    called_ = node.id();
    if (std::optional<Value> known = world_.call_method(*this, object, node.text(), *given)) {
      Arguments all = *given;
      all.push_back({object, {}});
      return finish_call(node, fmt::format("->{}", node.text()), *std::move(known), all);
    }
  }
  const std::string reason =
      stopped_at(node, fmt::format("it calls ->{}(), which gate does not run", node.text()))
          .reason();
  forget_arguments(list, reason);
  if (given) explore(*given);
  return Value::unknown(reason);
}

Value Evaluator::closure(Node node) {
  Closure made;
  made.tree = file_->tree;
  made.path = file_->path;
  made.node = node.id();
  if (node.is(NodeKind::arrow_function)) {
    if (forgotten_.empty()) made.captured = *variables_;
    for (const std::string& name : referenced_)
      made.captured[name] = Value::unknown("something refers to the variable");
    return made;
  }
  if (const auto self = variables_->find("this"); self != variables_->end() && forgotten_.empty())
    made.captured["this"] = self->second;
  for (const Node use : node.child(4).children()) {
    const std::string name(use.text());
    if (use.has(by_reference)) referenced_.insert(name);
    if (referenced_.contains(name)) {
      made.captured[name] = Value::unknown("something refers to the variable");
      continue;
    }
    const auto found = variables_->find(name);
    if (found != variables_->end() && forgotten_.empty()) made.captured[name] = found->second;
  }
  return made;
}

Value Evaluator::invoke(const Value& callable, const std::vector<Value>& values) {
  Arguments given;
  for (const Value& value : values)
    given.push_back({value, {}});
  if (callable.is(Type::string)) return call_named(callable.text(), given);
  if (!callable.is(Type::closure)) return Value::unknown("it calls what gate does not run");
  const Closure& made = callable.closure();
  if (!made.function.empty()) return call_named(made.function, given);
  const File file{made.tree, made.path};
  return call_node(file, Node(made.tree.get(), made.node), given, made.captured);
}

// Calls a function, closure or arrow function of a file.
Value Evaluator::call_node(const File& file, Node function, const Arguments& given,
                           Variables captured) {
  if (calls_ >= kMaxCalls) return Value::unknown("functions call each other too deeply");
  Variables own = std::move(captured);
  std::size_t place = 0;
  Frame frame(*this, file, &own);
  for (const Node parameter : function.child(1).children()) {
    const std::string name(parameter.text());
    if ((parameter.has(by_reference) || parameter.has(spread)) && world_.explores()) {
      own[name] = Value::unknown(fmt::format("${} is known only when the code runs", name));
      continue;
    }
    if (parameter.has(by_reference) || parameter.has(spread))
      return Value::unknown("it calls a function with references or `...`");
    if (place < given.size() && given[place].name.empty()) {
      own[name] = converted(parameter.child(1), given[place].value);
    } else if (parameter.child(2)) {
      own[name] = expression(parameter.child(2));
    } else if (world_.explores()) {
      own[name] = Value::unknown(fmt::format("${} is known only when the code runs", name));
    } else {
      return Value::unknown("it calls a function with too few arguments");
    }
    ++place;
  }
  for (const Argument& argument : given)
    if (!argument.name.empty()) return Value::unknown("it calls a function with named arguments");
  if (function.has(by_reference))
    return Value::unknown("it calls a function that returns a reference");
  const Node type = function.child(2);
  if (function.is(NodeKind::arrow_function)) return converted(type, expression(function.child(3)));
  const Flow flow = statements(function.child(3));
  return converted(type, flow == Flow::returns ? returned_ : Value());
}

// What a declared type makes of a value: PHP converts scalars, and stops at what does not fit.
Value Evaluator::converted(Node type, const Value& value) {
  if (!type || !value.is_known() || value.is(Type::object)) return value;
  Node named = type;
  if (type.is(NodeKind::nullable_type)) {
    if (value.is(Type::null)) return value;
    named = type.first();
  }
  const std::string_view name = named.text();
  const bool fits =
      name == "mixed" || (name == "string" && value.is(Type::string)) ||
      (name == "int" && value.is(Type::integer)) || (name == "bool" && value.is(Type::boolean)) ||
      (name == "float" && value.is(Type::number)) || (name == "array" && value.is(Type::array));
  if (named.is(NodeKind::named_type) && fits) return value;
  return Value::unknown("a declared type converts it");
}

}  // namespace gate::readers::php
