// The commands of a blueprint: indexes, keys, drops, renames, and what all of it comes to.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/formats/sql/read.h"
#include "gate/readers/migrations/laravel/blueprint.h"
#include "gate/readers/migrations/laravel/words.h"

namespace gate::readers::migrations::laravel {
namespace {

using Kind = sql::OperationKind;

// Returns what an index is over, of the text between the brackets of CREATE INDEX.
std::vector<sql::IndexPart> written_parts(const std::string& text, sql::Dialect dialect) {
  const sql::Script script =
      sql::read_script(fmt::format("CREATE INDEX i ON t ({})", text), dialect);
  for (const sql::Statement& statement : script.statements) {
    for (const sql::Operation& operation : statement.operations) {
      if (!operation.indexes.empty()) return operation.indexes.front().parts;
    }
  }
  return {{"", text}};
}

// Returns a list of columns with DB::raw() among them as it is written into the statement; empty
// where one is not known.
std::string written_list(const Value& list) {
  if (list.is(Value::Kind::raw)) return list.text;
  if (!list.is(Value::Kind::list)) return {};
  std::string written;
  for (const auto& [key, value] : *list.items) {
    const std::string part =
        value.is(Value::Kind::raw) ? value.text : value.as_text().value_or(std::string());
    if (part.empty()) return {};
    written += (written.empty() ? "" : ", ") + part;
  }
  return written;
}

}  // namespace

sql::Operation Blueprint::index_operation(const std::string& type,
                                          const std::vector<std::string>& columns, std::string name,
                                          base::Span span) const {
  sql::Operation operation;
  operation.span = span;
  operation.name.name = table_;
  if (name.empty()) name = index_name(table_, columns, type);
  const bool constraint = type == "primary" || (type == "unique" && database_.is_postgres());
  if (constraint) {
    sql::Constraint made;
    made.kind = type == "primary" ? sql::ConstraintKind::primary : sql::ConstraintKind::unique;
    if (type == "unique") made.name = std::move(name);
    made.columns = columns;
    made.span = span;
    operation.kind = Kind::add_constraint;
    operation.constraints.push_back(std::move(made));
    return operation;
  }
  sql::Index index;
  index.name = std::move(name);
  for (const std::string& column : columns)
    index.parts.push_back({column, column});
  index.unique = type == "unique";
  index.fulltext = type == "fulltext" || type == "spatialindex";
  index.span = span;
  operation.kind = Kind::add_index;
  operation.indexes.push_back(std::move(index));
  return operation;
}

void Blueprint::add_index(const std::string& type, const std::vector<std::string>& columns,
                          std::string name, base::Span span) {
  commands_.push_back({Command::What::operation, static_cast<std::uint32_t>(operations_.size())});
  operations_.push_back(index_operation(type, columns, std::move(name), span));
}

bool Blueprint::call_index(std::string_view method, const Arguments& arguments, base::Span span) {
  if (method == "rawIndex") {
    if (!arguments.get(0, "expression").known()) fail("what an index is over is not known here");
    add_index("index", {}, arguments.text(1, "", "name"), span);
    operations_.back().indexes.front().parts =
        written_parts(arguments.text(0, "", "expression"), database_.dialect());
    return true;
  }
  constexpr std::array<std::string_view, 6> kMethods{"index",    "unique",   "primary",
                                                     "fulltext", "fullText", "spatialIndex"};
  if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) return false;
  const Value given = arguments.get(0, "columns");
  const auto columns = given.as_names();
  const std::string written = columns ? std::string() : written_list(given);
  if (!columns && written.empty()) {
    fail("the columns of an index are not known here");
    return true;
  }
  const std::string type = method == "fullText"       ? "fulltext"
                           : method == "spatialIndex" ? "spatialindex"
                                                      : std::string(method);
  add_index(type, columns.value_or(std::vector<std::string>()), arguments.text(1, "", "name"),
            span);
  if (!columns && !operations_.back().indexes.empty())
    operations_.back().indexes.front().parts = written_parts(written, database_.dialect());
  return true;
}

void Blueprint::drop_columns(const std::vector<std::string>& names, base::Span span) {
  for (const std::string& name : names)
    add_operation(Kind::drop_column, span).column = name;
}

bool Blueprint::drop_usual_columns(std::string_view method, const Arguments& arguments,
                                   base::Span span) {
  if (method == "dropTimestamps" || method == "dropTimestampsTz" || method == "dropDatetimes") {
    drop_columns({"created_at", "updated_at"}, span);
  } else if (method == "dropSoftDeletes" || method == "dropSoftDeletesTz" ||
             method == "dropSoftDeletesDatetime") {
    drop_columns({arguments.text(0, "deleted_at", "column")}, span);
  } else if (method == "dropRememberToken") {
    drop_columns({"remember_token"}, span);
  } else if (method == "dropMorphs") {
    const std::string name = arguments.text(0, "", "name");
    const std::vector<std::string> columns{name + "_type", name + "_id"};
    sql::Operation& operation = add_operation(Kind::drop_index, span);
    operation.other.name = arguments.text(1, index_name(table_, columns, "index"), "indexName");
    drop_columns(columns, span);
  } else if (method == "dropConstrainedForeignId" || method == "dropConstrainedForeignIdFor" ||
             method == "dropForeignIdFor") {
    const bool of_model = method.ends_with("For");
    std::string column = arguments.text(0, "", of_model ? "model" : "column");
    if (column.empty()) fail("the column that is dropped is not known here");
    if (of_model) {
      const Model& model = project_.model(column);
      column = arguments.text(1, snake(php::short_name(column)) + "_" + model.key, "column");
    }
    Arguments foreign;
    foreign.places.push_back(Value::of(Items{{Value{}, Value::of(column)}}));
    call_drop("dropForeign", foreign, span);
    if (method != "dropForeignIdFor") drop_columns({column}, span);
  } else {
    return false;
  }
  return true;
}

sql::Operation Blueprint::drop_operation(std::string_view type, std::string name,
                                         base::Span span) const {
  const bool postgres = database_.is_postgres();
  sql::Operation operation;
  operation.span = span;
  operation.name.name = table_;
  if (type == "primary") {
    operation.kind = Kind::drop_primary_key;
    return operation;
  }
  operation.kind = postgres && (type == "foreign" || type == "unique") ? Kind::drop_constraint
                   : type == "foreign"                                 ? Kind::drop_foreign_key
                                                                       : Kind::drop_index;
  operation.other.name = std::move(name);
  return operation;
}

bool Blueprint::call_drop(std::string_view method, const Arguments& arguments, base::Span span) {
  if (!method.starts_with("drop")) return false;
  if (drop_usual_columns(method, arguments, span)) return true;
  if (method == "drop" || method == "dropIfExists") {
    add_operation(Kind::drop_table, span).if_exists = method == "dropIfExists";
    return true;
  }
  const Value given = arguments.get(0, method == "dropColumn" ? "columns" : "index");
  if (method == "dropColumn" || method == "removeColumn") {
    std::vector<std::string> names = given.as_names().value_or(std::vector<std::string>());
    for (std::size_t place = 1; place < arguments.places.size(); ++place)
      names.push_back(arguments.places[place].as_text().value_or(""));
    std::erase(names, "");
    if (names.empty()) fail("the column that is dropped is not known here");
    drop_columns(names, span);
    return true;
  }
  struct Drop {
    std::string_view method;
    std::string_view type;
  };
  constexpr std::array<Drop, 7> kDrops{{{"dropIndex", "index"},
                                        {"dropUnique", "unique"},
                                        {"dropPrimary", "primary"},
                                        {"dropForeign", "foreign"},
                                        {"dropFullText", "fulltext"},
                                        {"dropFulltext", "fulltext"},
                                        {"dropSpatialIndex", "spatialindex"}}};
  const auto found = std::find_if(kDrops.begin(), kDrops.end(),
                                  [&](const Drop& drop) { return drop.method == method; });
  if (found == kDrops.end()) return false;
  std::string name;
  if (given.is(Value::Kind::list)) {
    name = index_name(table_, given.as_names().value_or(std::vector<std::string>()), found->type);
  } else {
    name = given.as_text().value_or("");
  }
  commands_.push_back({Command::What::operation, static_cast<std::uint32_t>(operations_.size())});
  operations_.push_back(drop_operation(found->type, name, span));
  if (name.empty() && found->type != "primary") fail("the index that is dropped is not known here");
  return true;
}

bool Blueprint::call_rename(std::string_view method, const Arguments& arguments, base::Span span) {
  if (method == "renameColumn" || method == "renameIndex") {
    sql::Operation& operation =
        add_operation(method == "renameColumn" ? Kind::rename_column : Kind::rename_index, span);
    operation.column = arguments.text(0, "", "from");
    operation.other.name = arguments.text(1, "", "to");
    if (operation.column.empty() || operation.other.name.empty())
      fail("what is renamed is not known here");
    return true;
  }
  if (method != "rename") return false;
  add_operation(Kind::rename_table, span).other.name = arguments.text(0, "", "to");
  return true;
}

sql::Operation Blueprint::foreign_operation(const ForeignDraft& draft) const {
  sql::Operation operation;
  operation.kind = Kind::add_constraint;
  operation.span = draft.span;
  operation.name.name = table_;
  sql::Constraint constraint;
  constraint.kind = sql::ConstraintKind::foreign;
  constraint.name = draft.name.empty() ? index_name(table_, draft.columns, "foreign") : draft.name;
  constraint.columns = draft.columns;
  constraint.span = draft.span;
  sql::Reference reference;
  reference.table.name = draft.table;
  reference.columns = draft.references;
  reference.on_delete = draft.on_delete;
  reference.on_update = draft.on_update;
  constraint.reference = std::move(reference);
  operation.constraints.push_back(std::move(constraint));
  return operation;
}

sql::Operation Blueprint::column_operation(const ColumnDraft& draft, const Schema& schema) {
  sql::Operation operation;
  operation.kind = draft.change ? Kind::restate_column : Kind::add_column;
  operation.span = draft.span;
  operation.name.name = table_;
  operation.column = draft.column.name;
  operation.columns.push_back(draft.column);
  sql::Column& column = operation.columns.front();
  column.constraint.clear();
  constexpr int kRestates = 11;  // from this version on change() states the whole column
  const Table* table = schema.find(std::string_view(table_));
  const TableColumn* old = table == nullptr ? nullptr : schema.column(*table, column.name);
  if (!draft.change) return operation;
  if (draft.values_unknown) fail(fmt::format("the values of `{}` are not known here", column.name));
  if (old == nullptr) {
    // What the column was is not known: that it becomes required is said only where it is written.
    if (!draft.says_nullable) column.nullable.reset();
  } else if (project_.major() < kRestates) {
    if (!draft.says_nullable) column.nullable = old->nullable;
    if (!draft.says_default) column.default_value = old->default_value;
  }
  return operation;
}

sql::Statement Blueprint::finish(const Schema& schema, base::Span span) && {
  sql::Statement statement;
  statement.span = span;
  statement.verb = creating_ ? "Schema::create" : "Schema::table";
  if (creating_) {
    sql::Operation create;
    create.kind = Kind::create_table;
    create.span = span;
    create.name.name = table_;
    create.words = options_;
    create.temporary = temporary_;
    for (const ColumnDraft& draft : columns_) {
      create.columns.push_back(draft.column);
      create.columns.back().constraint.clear();
    }
    statement.operations.push_back(std::move(create));
  }
  for (const Command& command : commands_) {
    if (command.what == Command::What::operation) {
      statement.operations.push_back(std::move(operations_[command.number]));
    } else if (command.what == Command::What::foreign) {
      if (!foreigns_[command.number].lost)
        statement.operations.push_back(foreign_operation(foreigns_[command.number]));
    } else if (!creating_) {
      statement.operations.push_back(column_operation(columns_[command.number], schema));
    }
  }
  for (const ColumnDraft& draft : columns_)
    finish_fluent(draft, statement);
  statement.opaque = std::move(problem_);
  return statement;
}

}  // namespace gate::readers::migrations::laravel
