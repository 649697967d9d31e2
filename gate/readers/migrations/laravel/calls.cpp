// Calls of a migration: the facades Schema and DB, blueprints, functions of PHP and Laravel.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/migrations/laravel/interpreter.h"
#include "gate/readers/migrations/laravel/words.h"
#include "gate/readers/migrations/replay.h"

namespace gate::readers::migrations::laravel {
namespace {

using php::Node;
using php::NodeKind;
bool is_facade(std::string_view name, std::string_view facade) {
  return php::same_name(php::short_name(name), facade);
}

}  // namespace

void Interpreter::emit(sql::Statement statement) {
  if (thrown_) return;
  for (std::size_t at = 0; at < statement.operations.size(); ++at) {
    sql::Operation& operation = statement.operations[at];
    operation.guarded = operation.guarded || undecided_ > 0;
    const std::string refusal = apply(schema_, operation, origin_);
    if (refusal.empty() || operation.guarded || tries_ == 0) continue;
    // What is refused has not happened, nor what stands behind it.
    thrown_ = true;
    statement.operations.resize(at);
  }
  if (thrown_ && statement.operations.empty()) return;
  statements_.push_back(std::move(statement));
}

void Interpreter::emit(sql::Operation operation, Node node, std::string_view verb) {
  sql::Statement statement;
  statement.span = place(node);
  statement.verb = verb;
  operation.span = place(node);
  statement.operations.push_back(std::move(operation));
  emit(std::move(statement));
}

void Interpreter::emit_opaque(Node node, std::string why) {
  sql::Operation operation;
  operation.span = place(node);
  sql::Statement statement;
  statement.span = place(node);
  statement.verb = "PHP";
  statement.opaque = std::move(why);
  statement.operations.push_back(std::move(operation));
  emit(std::move(statement));
}

void Interpreter::remark(RemarkKind kind, Node node) {
  std::string_view written = node.tree().written(node);
  constexpr std::size_t kShown = 60;
  written = written.substr(0, std::min(written.find('\n'), std::min(kShown, written.size())));
  remarks_.push_back({kind, place(node), std::string(written)});
}

const Table* Interpreter::table(const Value& name) const {
  const std::optional<std::string> text = name.as_text();
  return text ? schema_.find(std::string_view(*text)) : nullptr;
}

Value Interpreter::evaluate_call(Node node) {
  const Node callee = node.child(0);
  if (&node.tree() == &class_.tree()) here_ = node.span();
  if (callee.is(NodeKind::name)) return call_function(php::short_name(callee.text()), node);
  const Value function = evaluate(callee);
  return call_closure(function, evaluate_arguments(node.child(1)).places);
}

// A blueprint that is handed to code which is not read here: what that adds to it is not known.
void Interpreter::note_handed_over(const Arguments& arguments, Node node) {
  if (blueprints_.empty()) return;
  const bool handed =
      std::any_of(arguments.places.begin(), arguments.places.end(),
                  [](const Value& value) { return value.is(Value::Kind::blueprint); });
  if (handed)
    blueprints_.back()->fail(fmt::format("`{}()` does more to the table, and is not read here",
                                         node.text().empty() ? node.child(0).text() : node.text()));
}

// Returns the name of the method that is called: $table->{$type}(...) computes it. Empty where it
// is not known.
std::string Interpreter::method_name(Node call) {
  if (!call.text().empty() || !call.child(2)) return std::string(call.text());
  return evaluate(call.child(2)).as_text().value_or(std::string());
}

Value Interpreter::call_blueprint(const Value& object, std::string_view method, Node node,
                                  const Arguments& arguments) {
  if (blueprints_.empty()) return {};
  Blueprint& blueprint = *blueprints_.back();
  if (method.empty()) {
    blueprint.fail("a method of the blueprint is chosen at run time");
    return {};
  }
  // after('name', function ($table) { ... }): columns, each behind the one before.
  if (method == "after" && arguments.get(1, "callback").is(Value::Kind::closure)) {
    blueprint.begin_after(arguments.text(0, "", "column"));
    call_closure(arguments.get(1, "callback"), {object});
    blueprint.begin_after({});
    return object;
  }
  if (method == "getTable") return Value::of(blueprint.table());
  Value value = blueprint.call(method, arguments, place(node));
  if (value.is(Value::Kind::null)) value = call_macro(object, method, arguments);
  return value.known() ? value : object;
}

// (new Order)->getTable()
Value Interpreter::call_object(const Value& object, std::string_view method) {
  const Model& model = project_.model(object.text);
  if (method == "getTable") return Value::of(model.table);
  if (method == "getKeyName" || method == "getRouteKeyName") return Value::of(model.key);
  if (method == "getQualifiedKeyName") return Value::of(model.table + "." + model.key);
  if (method == "getForeignKey")
    return Value::of(snake(php::short_name(object.text)) + "_" + model.key);
  return {};
}

Value Interpreter::evaluate_method_call(Node node) {
  Value object = evaluate(node.child(0));
  const std::string name = method_name(node);
  const std::string_view method = name;
  const Arguments arguments = evaluate_arguments(node.child(1));
  if (&node.tree() == &class_.tree()) here_ = node.span();
  switch (object.kind) {
    case Value::Kind::blueprint:
      return call_blueprint(object, method, node, arguments);
    case Value::Kind::object: {
      if (std::optional<Family> other = family_named(object.text)) {
        const auto call = [&]() -> Value {
          const Node found = find_method(method);
          return found ? call_method_of_class(found, arguments) : Value::of(Value::Kind::null);
        };
        Value result = in_family(*std::move(other), call);
        if (!result.is(Value::Kind::null)) return result;
      }
      if (object.text.starts_with(kDoctrine)) return call_doctrine(object, method, arguments);
      if (method.starts_with("get")) return call_object(object, method);
      break;
    }
    case Value::Kind::index:
      return object;
    case Value::Kind::column:
      if (blueprints_.empty()) return {};
      return blueprints_.back()->call_column(object.number, method, arguments, place(node));
    case Value::Kind::foreign:
      if (blueprints_.empty()) return {};
      return blueprints_.back()->call_foreign(object.number, method, arguments);
    case Value::Kind::application:
      if (const auto answer = ask_application(method, arguments, node)) return *answer;
      break;
    case Value::Kind::schema:
      return call_schema(method, arguments, node);
    case Value::Kind::connection:
      return call_connection(method, arguments, node);
    case Value::Kind::query:
      return call_query(object, method, arguments, node);
    case Value::Kind::self: {
      const Node own = find_method(method);
      if (own && node.child(1).has(php::first_class)) return make_closure(own);
      if (own) return call_method_of_class(own, arguments);
      if (method == "call" || method == "seed") remark(RemarkKind::seeder, node);
      note_handed_over(arguments, node);
      return {};
    }
    case Value::Kind::list:
      return call_list(object, method, arguments);
    default:
      break;
  }
  note_handed_over(arguments, node);
  // An object that nobody knows may run the closure it is given: once, for what it would do.
  for (const Value& argument : arguments.places) {
    if (!argument.is(Value::Kind::closure)) continue;
    ++undecided_;
    call_closure(argument, {});
    --undecided_;
  }
  return {};
}

Value Interpreter::evaluate_static_call(Node node) {
  const std::string_view scope = node.child(0).text();
  const std::string_view method = node.text();
  const Arguments arguments = evaluate_arguments(node.child(1));
  if (&node.tree() == &class_.tree()) here_ = node.span();
  if (is_facade(scope, "Schema")) return call_schema(method, arguments, node);
  if (is_facade(scope, "DB") || is_facade(scope, "Capsule"))
    return call_connection(method, arguments, node);
  if (is_facade(scope, "File") && (method == "get" || method == "sharedGet"))
    return read_file(arguments);
  if (is_facade(scope, "App")) {
    if (const auto answer = ask_application(method, arguments, node)) return *answer;
  }
  if (is_facade(scope, "Artisan") || is_facade(scope, "Http") || scope.ends_with("Seeder")) {
    remark(RemarkKind::seeder, node);
    return {};
  }
  if (is_facade(scope, "Config") && (method == "get" || method == "string" || method == "array"))
    return read_config(arguments, node);
  if (is_facade(scope, "Config") || is_facade(scope, "Env")) {
    if (method != "set") remark(RemarkKind::environment, node);
    return {};
  }
  if ((is_facade(scope, "Str") || is_facade(scope, "Arr")) && arguments.names.empty())
    return project_.compute(fmt::format("{}::{}", php::short_name(scope), method),
                            arguments.places);
  if (is_facade(scope, "NestedSet") && !blueprints_.empty()) {  // kalnoy/nestedset
    const bool adds = method == "columns";
    if (adds || method == "dropColumns")
      blueprints_.back()->call(adds ? "nestedSet" : "dropNestedSet", {}, place(node));
    return {};
  }
  Value result = call_static(scope, method, arguments);
  if (!result.is(Value::Kind::null)) return result;
  // Order::where(...) and the like begin a query of the model's table.
  if (project_.is_model(scope)) {
    Value query = Value::of(Value::Kind::query);
    query.text = project_.model(scope).table;
    query.number = 1;
    return call_query(std::move(query), method, arguments, node);
  }
  note_handed_over(arguments, node);
  return {};
}

}  // namespace gate::readers::migrations::laravel
