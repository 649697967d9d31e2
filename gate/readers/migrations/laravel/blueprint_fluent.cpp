// What a migration says of a column or a foreign key after it has named it: ->nullable()->unique().
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/migrations/laravel/blueprint.h"
#include "gate/readers/migrations/laravel/words.h"

namespace gate::readers::migrations::laravel {

void Blueprint::add_fluent(ColumnDraft& draft, std::string type, const Arguments& arguments) {
  const Value given = arguments.get(0);
  if (given.is(Value::Kind::boolean) && !given.boolean) return;  // of change(): takes it away
  draft.fluent.push_back(
      {std::move(type), given.is(Value::Kind::text) ? given.text : std::string()});
}

bool Blueprint::modify(ColumnDraft& draft, std::string_view method, const Arguments& arguments) {
  sql::Column& column = draft.column;
  if (method == "nullable") {
    column.nullable = arguments.get(0, "value").truth().value_or(true);
    draft.says_nullable = true;
  } else if (method == "default") {
    const Value given = arguments.get(0, "value");
    sql::Default value;
    value.is_null = given.is(Value::Kind::null);
    value.text = given.is(Value::Kind::raw)       ? given.text
                 : given.is(Value::Kind::boolean) ? (given.boolean ? "'1'" : "'0'")
                 : given.known() ? fmt::format("'{}'", given.as_text().value_or("?"))
                                 : "?";
    if (given.is(Value::Kind::raw) && (value.text.find("uuid") != std::string::npos ||
                                       value.text.find("random") != std::string::npos))
      value.volatility = sql::Volatility::changing;
    column.default_value = std::move(value);
    draft.says_default = true;
  } else if (method == "useCurrent") {
    column.default_value = sql::Default{"CURRENT_TIMESTAMP", sql::Volatility::stable, false};
  } else if (method == "useCurrentOnUpdate") {
    column.updates_itself = true;
  } else if (method == "unsigned") {
    column.type.is_unsigned = database_.is_mysql();
  } else if (method == "autoIncrement") {
    column.auto_increment = true;
    column.primary = true;
    column.type.is_serial = database_.is_postgres();
  } else if (method == "unique" || method == "index" || method == "primary" ||
             method == "fulltext" || method == "fullText" || method == "spatialIndex") {
    add_fluent(draft,
               method == "fullText"       ? "fulltext"
               : method == "spatialIndex" ? "spatialindex"
                                          : std::string(method),
               arguments);
  } else if (method == "change") {
    draft.change = true;
  } else if (method == "after") {
    if (database_.is_mysql()) column.after = arguments.text(0, "");
  } else if (method == "first") {
    column.first = database_.is_mysql();
  } else if (method == "storedAs") {
    column.generated = sql::Generated::stored;
  } else if (method == "virtualAs") {
    column.generated = sql::Generated::virtual_column;
  } else if (method == "generatedAs") {
    column.generated = sql::Generated::identity;
  } else if (method == "charset") {
    column.type.charset = arguments.text(0, "");
  } else {
    return false;
  }
  return true;
}

Value Blueprint::constrain(std::uint32_t number, const Arguments& arguments, base::Span span) {
  const sql::Column& column = columns_[number].column;
  std::string table = arguments.text(0, "", "table");
  if (table.empty()) table = column.constraint;  // of foreignIdFor
  if (table.empty()) {
    std::string_view name = column.name;
    const std::size_t last = name.rfind('_');
    table = plural(name.substr(0, last == std::string_view::npos ? name.size() : last));
  }
  Value value = add_foreign({column.name}, arguments.text(2, "", "indexName"), span);
  foreigns_[value.number].table = std::move(table);
  foreigns_[value.number].references = {arguments.text(1, "id", "column")};
  return value;
}

Value Blueprint::call_column(std::uint32_t number, std::string_view method,
                             const Arguments& arguments, base::Span span) {
  ColumnDraft& draft = columns_[number];
  draft.span.end = std::max(draft.span.end, span.end);
  draft.column.span = draft.span;
  if (method == "constrained") return constrain(number, arguments, span);
  if (method == "references") {
    Value value = add_foreign({draft.column.name}, arguments.text(1, "", "indexName"), span);
    foreigns_[value.number].references = {arguments.text(0, "id", "column")};
    return value;
  }
  modify(draft, method, arguments);
  Value value = Value::of(Value::Kind::column);
  value.number = number;
  return value;
}

Value Blueprint::add_foreign(std::vector<std::string> columns, std::string name, base::Span span) {
  const auto number = static_cast<std::uint32_t>(foreigns_.size());
  foreigns_.push_back({std::move(columns), std::move(name), {}, {}, {}, {}, span});
  commands_.push_back({Command::What::foreign, number});
  Value value = Value::of(Value::Kind::foreign);
  value.number = number;
  return value;
}

Value Blueprint::call_foreign(std::uint32_t number, std::string_view method,
                              const Arguments& arguments) {
  ForeignDraft& draft = foreigns_[number];
  struct Action {
    std::string_view method;
    std::string_view action;
  };
  constexpr std::array<Action, 4> kActions{{{"cascadeOnDelete", "cascade"},
                                            {"restrictOnDelete", "restrict"},
                                            {"nullOnDelete", "set null"},
                                            {"noActionOnDelete", "no action"}}};
  for (const Action& action : kActions) {
    if (action.method == method) draft.on_delete = action.action;
  }
  if (method == "references")
    draft.references = arguments.get(0, "columns").as_names().value_or(draft.references);
  if (method == "on") draft.table = arguments.text(0, "", "table");
  if (method == "onDelete") draft.on_delete = arguments.text(0, "", "action");
  if (method == "onUpdate") draft.on_update = arguments.text(0, "", "action");
  if (method == "name") draft.name = arguments.text(0, draft.name);
  if (method == "constrained" && draft.table.empty() && !draft.columns.empty()) {
    const std::string& name = draft.columns.front();
    draft.table = arguments.text(0, plural(name.substr(0, name.rfind('_'))), "table");
  }
  Value value = Value::of(Value::Kind::foreign);
  value.number = number;
  return value;
}

}  // namespace gate::readers::migrations::laravel
