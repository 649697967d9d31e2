// Calls of a migration: the facades Schema and DB, blueprints, functions of PHP and Laravel.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/formats/sql/read.h"
#include "gate/readers/migrations/laravel/interpreter.h"
#include "gate/readers/migrations/laravel/words.h"
#include "gate/readers/migrations/replay.h"

namespace gate::readers::migrations::laravel {
namespace {

using php::Node;
using php::NodeKind;
using Kind = sql::OperationKind;

bool is_facade(std::string_view name, std::string_view facade) {
  return php::same_name(php::short_name(name), facade);
}

std::string driver_name(const Database& database) {
  switch (database.engine) {
    case Engine::postgres:
      return "pgsql";
    case Engine::mysql:
      return "mysql";
    case Engine::mariadb:
      return "mysql";  // the driver that most configurations name, also for MariaDB
    case Engine::sqlite:
      return "sqlite";
  }
  return {};
}

}  // namespace

void Interpreter::emit(sql::Statement statement) {
  for (sql::Operation& operation : statement.operations) {
    operation.guarded = operation.guarded || undecided_ > 0;
    apply(schema_, operation, origin_);
  }
  statements_.push_back(std::move(statement));
}

void Interpreter::emit(sql::Operation operation, Node node, std::string_view verb) {
  sql::Statement statement;
  statement.span = node.span();
  statement.verb = verb;
  operation.span = node.span();
  statement.operations.push_back(std::move(operation));
  emit(std::move(statement));
}

void Interpreter::emit_opaque(Node node, std::string why) {
  sql::Operation operation;
  operation.span = node.span();
  sql::Statement statement;
  statement.span = node.span();
  statement.verb = "PHP";
  statement.opaque = std::move(why);
  statement.operations.push_back(std::move(operation));
  emit(std::move(statement));
}

void Interpreter::remark(RemarkKind kind, Node node) {
  std::string_view written = class_.tree().written(node);
  constexpr std::size_t kShown = 60;
  written = written.substr(0, std::min(written.find('\n'), std::min(kShown, written.size())));
  remarks_.push_back({kind, node.span(), std::string(written)});
}

const Table* Interpreter::table(const Value& name) const {
  const std::optional<std::string> text = name.as_text();
  return text ? schema_.find(std::string_view(*text)) : nullptr;
}

Value Interpreter::evaluate_call(Node node) {
  const Node callee = node.child(0);
  if (callee.is(NodeKind::name)) return call_function(php::short_name(callee.text()), node);
  const Value function = evaluate(callee);
  return call_closure(function, evaluate_arguments(node.child(1)).places);
}

Value Interpreter::call_function(std::string_view name, Node node) {
  const Arguments arguments = evaluate_arguments(node.child(1));
  if (name == "env") {
    remark(RemarkKind::environment, node);
    return {};
  }
  if (name == "config") {
    if (arguments.text(0, "") == "database.default")
      return Value::of(driver_name(schema_.database()));
    if (arguments.has(0)) remark(RemarkKind::environment, node);
    return {};
  }
  if (name == "app" && arguments.text(0, "") == "db") return Value::of(Value::Kind::connection);
  if (name == "collect" || name == "array_values" || name == "array_unique")
    return arguments.get(0);
  if (name == "in_array") {
    const Value list = arguments.get(1);
    if (!list.is(Value::Kind::list) || !arguments.get(0).known()) return {};
    return Value::of(std::any_of(list.items->begin(), list.items->end(), [&](const auto& item) {
      return equal(item.second, arguments.get(0));
    }));
  }
  if (name == "count" && arguments.get(0).is(Value::Kind::list))
    return Value::of(static_cast<std::int64_t>(arguments.get(0).items->size()));
  if (name == "array_merge") {
    Items items;
    for (const Value& list : arguments.places) {
      if (!list.is(Value::Kind::list)) return {};
      for (const auto& [key, value] : *list.items) {
        items.emplace_back(
            key.is(Value::Kind::integer) ? Value::of(static_cast<std::int64_t>(items.size())) : key,
            value);
      }
    }
    return Value::of(std::move(items));
  }
  if (name == "array_keys" && arguments.get(0).is(Value::Kind::list)) {
    Items items;
    for (const auto& [key, value] : *arguments.get(0).items)
      items.emplace_back(Value::of(static_cast<std::int64_t>(items.size())), key);
    return Value::of(std::move(items));
  }
  if (name == "sprintf") {
    std::string text = arguments.text(0, "");
    for (std::size_t place = 1; place < arguments.places.size(); ++place) {
      const std::size_t at = text.find("%s");
      const std::optional<std::string> value = arguments.places[place].as_text();
      if (at == std::string::npos || !value) return {};
      text.replace(at, 2, *value);
    }
    return text.find('%') == std::string::npos ? Value::of(std::move(text)) : Value{};
  }
  if (name == "array_map" || name == "array_walk" || name == "tap" || name == "retry") {
    const bool first = name == "array_map";
    const Value list = arguments.get(first ? 1 : 0);
    const Value closure = arguments.get(first ? 0 : 1);
    if (!list.is(Value::Kind::list)) return call_closure(closure, {list});
    for (const auto& [key, value] : *list.items)
      call_closure(closure, {value, key});
    return {};
  }
  return {};
}

Value Interpreter::evaluate_method_call(Node node) {
  const Value object = evaluate(node.child(0));
  const std::string_view method = node.text();
  const Arguments arguments = evaluate_arguments(node.child(1));
  switch (object.kind) {
    case Value::Kind::blueprint: {
      if (blueprints_.empty()) return {};
      Value value = blueprints_.back()->call(method, arguments, node.span());
      return value.known() ? value : object;
    }
    case Value::Kind::column:
      if (blueprints_.empty()) return {};
      return blueprints_.back()->call_column(object.number, method, arguments, node.span());
    case Value::Kind::foreign:
      if (blueprints_.empty()) return {};
      return blueprints_.back()->call_foreign(object.number, method, arguments);
    case Value::Kind::schema:
      return call_schema(method, arguments, node);
    case Value::Kind::connection:
      return call_connection(method, arguments, node);
    case Value::Kind::query:
      return call_query(object, method, arguments, node);
    case Value::Kind::self: {
      const Node own = find_method(method);
      if (own) return call_method_of_class(own, arguments);
      if (method == "call" || method == "seed") remark(RemarkKind::seeder, node);
      return {};
    }
    case Value::Kind::list:
      if (method == "each" || method == "map" || method == "eachSpread") {
        for (const auto& [key, value] : *object.items)
          call_closure(arguments.get(0), {value, key});
      }
      return object;
    default:
      break;
  }
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
  if (is_facade(scope, "Schema")) return call_schema(method, arguments, node);
  if (is_facade(scope, "DB") || is_facade(scope, "Capsule"))
    return call_connection(method, arguments, node);
  if (is_facade(scope, "Artisan") || is_facade(scope, "Http") || scope.ends_with("Seeder")) {
    remark(RemarkKind::seeder, node);
    return {};
  }
  if (is_facade(scope, "Config") || is_facade(scope, "Env")) {
    remark(RemarkKind::environment, node);
    return {};
  }
  if (php::same_name(scope, "self") || php::same_name(scope, "static")) {
    const Node own = find_method(method);
    if (own) return call_method_of_class(own, arguments);
  }
  return {};
}

void Interpreter::change_table(const Arguments& arguments, bool creating, Node node) {
  const std::optional<std::string> name = arguments.get(0, "table").as_text();
  if (!name || name->empty()) {
    emit_opaque(node, "the name of the table is not known here");
    return;
  }
  blueprints_.push_back(std::make_unique<Blueprint>(*name, creating, schema_.database(), major_));
  call_closure(arguments.get(1, "callback"), {Value::of(Value::Kind::blueprint)});
  const std::unique_ptr<Blueprint> blueprint = std::move(blueprints_.back());
  blueprints_.pop_back();
  emit(std::move(*blueprint).finish(schema_, node.span()));
}

Value Interpreter::call_schema(std::string_view method, const Arguments& arguments, Node node) {
  if (method == "create" || method == "table") {
    change_table(arguments, method == "create", node);
  } else if (method == "drop" || method == "dropIfExists" || method == "rename") {
    sql::Operation operation;
    operation.kind = method == "rename" ? Kind::rename_table : Kind::drop_table;
    operation.if_exists = method == "dropIfExists";
    operation.name.name = arguments.text(0, "");
    operation.other.name = method == "rename" ? arguments.text(1, "") : "";
    // Dropping what only may be there is no loss of what nobody made.
    if (operation.name.name.empty()) {
      emit_opaque(node, "the name of the table is not known here");
      return {};
    }
    emit(std::move(operation), node, fmt::format("Schema::{}", method));
  } else if (method == "hasTable") {
    return Value::of(table(arguments.get(0)) != nullptr);
  } else if (method == "hasColumn" || method == "hasColumns") {
    const Table* found = table(arguments.get(0));
    const auto names = arguments.get(1).as_names();
    if (!names) return {};
    return Value::of(found != nullptr &&
                     std::all_of(names->begin(), names->end(), [&](const std::string& name) {
                       return schema_.column(*found, name) != nullptr;
                     }));
  } else if (method == "hasIndex") {
    const Table* found = table(arguments.get(0));
    const Value index = arguments.get(1);
    if (found == nullptr) return Value::of(false);
    if (index.is(Value::Kind::text)) return Value::of(schema_.index(*found, index.text) != nullptr);
    const auto names = index.as_names();
    return names ? Value::of(schema_.index_over(*found, *names, false) != nullptr) : Value{};
  } else if (method == "whenTableHasColumn" || method == "whenTableDoesntHaveColumn") {
    const Table* found = table(arguments.get(0));
    const bool has = found != nullptr && schema_.column(*found, arguments.text(1, "")) != nullptr;
    if (has == (method == "whenTableHasColumn")) {
      Arguments inner;
      inner.places = {arguments.get(0), arguments.get(2)};
      change_table(inner, false, node);
    }
  } else if (method == "dropColumns") {
    const auto names = arguments.get(1).as_names();
    for (const std::string& name : names.value_or(std::vector<std::string>())) {
      sql::Operation operation;
      operation.kind = Kind::drop_column;
      operation.name.name = arguments.text(0, "");
      operation.column = name;
      emit(std::move(operation), node, "Schema::dropColumns");
    }
  } else if (method == "connection" || method == "setConnection") {
    return Value::of(Value::Kind::schema);
  } else if (method == "getConnection") {
    return Value::of(Value::Kind::connection);
  } else if (method == "withoutForeignKeyConstraints") {
    return call_closure(arguments.get(0), {});
  } else if (method == "dropAllTables" || method == "dropDatabaseIfExists") {
    emit_opaque(node, "drops whatever there is");
  }
  return {};
}

void Interpreter::run_sql(const Value& text, Node node) {
  const std::optional<std::string> sql =
      text.is(Value::Kind::raw) ? std::optional(text.text) : text.as_text();
  if (!sql) {
    emit_opaque(node, "SQL that is put together at run time");
    return;
  }
  sql::Script script = sql::read_script(*sql, schema_.database().dialect());
  for (sql::Statement& statement : script.statements) {
    statement.span = node.span();
    statement.repeated_columns.clear();
    for (sql::Operation& operation : statement.operations) {
      operation.span = node.span();
      for (sql::Column& column : operation.columns)
        column.span = node.span();
    }
    emit(std::move(statement));
  }
}

Value Interpreter::call_connection(std::string_view method, const Arguments& arguments, Node node) {
  constexpr std::array<std::string_view, 7> kRun{
      "statement", "unprepared", "update", "delete", "insert", "affectingStatement", "select"};
  if (std::find(kRun.begin(), kRun.end(), method) != kRun.end()) {
    if (method != "select") run_sql(arguments.get(0), node);
    return {};
  }
  if (method == "raw") {
    Value value = Value::of(Value::Kind::raw);
    value.text = arguments.text(0, "");
    return value;
  }
  if (method == "table") {
    Value query = Value::of(Value::Kind::query);
    query.text = arguments.text(0, "");
    return query;
  }
  if (method == "connection" || method == "getDoctrineConnection")
    return Value::of(Value::Kind::connection);
  if (method == "getSchemaBuilder") return Value::of(Value::Kind::schema);
  if (method == "getDriverName" || method == "getConfig")
    return Value::of(driver_name(schema_.database()));
  if (method == "transaction") return call_closure(arguments.get(0), {});
  return {};
}

Value Interpreter::call_query(Value query, std::string_view method, const Arguments& arguments,
                              Node node) {
  sql::Operation operation;
  operation.name.name = query.text;
  operation.has_where = query.boolean;
  if (method.starts_with("where") || method.starts_with("orWhere") || method == "limit" ||
      method == "take" || method == "join") {
    query.boolean = true;
    return query;
  }
  if (method == "truncate" || method == "delete" || method == "update" || method == "increment" ||
      method == "decrement") {
    operation.kind = method == "truncate" ? Kind::truncate
                     : method == "delete" ? Kind::remove
                                          : Kind::update;
    emit(std::move(operation), node, fmt::format("DB::table()->{}", method));
    return {};
  }
  if (method.starts_with("insert") || method == "upsert" || method == "updateOrInsert") {
    operation.kind = Kind::insert;
    emit(std::move(operation), node, fmt::format("DB::table()->{}", method));
    return {};
  }
  if (method.starts_with("chunk") || method.starts_with("each") || method == "lazy" ||
      method == "cursor") {
    ++undecided_;
    for (const Value& argument : arguments.places)
      call_closure(argument, {});
    --undecided_;
    return {};
  }
  constexpr std::array<std::string_view, 12> kReads{"get",   "first",       "exists", "count",
                                                    "pluck", "value",       "max",    "min",
                                                    "sum",   "doesntExist", "find",   "all"};
  if (std::find(kReads.begin(), kReads.end(), method) != kReads.end()) return {};
  return query;
}

}  // namespace gate::readers::migrations::laravel
