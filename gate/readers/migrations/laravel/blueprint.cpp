#include "gate/readers/migrations/laravel/blueprint.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/laravel/column_type.h"
#include "gate/readers/migrations/laravel/words.h"

namespace gate::readers::migrations::laravel {
namespace {

using Kind = sql::OperationKind;

std::string lower_first(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] + 32);
  return out;
}

}  // namespace

void Blueprint::fail(std::string why) {
  if (problem_.empty()) problem_ = std::move(why);
}

sql::Operation& Blueprint::add_operation(Kind kind, base::Span span) {
  sql::Operation operation;
  operation.kind = kind;
  operation.span = span;
  operation.name.name = table_;
  commands_.push_back({Command::What::operation, static_cast<std::uint32_t>(operations_.size())});
  operations_.push_back(std::move(operation));
  return operations_.back();
}

Value Blueprint::add_column(std::string_view type, std::string name, const Arguments& arguments,
                            base::Span span, std::size_t from) {
  ColumnDraft draft;
  draft.type = type;
  draft.span = span;
  draft.column.name = std::move(name);
  draft.column.span = span;
  draft.column.nullable = false;
  TypeRequest request{type, {}, {}};
  constexpr std::array<std::string_view, 3> kNames{"length", "total", "precision"};
  for (std::size_t place = from; place < arguments.places.size(); ++place)
    request.arguments.push_back(arguments.places[place].as_text().value_or(""));
  for (const std::string_view named : kNames) {
    if (arguments.names.contains(named))
      request.arguments.push_back(arguments.names.find(named)->second.as_text().value_or(""));
  }
  if (arguments.names.contains("places"))
    request.arguments.push_back(arguments.names.find("places")->second.as_text().value_or(""));
  if (type == "enum" || type == "set") {
    const auto values = arguments.get(from, "allowed").as_names();
    if (values) request.values = *values;
    draft.values_unknown = !values;
    request.arguments.clear();
  }
  if (const auto made = column_type(request, database_)) {
    draft.column.type = *made;
    draft.column.type.span = span;
  }
  if (!after_.empty()) {
    if (database_.is_mysql()) draft.column.after = after_;
    after_ = draft.column.name;
  }
  const auto number = static_cast<std::uint32_t>(columns_.size());
  columns_.push_back(std::move(draft));
  commands_.push_back({Command::What::column, number});
  Value value = Value::of(Value::Kind::column);
  value.number = number;
  return value;
}

Value Blueprint::add_increments(std::string_view integer, std::string name, base::Span span) {
  Value value = add_column(integer, std::move(name), {}, span);
  sql::Column& column = columns_[value.number].column;
  column.auto_increment = true;
  column.primary = true;
  column.type.is_unsigned = database_.is_mysql();
  column.type.is_serial = database_.is_postgres();
  return value;
}

// timestamps(), softDeletes(), rememberToken(): columns that Laravel names itself. Returns what PHP
// goes on with, or nothing for another method.
std::optional<Value> Blueprint::add_usual_columns(std::string_view method,
                                                  const Arguments& arguments, base::Span span) {
  const auto nullable = [&](std::string_view type, std::string name) {
    Value value = add_column(type, std::move(name), {}, span);
    columns_[value.number].column.nullable = true;
    return value;
  };
  if (method == "timestamps" || method == "nullableTimestamps" || method == "timestampsTz" ||
      method == "nullableTimestampsTz" || method == "datetimes") {
    const std::string_view type = method == "datetimes"    ? "dateTime"
                                  : method.ends_with("Tz") ? "timestampTz"
                                                           : "timestamp";
    nullable(type, "created_at");
    nullable(type, "updated_at");
    return Value{};
  }
  if (method == "softDeletes" || method == "softDeletesTz" || method == "softDeletesDatetime") {
    return nullable(method == "softDeletesTz"         ? "timestampTz"
                    : method == "softDeletesDatetime" ? "dateTime"
                                                      : "timestamp",
                    arguments.text(0, "deleted_at", "column"));
  }
  if (method == "rememberToken") {
    Value value = nullable("string", "remember_token");
    columns_[value.number].column.type.arguments = {"100"};
    return value;
  }
  return add_morphs(method, arguments, span) ? std::optional(Value{}) : std::nullopt;
}

// Of kalnoy/nestedset.
bool Blueprint::add_nested_set(std::string_view method, base::Span span) {
  const std::vector<std::string> columns{"_lft", "_rgt", "parent_id"};
  if (method == "dropNestedSet") {
    add_operation(Kind::drop_index, span).other.name = index_name(table_, columns, "index");
    drop_columns(columns, span);
    return true;
  }
  if (method != "nestedSet") return false;
  for (const std::string& name : columns) {
    sql::Column& column = columns_[add_column("integer", name, {}, span).number].column;
    column.type.is_unsigned = database_.is_mysql();
    if (name == "parent_id") {
      column.nullable = true;
    } else {
      column.default_value = sql::Default{"'0'", sql::Volatility::constant, false};
    }
  }
  add_index("index", columns, {}, span);
  return true;
}

// morphs('taggable'): the type and the id of a model, and an index over both.
bool Blueprint::add_morphs(std::string_view method, const Arguments& arguments, base::Span span) {
  struct Morph {
    std::string_view method;
    std::string_view id;
    bool nullable;
  };
  constexpr std::array<Morph, 8> kMorphs{{{"morphs", "bigInteger", false},
                                          {"nullableMorphs", "bigInteger", true},
                                          {"numericMorphs", "bigInteger", false},
                                          {"nullableNumericMorphs", "bigInteger", true},
                                          {"uuidMorphs", "uuid", false},
                                          {"nullableUuidMorphs", "uuid", true},
                                          {"ulidMorphs", "ulid", false},
                                          {"nullableUlidMorphs", "ulid", true}}};
  const auto found = std::find_if(kMorphs.begin(), kMorphs.end(),
                                  [&](const Morph& morph) { return morph.method == method; });
  if (found == kMorphs.end()) return add_nested_set(method, span);
  const std::string name = arguments.text(0, "", "name");
  if (name.empty()) fail("the name of a morph is not known here");
  const std::string_view written = found->method;
  const bool by_default = written == "morphs" || written == "nullableMorphs";
  const Model::Key key = by_default ? project_.morph_key() : Model::Key::integer;
  const std::string_view id_type = key == Model::Key::uuid   ? "uuid"
                                   : key == Model::Key::ulid ? "ulid"
                                                             : found->id;
  const Value type = add_column("string", name + "_type", {}, span);
  const Value id = add_column(id_type, name + "_id", {}, span);
  columns_[type.number].column.nullable = found->nullable;
  columns_[id.number].column.nullable = found->nullable;
  if (id_type == "bigInteger") columns_[id.number].column.type.is_unsigned = database_.is_mysql();
  add_index("index", {name + "_type", name + "_id"}, arguments.text(1, "", "indexName"), span);
  return true;
}

// What is said of the table as a whole; only that it is created so is heard of.
bool Blueprint::call_setting(std::string_view method, const Arguments& arguments) {
  constexpr std::array<std::string_view, 4> kSettings{"comment", "after", "create", "getTable"};
  if (method == "engine" || method == "charset" || method == "collation") {
    std::string value = base::to_lower(arguments.text(0, "", method));
    if (method == "collation") value = value.substr(0, value.find('_'));
    const std::string key = method == "engine" ? "engine=" : "charset=";
    std::erase_if(options_, [&](const std::string& item) {
      return method != "collation" && item.starts_with(key);
    });
    const bool said = std::any_of(options_.begin(), options_.end(),
                                  [&](const std::string& item) { return item.starts_with(key); });
    if (!value.empty() && !said) options_.push_back(key + value);
  } else if (method == "innoDb") {
    options_.emplace_back("engine=innodb");
  } else if (method == "temporary") {
    temporary_ = true;
  } else {
    return std::find(kSettings.begin(), kSettings.end(), method) != kSettings.end();
  }
  return true;
}

Value Blueprint::call(std::string_view method, const Arguments& arguments, base::Span span) {
  struct Increments {
    std::string_view method;
    std::string_view integer;
  };
  constexpr std::array<Increments, 7> kIncrements{{{"id", "bigInteger"},
                                                   {"increments", "integer"},
                                                   {"integerIncrements", "integer"},
                                                   {"bigIncrements", "bigInteger"},
                                                   {"mediumIncrements", "mediumInteger"},
                                                   {"smallIncrements", "smallInteger"},
                                                   {"tinyIncrements", "tinyInteger"}}};
  for (const Increments& increments : kIncrements) {
    if (increments.method == method)
      return add_increments(increments.integer, arguments.text(0, "id", "column"), span);
  }
  if (std::optional<Value> usual = add_usual_columns(method, arguments, span))
    return *std::move(usual);
  if (call_index(method, arguments, span)) return Value::of(Value::Kind::index);
  if (call_drop(method, arguments, span) || call_rename(method, arguments, span)) return {};
  if (method == "foreign") {
    auto columns = arguments.get(0, "columns").as_names();
    if (!columns) fail("the columns of a foreign key are not known here");
    return add_foreign(std::move(columns).value_or(std::vector<std::string>()),
                       arguments.text(1, "", "name"), span);
  }
  if (call_setting(method, arguments)) return {};

  std::string name = arguments.text(0, "", method == "foreignIdFor" ? "model" : "column");
  std::string type(method);
  bool is_unsigned = false;
  std::size_t from = 1;
  const Model* of_model = nullptr;
  if (method == "foreignIdFor") {
    const Model& model = project_.model(name);
    name = arguments.text(1, snake(php::short_name(name)) + "_" + model.key, "column");
    of_model = &model;
    type = model.kind == Model::Key::uuid   ? "uuid"
           : model.kind == Model::Key::ulid ? "ulid"
                                            : "bigInteger";
    is_unsigned = model.kind == Model::Key::integer;
    from = 2;
  } else if (method == "foreignId") {
    type = "bigInteger";
    is_unsigned = true;
  } else if (method == "foreignUuid") {
    type = "uuid";
  } else if (method == "foreignUlid") {
    type = "ulid";
  } else if (method.starts_with("unsigned")) {
    type = lower_first(method.substr(8));
    is_unsigned = true;
  } else if (method == "addColumn") {
    type = arguments.text(0, "", "type");
    name = arguments.text(1, "", "name");
    from = arguments.places.size();  // what follows is a list of attributes
  }
  const std::string otherwise = type == "uuid" && method == "uuid"   ? "uuid"
                                : type == "ulid" && method == "ulid" ? "ulid"
                                : type == "ipAddress"                ? "ip_address"
                                : type == "macAddress"               ? "mac_address"
                                                                     : "";
  if (name.empty()) name = otherwise;
  const bool makes_column = column_type({type, {}, {"x"}}, database_).has_value() ||
                            type == "computed" || type == "rawColumn";
  if (!makes_column) return Value::of(Value::Kind::null);
  if (name.empty()) {
    fail(fmt::format("the name of a column of `{}` is not known here", table_));
    return {};
  }
  Value value = add_column(type, std::move(name), arguments, span, from);
  ColumnDraft& draft = columns_[value.number];
  if (is_unsigned) draft.column.type.is_unsigned = database_.is_mysql();
  // integer('a', autoIncrement: true, unsigned: true)
  const bool takes_flags =
      type.ends_with("nteger") && method != "foreignIdFor" && method != "addColumn";
  if (takes_flags && arguments.get(1, "autoIncrement").truth() == true)
    modify(draft, "autoIncrement", {});
  if (takes_flags && arguments.get(2, "unsigned").truth() == true)
    draft.column.type.is_unsigned = database_.is_mysql();
  if (method == "addColumn") add_attributes(draft, arguments.get(2, "parameters"));
  draft.is_key = method.starts_with("foreign");
  if (of_model != nullptr) {
    draft.model_table = of_model->table;
    draft.model_key = of_model->key;
  }
  return value;
}

}  // namespace gate::readers::migrations::laravel
