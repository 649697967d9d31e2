// What a migration says of a column or a foreign key after it has named it: ->nullable()->unique().
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/laravel/blueprint.h"
#include "gate/readers/migrations/laravel/words.h"

namespace gate::readers::migrations::laravel {

void Blueprint::add_fluent(ColumnDraft& draft, std::string type, const Arguments& arguments) {
  const Value given = arguments.get(0);
  // What is said last of one kind counts; `false` takes the index away where the column changes.
  std::erase_if(draft.fluent, [&](const Fluent& item) { return item.type == type; });
  draft.fluent.push_back({std::move(type), given.is(Value::Kind::text) ? given.text : std::string(),
                          given.is(Value::Kind::boolean) && !given.boolean});
}

// Laravel makes one index of what a column says of indexes: the first of this order.
void Blueprint::finish_fluent(const ColumnDraft& draft, sql::Statement& statement) {
  constexpr std::array<std::string_view, 5> kOrder{"primary", "unique", "index", "fulltext",
                                                   "spatialindex"};
  for (const std::string_view type : kOrder) {
    const auto found = std::find_if(draft.fluent.begin(), draft.fluent.end(),
                                    [&](const Fluent& item) { return item.type == type; });
    if (found == draft.fluent.end() || (found->drops && !draft.change)) continue;
    statement.operations.push_back(
        found->drops
            ? drop_operation(type, index_name(table_, {draft.column.name}, type), draft.span)
            : index_operation(found->type, {draft.column.name}, found->name, draft.span));
    return;
  }
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
  } else if (method.starts_with("storedAs") || method.starts_with("virtualAs")) {
    column.generated =
        method.front() == 's' ? sql::Generated::stored : sql::Generated::virtual_column;
    const Value from = arguments.get(0, "expression");
    column.expression = from.is(Value::Kind::raw) ? from.text : arguments.text(0, "", "expression");
    // Only PostgreSQL is told of a computed column that it is NOT NULL where nobody says so.
    if (!draft.says_nullable && !database_.is_postgres()) column.nullable = true;
  } else if (method == "generatedAs") {
    column.generated = sql::Generated::identity;
  } else if (method == "charset") {
    column.type.charset = arguments.text(0, "");
  } else {
    return false;
  }
  return true;
}

// addColumn('string', 'name', ['length' => 20, 'nullable' => true]): the same as by methods.
void Blueprint::add_attributes(ColumnDraft& draft, const Value& attributes) {
  if (!attributes.is(Value::Kind::list)) return;
  for (const auto& [key, value] : *attributes.items) {
    const std::string name = key.as_text().value_or("");
    const std::optional<std::string> text = value.as_text();
    if (name == "length" && text) draft.column.type.arguments = {*text};
    if (value.is(Value::Kind::boolean) && !value.boolean && name != "nullable") continue;
    Arguments given;
    given.places.push_back(value);
    modify(draft, name, given);
  }
}

Value Blueprint::constrain(std::uint32_t number, const Arguments& arguments, base::Span span) {
  const ColumnDraft& draft = columns_[number];
  const std::string column =
      arguments.text(1, draft.model_key.empty() ? "id" : draft.model_key, "column");
  std::string table = arguments.text(0, draft.model_table, "table");
  if (table.empty() && arguments.has(0, "table") && !arguments.get(0, "table").known())
    fail("the table that a foreign key refers to is not known here");
  if (table.empty()) {
    const std::string_view name = draft.column.name;
    table = plural(name.substr(0, name.rfind("_" + column)));
  }
  Value value = add_foreign({draft.column.name}, arguments.text(2, "", "indexName"), span);
  foreigns_[value.number].table = std::move(table);
  foreigns_[value.number].references = {column};
  return value;
}

Value Blueprint::call_column(std::uint32_t number, std::string_view method,
                             const Arguments& arguments, base::Span span) {
  ColumnDraft& draft = columns_[number];
  draft.span.end = std::max(draft.span.end, span.end);
  draft.column.span = draft.span;
  // Of another column they are words that Laravel keeps and never asks for.
  if (method == "constrained" && draft.is_key) return constrain(number, arguments, span);
  if (method == "references" && draft.is_key) {
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
  foreigns_.push_back({std::move(columns), std::move(name), {}, {}, {}, {}, span, false});
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
  if (method == "onDelete") draft.on_delete = base::to_lower(arguments.text(0, "", "action"));
  if (method == "onUpdate") draft.on_update = base::to_lower(arguments.text(0, "", "action"));
  // The name of the command, which Laravel then does not know any more: no key is made.
  if (method == "name") draft.lost = true;
  Value value = Value::of(Value::Kind::foreign);
  value.number = number;
  return value;
}

}  // namespace gate::readers::migrations::laravel
