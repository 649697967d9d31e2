#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/effects.h"
#include "gate/readers/settings/php/evaluator.h"
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
  return find_function(lowered) != nullptr || is_by_value(lowered) || world_.takes_values(lowered);
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
    if (may_take_reference(callable))
      forget_arguments(list, "it was given to a function by reference");
    return call_value(callable, *given);
  }
  if (std::optional<Value> special = call_special(node, *given)) return *std::move(special);
  const std::string lowered = base::to_lower(callee.text());
  const auto own = functions_.find(lowered);
  if (own == functions_.end()) {
    if (std::optional<Value> changed = call_in_place(node, *given)) return *std::move(changed);
  } else if (takes_reference(Node(own->second.first.tree.get(), own->second.second))) {
    forget_arguments(list, "it was given to a function by reference");
  }
  if (!takes_values(node) && own == functions_.end()) {
    const std::string reason =
        stopped_at(node, fmt::format("it calls {}(), which gate does not run", callee.text()))
            .reason();
    forget_arguments(list, reason);
    called_ = node.id();
    if (std::optional<Value> known = world_.call(*this, lowered, *given)) return *std::move(known);
    explore(*given);
    return Value::unknown(reason);
  }
  // What stands behind the parameters that gate knows may be a reference: `str_replace(…, $count)`.
  if (const Function* const function = find_function(lowered);
      own == functions_.end() && function != nullptr &&
      given->size() > function->count_parameters())
    forget_arguments(list, "it was given to a function by reference");
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
  if (name == "function_exists" || name == "defined" || name == "constant") {
    if (given.size() != 1 || !given[0].value.is(Type::string)) return std::nullopt;
    const std::string& asked = given[0].value.text();
    return name == "function_exists" ? function_exists(asked) : constant_named(asked, name);
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

// A function that the file at hand declares if it is not there is taken for not there.
std::optional<Value> Evaluator::function_exists(std::string_view name) const {
  const std::string lowered = base::to_lower(name);
  if (functions_.find(lowered) != functions_.end() || find_function(lowered) != nullptr ||
      world_.takes_values(lowered))
    return Value(true);
  for (const NodeData& node : file_->tree->nodes()) {
    if (node.kind == NodeKind::function_declaration && same_name(node.text, lowered))
      return Value(false);
  }
  return std::nullopt;
}

// defined() and constant().
std::optional<Value> Evaluator::constant_named(std::string_view name,
                                               std::string_view function) const {
  const auto own = constants_.find(name);
  const std::optional<Value> found =
      own != constants_.end() ? std::optional(own->second) : find_constant(name);
  if (!found) return std::nullopt;
  return function == "defined" ? Value(true) : *found;
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
  if (list.has(first_class) && scope.is(NodeKind::name) && !node.text().empty()) {
    Closure closure;
    closure.function = fmt::format("{}::{}", scope.text(), node.text());
    return closure;
  }
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

}  // namespace gate::readers::php
