// Operations on models.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/django/fields.h"
#include "gate/readers/migrations/django/names.h"
#include "gate/readers/migrations/django/operations.h"

namespace gate::readers::migrations::django {
namespace {

using Kind = sql::OperationKind;

}  // namespace

// {('a', 'b'), ('c', 'd')}, [('a', 'b')] or one ('a', 'b').
std::vector<std::vector<std::string>> Runner::read_together(NodeIndex node) {
  std::vector<std::vector<std::string>> all;
  if (node == 0 || module_.is_none(node)) return all;
  constexpr std::string_view kWhat = "the fields that are unique or indexed together";
  tell_unread(node, kWhat);
  const std::vector<NodeIndex> elements = module_.elements(node);
  const bool flat =
      !elements.empty() && std::all_of(elements.begin(), elements.end(), [&](NodeIndex element) {
        return module_.text(element).has_value();
      });
  if (flat) return {module_.texts(node).value_or(std::vector<std::string>())};
  for (const NodeIndex element : elements) {
    if (auto fields = module_.texts(element)) {
      all.push_back(*std::move(fields));
    } else {
      fail(fmt::format("{} are put together where the code runs", kWhat));
    }
  }
  return all;
}

void Runner::read_options(NodeIndex options, Model& model) {
  if (options == 0) return;
  if (auto table = module_.text(module_.item(options, "db_table"))) {
    // Quotes around a name keep Django from changing it.
    if (table->size() > 2 && table->front() == '"') *table = table->substr(1, table->size() - 2);
    model.db_table = *std::move(table);
  }
  model.managed = module_.truth(module_.item(options, "managed")).value_or(true);
  model.proxy = module_.truth(module_.item(options, "proxy")).value_or(false);
  model.unique_together = read_together(module_.item(options, "unique_together"));
  model.index_together = read_together(module_.item(options, "index_together"));
  tell_unread(module_.item(options, "indexes"), "the indexes");
  tell_unread(module_.item(options, "constraints"), "the constraints");
  for (const NodeIndex index : module_.elements(module_.item(options, "indexes")))
    model.indexes.push_back(read_index(index));
  for (const NodeIndex node : module_.elements(module_.item(options, "constraints"))) {
    const Call constraint = module_.call(node);
    if (constraint.name == "UniqueConstraint") {
      model.indexes.push_back(read_index(node));
    } else {
      model.checks.push_back(module_.text(constraint.get("name")).value_or(""));
    }
  }
  if (const auto order = module_.text(module_.item(options, "order_with_respect_to")))
    model.fields.push_back(order_field());
  if (const auto setting = module_.text(module_.item(options, "swappable")))
    state_.note_swappable(*setting, model);
}

// The column that order_with_respect_to keeps the order in.
Field Runner::order_field() const {
  Field field;
  field.name = "_order";
  field.kind = "IntegerField";
  field.type.name = state_.database().is_mysql() ? "int" : "integer";
  return field;
}

void Runner::alter_order(const Call& call) {
  Model* model = model_of(call, 0, "name");
  if (model == nullptr) return;
  const bool ordered = module_.text(call.get(1, "order_with_respect_to")).has_value();
  const Field* there = model->field("_order");
  if (ordered == (there != nullptr)) return;
  const Field field = order_field();
  if (model->has_table()) {
    sql::Operation& operation =
        emit(ordered ? Kind::add_column : Kind::drop_column, state_.table(*model));
    operation.column = field.name;
    if (ordered) {
      // The rows that are there get a 0, which is then taken away again.
      operation.columns.push_back(state_.column(field));
      operation.columns.front().default_value = sql::Default{"0", sql::Volatility::constant, false};
      emit(Kind::drop_default, state_.table(*model)).column = field.name;
    }
  }
  if (!touches_state()) return;
  if (ordered) {
    model->fields.push_back(field);
  } else {
    std::erase_if(model->fields, [](const Field& item) { return item.name == "_order"; });
  }
}

void Runner::create_model(const Call& call) {
  Model model;
  model.app = app_;
  model.name = module_.text(call.get(0, "name")).value_or("");
  if (model.name.empty()) {
    fail("the name of the model is not known here");
    return;
  }
  // A model that inherits the fields of another has a table of its own, with a key to the other.
  module_.each(call.get(1, "fields"), [&](NodeIndex pair, bool readable) {
    if (!readable) {
      fail("the fields are put together where the code runs");
      return;
    }
    const std::vector<NodeIndex> parts = module_.elements(pair);
    const auto name = parts.size() == 2 ? module_.text(parts[0]) : std::nullopt;
    if (!name) {
      fail("a field that is not written here");
      return;
    }
    model.fields.push_back(read_field(module_, parts[1], *name, app_, model.name, state_));
    tell_unknown(model.fields.back());
  });
  const NodeIndex options = call.get(2, "options");
  read_options(options, model);
  const bool keyed = std::any_of(model.fields.begin(), model.fields.end(),
                                 [](const Field& field) { return field.primary; });
  if (!keyed && !model.proxy)
    model.fields.insert(model.fields.begin(), automatic_key(auto_field_, state_.database()));
  if (model.has_table()) {
    state_.put(model);  // a key may point to the table itself
    sql::Operation create;
    create.kind = Kind::create_table;
    create.name.name = state_.table(model);
    for (const Field& field : model.fields) {
      if (!State::column_of(field).empty()) create.columns.push_back(state_.column(field));
    }
    emit(std::move(create));
    for (const Field& field : model.fields) {
      if (field.composite.empty()) continue;
      sql::Operation key = primary_operation(model, columns_of(model, field.composite));
      key.constraints.front().name.clear();  // written into CREATE TABLE without one
      emit(std::move(key));
    }
    for (const auto& fields : model.unique_together)
      emit(unique_operation(model, columns_of(model, fields)));
    for (const Field& field : model.fields)
      add_keys(model, field);
    for (const auto& fields : model.index_together)
      emit(index_operation(model, together_index(model, fields)));
    for (const ModelIndex& index : model.indexes) {
      if (is_supported(index)) emit(index_operation(model, index));
    }
    for (const NodeIndex node : module_.elements(module_.item(options, "constraints"))) {
      const Call constraint = module_.call(node);
      if (constraint.name.ends_with("Constraint") && constraint.name != "UniqueConstraint")
        emit(check_operation(model, constraint));
    }
    for (const Field& field : model.fields) {
      if (field.many) add_many_table(model, field);
    }
    if (!touches_state()) state_.erase(app_, model.name);
    return;
  }
  if (touches_state()) state_.put(std::move(model));
}

// The table of a ManyToManyField: a key of its own, the two it joins, and the pair unique.
void Runner::add_many_table(const Model& model, const Field& field) {
  if (!field.through.empty() || field.to_model.empty()) return;
  const bool self = field.to_app == model.app && field.to_model == base::to_lower(model.name);
  Field from;
  from.relation = true;
  from.index = true;
  from.constraint = field.constraint;
  from.to_app = model.app;
  from.to_model = base::to_lower(model.name);
  from.name = self ? "from_" + from.to_model : from.to_model;
  Field to = from;
  to.to_app = field.to_app;
  to.to_model = field.to_model;
  to.name = self ? "to_" + to.to_model : to.to_model;
  Model joined;
  joined.app = model.app;
  joined.db_table = state_.many_table(model, field);
  joined.fields = {automatic_key(auto_field_, state_.database()), from, to};
  if (field.kind == "SortedManyToManyField") {
    Field place;
    place.name = "sort_value";
    place.type.name = state_.database().is_mysql() ? "int" : "integer";
    joined.fields.push_back(std::move(place));
  }
  sql::Operation create;
  create.kind = Kind::create_table;
  create.name.name = joined.db_table;
  for (const Field& part : joined.fields)
    create.columns.push_back(state_.column(part));
  emit(std::move(create));
  emit(unique_operation(joined, {State::column_of(from), State::column_of(to)}));
  add_keys(joined, from);
  add_keys(joined, to);
}

void Runner::drop_many_tables(const Model& model) {
  for (const Field& field : model.fields) {
    if (field.many && field.through.empty())
      emit(Kind::drop_table, state_.many_table(model, field)).cascade = true;
  }
}

void Runner::delete_model(const Call& call) {
  const Model* model = model_of(call, 0, "name");
  if (model == nullptr) return;
  if (model->has_table()) {
    drop_many_tables(*model);
    emit(Kind::drop_table, state_.table(*model)).cascade = true;
  }
  if (touches_state()) state_.erase(app_, model->name);
}

// Renamed models take their automatic join tables along, and the columns in them.
void Runner::rename_many_tables(const Model& before, const Model& after,
                                const std::string& old_name) {
  for (const Field& field : before.fields) {
    if (!field.many || !field.through.empty()) continue;
    const std::string from = state_.many_table(before, field);
    const std::string to = state_.many_table(after, field);
    if (from != to) emit(Kind::rename_table, from).other.name = to;
    const std::string old_key = base::to_lower(old_name) + "_id";
    const std::string new_key = base::to_lower(after.name) + "_id";
    const bool self = field.to_app == before.app && field.to_model == base::to_lower(old_name);
    const std::vector<std::string> sides =
        self ? std::vector<std::string>{"from_", "to_"} : std::vector<std::string>{""};
    for (const std::string& side : sides) {
      sql::Operation& operation = emit(Kind::rename_column, to);
      operation.column = side + old_key;
      operation.other.name = side + new_key;
    }
  }
}

void Runner::rename_model(const Call& call) {
  const Model* found = model_of(call, 0, "old_name");
  const auto name = module_.text(call.get(1, "new_name"));
  if (found == nullptr || !name) return;
  const Model before = *found;
  Model after = before;
  after.name = *name;
  const std::string from = state_.table(before);
  const std::string to = state_.table(after);
  if (before.has_table() && from != to) {
    emit(Kind::rename_table, from).other.name = to;
    rename_many_tables(before, after, before.name);
  }
  const std::string old_key = base::to_lower(before.name);
  const std::string new_key = base::to_lower(after.name);
  // Join tables of other models that point to this one have a column named after it.
  for (auto& [key, model] : state_.models()) {
    for (Field& field : model.fields) {
      if (field.to_app != app_ || field.to_model != old_key) continue;
      const bool self = model.app == app_ && base::to_lower(model.name) == old_key;
      if (field.many && field.through.empty() && !self && old_key != new_key && from != to) {
        sql::Operation& operation = emit(Kind::rename_column, state_.many_table(model, field));
        operation.column = old_key + "_id";
        operation.other.name = new_key + "_id";
      }
      if (touches_state()) field.to_model = new_key;
    }
  }
  if (!touches_state()) return;
  for (Field& field : after.fields) {
    if (field.to_app == app_ && field.to_model == old_key) field.to_model = new_key;
  }
  state_.erase(app_, before.name);
  state_.put(std::move(after));
}

void Runner::alter_table(const Call& call) {
  Model* model = model_of(call, 0, "name");
  if (model == nullptr) return;
  Model after = *model;
  after.db_table = module_.text(call.get(1, "table")).value_or("");
  if (model->has_table() && state_.table(*model) != state_.table(after)) {
    emit(Kind::rename_table, state_.table(*model)).other.name = state_.table(after);
    for (const Field& field : model->fields) {
      if (!field.many || !field.through.empty()) continue;
      const std::string from = state_.many_table(*model, field);
      const std::string to = state_.many_table(after, field);
      if (from != to) emit(Kind::rename_table, from).other.name = to;
    }
  }
  if (touches_state()) *model = std::move(after);
}

void Runner::alter_together(const Call& call, bool unique) {
  Model* model = model_of(call, 0, "name");
  if (model == nullptr) return;
  const std::vector<std::vector<std::string>> after =
      read_together(call.get(1, unique ? "unique_together" : "index_together"));
  const std::vector<std::vector<std::string>> before =
      unique ? model->unique_together : model->index_together;
  const auto has = [](const auto& all, const auto& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (const auto& fields : before) {
    if (has(after, fields) || !model->has_table()) continue;
    // Its name holds a hash; the columns say which one it is.
    sql::Operation& operation = emit(Kind::drop_constraint, state_.table(*model));
    operation.words = columns_of(*model, fields);
    operation.flag = unique;
    operation.if_exists = true;
  }
  for (const auto& fields : after) {
    if (has(before, fields) || !model->has_table()) continue;
    if (!unique) {
      emit(index_operation(*model, together_index(*model, fields)));
      continue;
    }
    emit(unique_operation(*model, columns_of(*model, fields)));
  }
  if (touches_state()) (unique ? model->unique_together : model->index_together) = after;
}

}  // namespace gate::readers::migrations::django
