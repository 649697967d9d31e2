// The classes that the code of a migration stands in or calls: traits, parents, enums, models; and
// the macros of Blueprint.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/migrations/laravel/interpreter.h"

namespace gate::readers::migrations::laravel {
namespace {

using php::Node;
using php::NodeKind;

constexpr std::size_t kMostRelatives = 16;

Node method_in(Node declaration, std::string_view name) {
  for (const Node member : declaration.child(3).children()) {
    if (member.is(NodeKind::method) && php::same_name(member.text(), name)) return member;
  }
  return {&declaration.tree(), 0};
}

}  // namespace

// Where something is said to be: of code in another file, the call that leads there.
base::Span Interpreter::place(Node node) const {
  return &node.tree() == &class_.tree() ? node.span() : here_;
}

Interpreter::Family Interpreter::family_of(Node declaration) {
  Family family{declaration};
  const std::function<void(Node)> follow = [&](Node of) {
    std::vector<Node> names;
    for (const Node member : of.child(3).children()) {
      if (!member.is(NodeKind::trait_use)) continue;
      for (const Node name : member.children())
        names.push_back(name);
    }
    if (!of.is(NodeKind::enum_declaration)) {
      for (const Node parent : of.child(1).children())
        names.push_back(parent);
    }
    for (const Node name : names) {
      const auto found = project_.class_named(name.text());
      if (!found || family.size() >= kMostRelatives) continue;
      const bool seen = std::any_of(family.begin(), family.end(), [&](const Node& known) {
        return &known.tree() == &found->tree() && known.id() == found->id();
      });
      if (seen) continue;
      family.push_back(*found);
      follow(*found);
    }
  };
  follow(declaration);
  return family;
}

std::optional<Interpreter::Family> Interpreter::family_named(std::string_view class_name) {
  const auto found = project_.class_named(class_name);
  return found ? std::optional(family_of(*found)) : std::nullopt;
}

Node Interpreter::find_method(std::string_view name) const {
  for (const Node own : family()) {
    if (const Node method = method_in(own, name)) return method;
  }
  return {&class_.tree(), 0};
}

Value Interpreter::in_family(Family family, const std::function<Value()>& evaluate) {
  families_.push_back(std::move(family));
  Value value = evaluate();
  families_.pop_back();
  return value;
}

// A case of an enum: its name, and the value that stands for it.
Value Interpreter::case_of(Node node) {
  Value made = Value::of(Value::Kind::enum_case);
  const Value value = node.child(1) ? evaluate(node.child(1)) : Value{};
  made.text = value.as_text().value_or(std::string(node.text()));
  made.items = std::make_shared<const Items>(
      Items{{Value::of(std::string("name")), Value::of(std::string(node.text()))},
            {Value::of(std::string("value")), value}});
  return made;
}

Value Interpreter::list_cases() {
  Items cases;
  for (const Node member : family().front().child(3).children()) {
    if (member.is(NodeKind::enum_case))
      cases.emplace_back(Value::of(static_cast<std::int64_t>(cases.size())), case_of(member));
  }
  return Value::of(std::move(cases));
}

// A constant or a case of the family whose code runs.
Value Interpreter::find_constant(std::string_view name) {
  if (depth_ >= kDeepest) return {};
  ++depth_;
  Value value = constant_of_family(name);
  --depth_;
  return value;
}

Value Interpreter::constant_of_family(std::string_view name) {
  for (const Node own : family()) {
    for (const Node member : own.child(3).children()) {
      if (member.is(NodeKind::enum_case) && member.text() == name) return case_of(member);
      if (!member.is(NodeKind::class_constants)) continue;
      for (const Node element : member.children()) {
        if (element.is(NodeKind::constant_element) && element.text() == name)
          return evaluate(element.child(0));
      }
    }
  }
  return {};
}

// A static method of a class of the project; a null where it has none of this name.
Value Interpreter::call_static(std::string_view scope, std::string_view method,
                               const Arguments& arguments) {
  const auto call = [&]() -> Value {
    const bool parent = scope == "parent" && family().size() > 1;
    const Node found = parent ? method_in(family()[1], method) : find_method(method);
    if (found) return call_method_of_class(found, arguments);
    const bool is_enum = family().front().is(NodeKind::enum_declaration);
    return is_enum && method == "cases" ? list_cases() : Value::of(Value::Kind::null);
  };
  if (scope == "self" || scope == "static" || scope == "parent") return call();
  std::optional<Family> other = family_named(scope);
  return other ? in_family(*std::move(other), call) : Value::of(Value::Kind::null);
}

// A method that the project has added to Blueprint: its closure, with the blueprint as $this.
Value Interpreter::call_macro(const Value& blueprint, std::string_view name,
                              const Arguments& arguments) {
  const std::optional<Node> found = project_.macro(name);
  if (!found) {
    blueprints_.back()->fail(fmt::format("`{}()` is no method of Laravel's Blueprint", name));
    return {};
  }
  scopes_.emplace_back();
  scopes_.back().insert_or_assign("this", blueprint);
  Value closure = make_closure(*found);
  scopes_.pop_back();
  std::vector<Value> given = arguments.places;
  std::size_t place = 0;
  for (const Node parameter : found->child(1).children()) {
    const auto named = arguments.names.find(parameter.text());
    if (named != arguments.names.end()) {
      // Those that are left out in front of it take their defaults.
      for (std::size_t before = given.size(); before < place; ++before)
        given.push_back(evaluate(found->child(1).child(before).child(2)));
      if (place < given.size()) given[place] = named->second;
      if (place == given.size()) given.push_back(named->second);
    }
    ++place;
  }
  return call_closure(closure, given);
}

}  // namespace gate::readers::migrations::laravel
