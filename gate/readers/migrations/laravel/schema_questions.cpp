// Questions about the schema as it is at that moment: of Laravel's schema builder, and of
// Doctrine's manager, which Laravel had before 11.
#include <algorithm>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/laravel/interpreter.h"

namespace gate::readers::migrations::laravel {
namespace {

Value text(std::string_view value) { return Value::of(std::string(value)); }

Value list_of(std::vector<Value> values) {
  Items items;
  for (Value& value : values)
    items.emplace_back(Value::of(static_cast<std::int64_t>(items.size())), std::move(value));
  return Value::of(std::move(items));
}

Value list_of(const std::vector<std::string>& names) {
  std::vector<Value> values;
  for (const std::string& name : names)
    values.push_back(text(name));
  return list_of(std::move(values));
}

// What Schema::getIndexes() says of an index.
Value describe(const TableIndex& index) {
  return Value::of(
      Items{{text("name"), text(index.primary ? "primary" : base::to_lower(index.name))},
            {text("columns"), list_of(index.part_texts())},
            {text("unique"), Value::of(index.unique)},
            {text("primary"), Value::of(index.primary)}});
}

Value describe(const ForeignKey& key) {
  return Value::of(Items{{text("name"), text(key.name)},
                         {text("columns"), list_of(key.columns)},
                         {text("foreign_table"), text(key.table)},
                         {text("foreign_columns"), list_of(key.references)}});
}

// An object of Doctrine's: of a table, an index, a key; `name` is what it is of.
Value doctrine(std::string_view name) {
  Value object = Value::of(Value::Kind::object);
  object.text = std::string(kDoctrine) + std::string(name);
  return object;
}

}  // namespace

// Lists of what a table has; unknown where no migration creates it.
Value Interpreter::list_schema(std::string_view method, const Table& table) {
  std::vector<Value> values;
  if (method == "getColumnListing") {
    for (const TableColumn& column : table.columns)
      values.push_back(text(column.name));
  } else if (method == "getColumns") {
    for (const TableColumn& column : table.columns)
      values.push_back(Value::of(Items{{text("name"), text(column.name)},
                                       {text("nullable"), Value::of(column.nullable)}}));
  } else if (method == "getIndexes") {
    for (const TableIndex& index : table.indexes)
      values.push_back(describe(index));
  } else if (method == "getIndexListing") {
    for (const TableIndex& index : table.indexes)
      values.push_back(describe(index).at("name"));
  } else if (method == "getForeignKeys") {
    for (const ForeignKey& key : table.foreign_keys)
      values.push_back(describe(key));
  } else {
    return {};
  }
  return list_of(std::move(values));
}

// Unknown where the name that is asked for is, or where the table may have more than is known.
Value Interpreter::ask_schema(std::string_view method, const Arguments& arguments) {
  const std::optional<std::string> name = arguments.get(0, "table").as_text();
  if (!name) return {};
  const Table* found = schema_.find(std::string_view(*name));
  if (method == "hasTable") return Value::of(found != nullptr);
  if (method == "hasView") return Value::of(schema_.views().find(*name) != schema_.views().end());
  if (method.starts_with("get"))
    return found != nullptr && found->complete ? list_schema(method, *found) : Value{};
  if (method == "hasIndex") {
    const Value index = arguments.get(1, "index");
    const auto names = index.as_names();
    if (!names) return {};
    const bool has =
        found != nullptr &&
        std::any_of(found->indexes.begin(), found->indexes.end(), [&](const TableIndex& item) {
          return index.is(Value::Kind::text) ? schema_.same(item.name, index.text)
                                             : schema_.same(item.part_texts(), *names);
        });
    return !has && found != nullptr && !found->complete ? Value{} : Value::of(has);
  }
  if (method != "hasColumn" && method != "hasColumns") return {};
  const auto names = arguments.get(1, method == "hasColumn" ? "column" : "columns").as_names();
  if (!names) return {};
  const bool all =
      found != nullptr && std::all_of(names->begin(), names->end(), [&](const std::string& column) {
        return schema_.column(*found, column) != nullptr;
      });
  // A table that no migration creates may have columns that nobody has spoken of.
  const bool is_known = found != nullptr ? found->complete : schema_.was_erased(*name);
  if (!all && !is_known) return {};
  return Value::of(all);
}

// The schema manager, and what it hands out: by the name of its class, behind which a name stands.
Value Interpreter::call_doctrine(const Value& object, std::string_view method,
                                 const Arguments& arguments) {
  const std::string_view of = std::string_view(object.text).substr(kDoctrine.size());
  if (of.starts_with("name:")) return method == "getName" ? text(of.substr(5)) : Value{};
  const std::string name = of.empty() ? arguments.text(0, "")
                                      : std::string(of.substr(std::min<std::size_t>(of.size(), 6)));
  const Table* table = schema_.find(std::string_view(name));
  if (method == "tablesExist" || table == nullptr || !table->complete) return {};
  if (method == "introspectTable" || method == "listTableDetails") return doctrine("table:" + name);
  const auto named = [&](const auto& items) {
    Items all;
    for (const auto& item : items)
      all.emplace_back(text(base::to_lower(item.name)), doctrine("name:" + item.name));
    return Value::of(std::move(all));
  };
  if (method == "listTableIndexes" || method == "getIndexes") return named(table->indexes);
  if (method == "listTableColumns" || method == "getColumns") return named(table->columns);
  if (method == "listTableForeignKeys" || method == "getForeignKeys")
    return named(table->foreign_keys);
  const auto has = [&](const auto& items) {
    return Value::of(std::any_of(items.begin(), items.end(), [&](const auto& item) {
      return base::to_lower(item.name) == base::to_lower(arguments.text(0, ""));
    }));
  };
  if (of.empty() || !arguments.get(0).known()) return {};
  if (method == "hasIndex") return has(table->indexes);
  if (method == "hasForeignKey") return has(table->foreign_keys);
  if (method == "hasColumn") return has(table->columns);
  return {};
}

}  // namespace gate::readers::migrations::laravel
