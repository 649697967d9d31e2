// RunSQL and RunPython.
#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
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

// A model of the application as code names it.
struct NamedModel {
  std::string app;
  std::string name;
  std::string written;  // the name that it has here
};

// The models that a file imports, and the modules that hold some.
class ModelImports {
 public:
  // `app`: that of the migration.
  ModelImports(const python::Tree& tree, std::string app) : tree_(tree), app_(std::move(app)) {}

  // Takes what a statement imports; any other node brings nothing.
  void take(NodeIndex statement) {
    if (tree_.kind(statement) != NodeKind::import_from) return;
    std::string module = tree_.dotted_name(tree_.child(statement, 0));
    if (module.empty()) module = tree_.text(tree_.child(statement, 0));
    const bool of_django = tree_[statement].dots() == 0 && module.starts_with("django.");
    bool first = true;
    for (const NodeIndex alias : tree_.children(statement)) {
      if (std::exchange(first, false)) continue;
      const std::string here(tree_.text(tree_.last_child(alias)));
      const std::string name(tree_.text(tree_.child(alias, 0)));
      if (is_model_module(module)) {
        models_.insert_or_assign(here, NamedModel{std::string(app_of(module, app_)), name, here});
      } else if (!of_django && name == "models") {
        const std::string last = module.substr(module.rfind('.') + 1);
        modules_.insert_or_assign(here, last.empty() ? app_ : last);
      }
    }
  }

  // Returns the model that `Order` or `models.Order` stands for, or nothing.
  [[nodiscard]] std::optional<NamedModel> find(NodeIndex node) const {
    if (tree_.kind(node) == NodeKind::name) {
      const auto found = models_.find(tree_.text(node));
      return found == models_.end() ? std::nullopt : std::optional(found->second);
    }
    if (tree_.kind(node) != NodeKind::attribute ||
        tree_.kind(tree_.child(node, 0)) != NodeKind::name)
      return std::nullopt;
    const auto holder = modules_.find(tree_.text(tree_.child(node, 0)));
    if (holder == modules_.end()) return std::nullopt;
    const std::string name(tree_.text(tree_.last_child(node)));
    return NamedModel{holder->second, name, name};
  }

 private:
  const python::Tree& tree_;
  std::string app_;
  std::map<std::string, NamedModel, std::less<>> models_;    // by the name that they have here
  std::map<std::string, std::string, std::less<>> modules_;  // and their apps
};

}  // namespace

void Runner::run_sql(const Call& call) {
  const NodeIndex forward = call.get(0, "sql");
  const NodeIndex reverse = call.get(1, "reverse_sql");
  if (reverse == 0 || module_.is_none(reverse)) {
    remarks_.push_back({RemarkKind::one_way_sql, module_.span(call.node),
                        "runs SQL without reverse_sql: the migration cannot be taken back"});
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
    remarks_.push_back({RemarkKind::one_way_code, module_.span(call.node),
                        "runs code without reverse_code: the migration cannot be taken back"});
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
  remarks_.push_back({RemarkKind::argument_names, module_.span(place),
                      fmt::format("`{}` takes `{}` where Django hands in apps and schema_editor",
                                  lambda ? std::string_view("lambda") : tree.text(place),
                                  fmt::join(names, ", "))});
}

void Runner::check_models(NodeIndex function, bool forward) {
  const python::Tree& tree = module_.tree();
  // Imported at the top of the file or in the function.
  ModelImports imports(tree, app_);
  for (const NodeIndex statement : tree.children(python::Tree::root()))
    imports.take(statement);
  walk(tree, function, [&](NodeIndex node) { imports.take(node); });
  std::set<std::string> told;
  walk(tree, function, [&](NodeIndex node) {
    if (const auto model = imports.find(node)) {
      if (!told.insert(model->written).second) return;
      remarks_.push_back(
          {RemarkKind::model_import, module_.span(node),
           fmt::format(
               "uses the model `{}` of today, not the one of this moment of the history: it "
               "breaks as soon as the model changes",
               model->written),
           fmt::format("take the model of that moment: `{} = apps.get_model('{}', '{}')`",
                       model->written, model->app, model->name)});
    } else if (forward && tree.kind(node) == NodeKind::assign) {
      check_model_name(node);
    }
  });
}

// Order = apps.get_model('shop', 'Order')
void Runner::check_model_name(NodeIndex assign) {
  const python::Tree& tree = module_.tree();
  const NodeIndex target = tree.child(assign, 0);
  const NodeIndex value = tree.last_child(assign);
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
  remarks_.push_back({RemarkKind::model_name, module_.span(target),
                      fmt::format("calls the model {} `{}`", model, name)});
}

}  // namespace gate::readers::migrations::django
