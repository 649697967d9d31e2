// Functions as values, and what happens when one is called.
#include <algorithm>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/declared_type.h"
#include "gate/readers/settings/php/effects.h"
#include "gate/readers/settings/php/evaluator.h"
#include "gate/readers/settings/php/frame.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {

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

// Whether calling a value may change what it is given.
bool Evaluator::may_take_reference(const Value& callable) const {
  if (!callable.is(Type::closure)) {
    // Of the name of a function that gate does not know nobody knows it.
    return !callable.is(Type::string) || find_function(base::to_lower(callable.text())) == nullptr;
  }
  const Closure& made = callable.closure();
  if (made.tree) return takes_reference(Node(made.tree.get(), made.node));
  return find_function(base::to_lower(made.function)) == nullptr;
}

Value Evaluator::invoke(const Value& callable, const std::vector<Value>& values) {
  Arguments given;
  for (const Value& value : values)
    given.push_back({value, {}});
  return call_value(callable, given);
}

Value Evaluator::call_value(const Value& callable, const Arguments& given) {
  if (callable.is(Type::string)) return call_by_name(callable.text(), given);
  if (callable.is(Type::array) && callable.array().size() == 2) {
    const Value* const of = callable.array().find(Key(std::int64_t{0}));
    const Value* const method = callable.array().find(Key(std::int64_t{1}));
    if (of != nullptr && method != nullptr && of->is(Type::string) && method->is(Type::string))
      return call_by_name(fmt::format("{}::{}", of->text(), method->text()), given);
  }
  if (!callable.is(Type::closure)) return Value::unknown("it calls what gate does not run");
  const Closure& made = callable.closure();
  if (!made.function.empty()) return call_by_name(made.function, given);
  const File file{made.tree, made.path};
  return call_node(file, Node(made.tree.get(), made.node), given, made.captured);
}

// The name of a function, or `Class::method`.
Value Evaluator::call_by_name(std::string_view name, const Arguments& given) {
  const std::size_t scope = name.find("::");
  if (scope == std::string_view::npos) return call_named(name, given);
  std::string_view class_name = name.substr(0, scope);
  if (class_name.starts_with('\\')) class_name.remove_prefix(1);
  if (std::optional<Value> known =
          world_.call_static(*this, class_name, name.substr(scope + 2), given))
    return *std::move(known);
  return Value::unknown(fmt::format("it calls {}(), which gate does not run", name));
}

// Lays what is given into the parameters of a function; returns why that cannot be known.
std::optional<std::string> Evaluator::bind_parameters(Node function, const Arguments& given,
                                                      bool strict, Variables& own) {
  const bool explores = world_.explores();
  const auto positional = static_cast<std::size_t>(std::count_if(
      given.begin(), given.end(), [](const Argument& one) { return one.name.empty(); }));
  std::size_t named = 0;
  std::size_t place = 0;
  for (const Node parameter : function.child(1).children()) {
    const std::string name(parameter.text());
    const Value open = Value::unknown(fmt::format("${} is known only when the code runs", name));
    if (parameter.has(by_reference)) {
      if (!explores) return "it calls a function with references";
      own[name] = open;
      continue;
    }
    if (parameter.has(spread)) {
      if (explores) {
        own[name] = open;
        continue;
      }
      Array rest;
      for (std::size_t at = place; at < positional; ++at)
        rest.push(convert_to_declared(parameter.child(1), given[at].value, strict));
      own[name] = Value(std::move(rest));
      continue;
    }
    const Value* found = find_argument(given, place, name);
    if (found != nullptr && place >= positional) ++named;
    if (found != nullptr) {
      // A default of null lets null in whatever the type says.
      const bool takes_null = found->is(Type::null) && parameter.child(2).is(NodeKind::constant) &&
                              same_name(parameter.child(2).text(), "null");
      own[name] = takes_null ? *found : convert_to_declared(parameter.child(1), *found, strict);
    } else if (parameter.child(2)) {
      own[name] = expression(parameter.child(2));
    } else if (explores) {
      own[name] = open;
    } else {
      return "it calls a function with too few arguments";
    }
    ++place;
  }
  if (named + positional < given.size() && !explores)
    return "it calls a function with names that it does not have";
  return std::nullopt;
}

// Calls a function, closure or arrow function of a file.
Value Evaluator::call_node(const File& file, Node function, const Arguments& given,
                           Variables captured) {
  if (calls_ >= kMaxCalls) return Value::unknown("functions call each other too deeply");
  Variables own = std::move(captured);
  const bool strict = strict_;
  Frame frame(*this, file, &own);
  if (const std::optional<std::string> why = bind_parameters(function, given, strict, own))
    return Value::unknown(*why);
  if (function.has(by_reference))
    return Value::unknown("it calls a function that returns a reference");
  const Node body = function.child(3);
  if (yields(body) && !world_.explores()) return Value::unknown("it makes a generator");
  const Node type = function.child(2);
  if (function.is(NodeKind::arrow_function))
    return convert_to_declared(type, expression(body), strict_);
  const Flow flow = statements(body);
  return convert_to_declared(type, flow == Flow::returns ? returned_ : Value(), strict_);
}

}  // namespace gate::readers::php
