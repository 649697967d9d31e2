// RunSQL and RunPython.
#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/readers/formats/sql/read.h"
#include "gate/readers/migrations/django/operations.h"
#include "gate/readers/migrations/django/rows.h"

namespace gate::readers::migrations::django {
namespace {

// Calls `on_node` for a node and all below it.
template <class OnNode>
void walk(const python::Tree& tree, NodeIndex node, const OnNode& on_node) {
  on_node(node);
  for (const NodeIndex child : tree.children(node))
    walk(tree, child, on_node);
}

bool is_noop(const Module& module, NodeIndex node) {
  const std::string name = module.tree().dotted_name(node);
  return name.ends_with("RunPython.noop") || name.ends_with("RunSQL.noop");
}

// "shop.models" and ".models", not "django.db.models".
bool is_model_module(std::string_view module) {
  if (module.starts_with("django.")) return false;
  return module == "models" || module.ends_with(".models") ||
         module.find(".models.") != std::string_view::npos || module.starts_with("models.");
}

// Returns the app that a module of models is in: "shop" for "project.shop.models"; `own`, that of
// the migration, for one that is named relative to it.
std::string_view app_of(std::string_view module, std::string_view own) {
  const std::size_t end = module.starts_with("models") ? 0 : module.find(".models");
  const std::string_view path = module.substr(0, end);
  const std::string_view last = path.substr(path.rfind('.') + 1);
  return last.empty() ? own : last;
}

}  // namespace

void Runner::run_sql(const Call& call) {
  const NodeIndex forward = call.get(0, "sql");
  const NodeIndex reverse = call.get(1, "reverse_sql");
  if (reverse == 0 || module_.is_none(reverse)) {
    remarks_.push_back({RemarkKind::one_way_sql,
                        module_.span(call.node),
                        "runs SQL without reverse_sql: the migration cannot be taken back",
                        {}});
  }
  std::vector<std::optional<std::string>> texts;
  if (module_.is_sequence(forward)) {
    for (const NodeIndex element : module_.elements(forward)) {
      // A statement, or a pair of one and its parameters.
      const bool pair = module_.is_sequence(element);
      texts.push_back(module_.text(pair && !module_.elements(element).empty()
                                       ? module_.elements(element).front()
                                       : element));
    }
  } else if (!is_noop(module_, forward)) {
    texts.push_back(module_.text(forward));
  }
  for (const std::optional<std::string>& text : texts) {
    if (!text) {
      fail("SQL that is put together at run time");
      continue;
    }
    for (sql::Statement& statement :
         sql::read_script(*text, state_.database().dialect()).statements) {
      if (!statement.opaque.empty()) fail(std::move(statement.opaque));
      for (sql::Operation& operation : statement.operations)
        emit(std::move(operation));
    }
  }
  const bool was = std::exchange(state_only_, true);
  const sql::Statement own = std::move(statement_);
  run_operations(call.get(2, "state_operations"));
  state_only_ = was;
  statement_ = own;
}

void Runner::run_python(const Call& call) {
  const NodeIndex code = call.get(0, "code");
  const NodeIndex reverse = call.get(1, "reverse_code");
  if (reverse == 0 || module_.is_none(reverse)) {
    remarks_.push_back({RemarkKind::one_way_code,
                        module_.span(call.node),
                        "runs code without reverse_code: the migration cannot be taken back",
                        {}});
  }
  for (const NodeIndex used : {code, reverse}) {
    if (used == 0) continue;
    const NodeKind kind = module_.tree().kind(used);
    const NodeIndex function = kind == NodeKind::lambda ? used
                               : kind == NodeKind::name
                                   ? module_.function(module_.tree().text(used))
                                   : 0;
    if (function == 0) continue;
    check_models(function, used == code);
    if (used != code) continue;
    check_parameters(function);
    change_rows(function);
  }
}

// What the function does to every row of a table, and what it asks of the world around.
void Runner::change_rows(NodeIndex function) {
  RowReader rows(module_, app_);
  rows.read(function);
  for (const RowChange& change : rows.take_changes()) {
    const Model* model = state_.find(change.app, change.model);
    if (model == nullptr || !model->has_table()) continue;
    sql::Operation& operation =
        emit(change.deletes ? sql::OperationKind::remove : sql::OperationKind::update,
             state_.table(*model));
    operation.guarded = change.guarded;
    operation.span = change.span;
  }
  std::vector<Remark> remarks = rows.take_remarks();
  std::move(remarks.begin(), remarks.end(), std::back_inserter(remarks_));
}

void Runner::check_parameters(NodeIndex function) {
  const python::Tree& tree = module_.tree();
  const bool lambda = tree.kind(function) == NodeKind::lambda;
  // decorators, identifier, type_parameters, parameters, annotation, block
  const NodeIndex parameters = tree.child(function, lambda ? 0 : 3);
  std::vector<std::string_view> names;
  for (const NodeIndex parameter : tree.children(parameters)) {
    if (tree.kind(parameter) == NodeKind::star_marker) break;
    if (tree.kind(parameter) == NodeKind::parameter)
      names.push_back(tree.text(tree.child(parameter, 0)));
  }
  if (names == std::vector<std::string_view>{"apps", "schema_editor"}) return;
  const NodeIndex place = lambda ? function : tree.child(function, 1);
  remarks_.push_back(
      {RemarkKind::argument_names,
       module_.span(place),
       fmt::format("`{}` takes `{}` where Django hands in apps and schema_editor",
                   lambda ? std::string_view("lambda") : tree.text(place), fmt::join(names, ", ")),
       {}});
}

void Runner::check_models(NodeIndex function, bool forward) {
  const python::Tree& tree = module_.tree();
  const auto add = [&](RemarkKind kind, NodeIndex node, std::string text, std::string fix = {}) {
    remarks_.push_back({kind, module_.span(node), std::move(text), std::move(fix)});
  };
  // Models of the application, imported at the top of the file or in the function.
  struct Imported {
    std::string app;
    std::string name;
  };
  std::map<std::string, Imported, std::less<>> models;      // by the name they have here
  std::map<std::string, std::string, std::less<>> modules;  // that hold models, and their apps
  const auto take_imports = [&](NodeIndex statement) {
    if (tree.kind(statement) != NodeKind::import_from) return;
    const std::string module = tree.dotted_name(tree.child(statement, 0)).empty()
                                   ? std::string(tree.text(tree.child(statement, 0)))
                                   : tree.dotted_name(tree.child(statement, 0));
    const bool holds_models = is_model_module(module);
    const bool of_django = tree[statement].dots() == 0 && module.starts_with("django.");
    bool first = true;
    for (const NodeIndex alias : tree.children(statement)) {
      if (std::exchange(first, false)) continue;
      const std::string here(tree.text(tree.last_child(alias)));
      const std::string_view name = tree.text(tree.child(alias, 0));
      if (holds_models) {
        models.insert_or_assign(here,
                                Imported{std::string(app_of(module, app_)), std::string(name)});
      } else if (!of_django && name == "models") {
        const std::string_view last = std::string_view(module).substr(module.rfind('.') + 1);
        modules.insert_or_assign(here, last.empty() ? app_ : std::string(last));
      }
    }
  };
  for (const NodeIndex statement : tree.children(python::Tree::root()))
    take_imports(statement);
  walk(tree, function, take_imports);
  std::vector<std::string> told;
  walk(tree, function, [&](NodeIndex node) {
    const auto holder =
        tree.kind(node) == NodeKind::attribute && tree.kind(tree.child(node, 0)) == NodeKind::name
            ? modules.find(tree.text(tree.child(node, 0)))
            : modules.end();
    if (tree.kind(node) == NodeKind::name || holder != modules.end()) {
      const bool of_module = holder != modules.end();
      const std::string name(tree.text(of_module ? tree.last_child(node) : node));
      const auto imported = of_module ? models.end() : models.find(name);
      if ((of_module || imported != models.end()) &&
          std::find(told.begin(), told.end(), name) == told.end()) {
        const Imported model = of_module ? Imported{holder->second, name} : imported->second;
        told.push_back(name);
        add(RemarkKind::model_import, node,
            fmt::format(
                "uses the model `{}` of today, not the one of this moment of the history: it "
                "breaks as soon as the model changes",
                name),
            fmt::format("take the model of that moment: `{} = apps.get_model('{}', '{}')`", name,
                        model.app, model.name));
      }
      return;
    }
    // Order = apps.get_model('shop', 'Order')
    if (!forward || tree.kind(node) != NodeKind::assign) return;
    const NodeIndex target = tree.child(node, 0);
    const NodeIndex value = tree.last_child(node);
    if (tree.kind(target) != NodeKind::name || !module_.is_call(value)) return;
    const Call call = module_.call(value);
    if (call.name != "get_model") return;
    std::string model = module_.text(call.get(1, "model_name")).value_or("");
    if (model.empty()) {
      const std::string both = module_.text(call.get(0, "app_label")).value_or("");
      model = both.substr(both.rfind('.') + 1);
    }
    const std::string_view name = tree.text(target);
    if (model.empty() || name == model) return;
    add(RemarkKind::model_name, target, fmt::format("calls the model {} `{}`", model, name));
  });
}

}  // namespace gate::readers::migrations::django
