// Calls of the facades Schema and DB, and of what they hand out.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/formats/sql/read.h"
#include "gate/readers/migrations/laravel/interpreter.h"

namespace gate::readers::migrations::laravel {
namespace {

using php::Node;
using Kind = sql::OperationKind;

// What of a query of Eloquent leaves every row in it; what is no method of Laravel's is a scope of
// the model, which picks some.
bool takes_all(std::string_view method) {
  constexpr std::array<std::string_view, 22> kTakesAll{"query",
                                                       "newQuery",
                                                       "newModelQuery",
                                                       "newQueryWithoutScopes",
                                                       "on",
                                                       "withTrashed",
                                                       "withoutGlobalScope",
                                                       "withoutGlobalScopes",
                                                       "with",
                                                       "without",
                                                       "withOnly",
                                                       "withCount",
                                                       "select",
                                                       "addSelect",
                                                       "orderBy",
                                                       "orderByDesc",
                                                       "latest",
                                                       "oldest",
                                                       "lockForUpdate",
                                                       "sharedLock",
                                                       "onWriteConnection",
                                                       "toBase"};
  return std::find(kTakesAll.begin(), kTakesAll.end(), method) != kTakesAll.end();
}

}  // namespace

void Interpreter::change_table(const Arguments& arguments, bool creating, Node node) {
  const std::optional<std::string> name = arguments.get(0, "table").as_text();
  if (!name || name->empty()) {
    emit_opaque(node, "the name of the table is not known here");
    return;
  }
  blueprints_.push_back(std::make_unique<Blueprint>(*name, creating, schema_.database(), project_));
  const Value callback = arguments.get(1, "callback");
  if (!callback.is(Value::Kind::closure))
    blueprints_.back()->fail("what is done to the table is not known here");
  call_closure(callback, {Value::of(Value::Kind::blueprint)});
  const std::unique_ptr<Blueprint> blueprint = std::move(blueprints_.back());
  blueprints_.pop_back();
  emit(std::move(*blueprint).finish(schema_, place(node)));
}

// whenTableHasColumn('users', 'name', function (Blueprint $table) { ... }) and its like.
void Interpreter::change_table_when(std::string_view method, const Arguments& arguments,
                                    Node node) {
  const std::optional<bool> has =
      ask_schema(method.ends_with("Index") ? "hasIndex" : "hasColumn", arguments).truth();
  const bool wanted = method.starts_with("whenTableHas");
  if (has && *has != wanted) return;
  Arguments inner;
  inner.places = {arguments.get(0), arguments.get(2, "callback")};
  undecided_ += has ? 0 : 1;
  change_table(inner, false, node);
  undecided_ -= has ? 0 : 1;
}

// Only MySQL then lets go what a foreign key needs.
void Interpreter::check_keys(bool checked, Node node) {
  if (!schema_.database().is_mysql()) return;
  sql::Operation operation;
  operation.kind = Kind::set_variable;
  operation.name.name = "foreign_key_checks";
  operation.words = {checked ? "1" : "0"};
  emit(std::move(operation), node, "SET");
}

Value Interpreter::call_schema(std::string_view method, const Arguments& arguments, Node node) {
  if (method.starts_with("has") || method.starts_with("get")) {
    if (method != "getConnection") return ask_schema(method, arguments);
    return Value::of(Value::Kind::connection);
  }
  // What changes nothing, or only how the builder goes on.
  constexpr std::array<std::string_view, 6> kQuiet{
      "defaultStringLength", "defaultMorphKeyType",        "morphUsingUuids",
      "morphUsingUlids",     "registerCustomDoctrineType", "useNativeSchemaOperationsIfPossible"};
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
  } else if (method.starts_with("whenTable")) {
    change_table_when(method, arguments, node);
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
  } else if (method == "enableForeignKeyConstraints" || method == "disableForeignKeyConstraints") {
    check_keys(method.starts_with("enable"), node);
  } else if (method == "withoutForeignKeyConstraints") {
    check_keys(false, node);
    Value result = call_closure(arguments.get(0), {});
    check_keys(true, node);
    return result;
  } else if (method == "dropAllTables" || method == "dropDatabaseIfExists") {
    emit_opaque(node, "drops whatever there is");
  } else if (std::find(kQuiet.begin(), kQuiet.end(), method) == kQuiet.end()) {
    emit_opaque(node,
                fmt::format("`Schema::{}()` is no method of Laravel's schema builder", method));
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
    statement.span = place(node);
    statement.repeated_columns.clear();
    for (sql::Operation& operation : statement.operations) {
      operation.span = place(node);
      for (sql::Column& column : operation.columns)
        column.span = place(node);
    }
    emit(std::move(statement));
  }
}

Value Interpreter::call_connection(std::string_view method, const Arguments& arguments, Node node) {
  constexpr std::array<std::string_view, 8> kRun{"statement", "unprepared", "update",
                                                 "delete",    "insert",     "affectingStatement",
                                                 "select",    "exec"};
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
  if (method == "getDoctrineSchemaManager") {
    Value manager = Value::of(Value::Kind::object);
    manager.text = kDoctrine;
    return manager;
  }
  if (method == "connection" || method == "getDoctrineConnection" || method == "getPdo")
    return Value::of(Value::Kind::connection);
  if (method == "getTablePrefix") return Value::of(std::string());
  if (method == "getSchemaBuilder") return Value::of(Value::Kind::schema);
  if (method == "getDriverName" ||
      (method == "getConfig" && arguments.text(0, "driver", "option") == "driver"))
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
  const bool deletes = method == "delete" || method == "forceDelete";
  if (method == "truncate" || deletes || method == "update" || method == "increment" ||
      method == "decrement") {
    operation.kind = method == "truncate" ? Kind::truncate : deletes ? Kind::remove : Kind::update;
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
  query.boolean = query.boolean || (query.number != 0 && !takes_all(method));
  return query;
}

}  // namespace gate::readers::migrations::laravel
