// What the functions that RunPython calls do to rows, and what they ask of the world around.
#include "gate/readers/migrations/django/rows.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace gate::readers::migrations::django {
namespace {

// What of a chain like `Order.objects.using('x').all()` leaves every row in it.
constexpr std::array<std::string_view, 14> kTakesAll{"all",
                                                     "using",
                                                     "order_by",
                                                     "reverse",
                                                     "select_related",
                                                     "prefetch_related",
                                                     "only",
                                                     "defer",
                                                     "annotate",
                                                     "get_queryset",
                                                     "db_manager",
                                                     "filter",
                                                     "exclude",
                                                     "select_for_update"};
constexpr std::array<std::string_view, 3> kManagers{"objects", "_default_manager", "_base_manager"};

template <std::size_t Size>
bool has(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether what stands below runs only sometimes, or not for every row.
bool may_not_run(NodeKind kind) {
  return kind == NodeKind::if_statement || kind == NodeKind::conditional ||
         kind == NodeKind::while_statement || kind == NodeKind::for_statement ||
         kind == NodeKind::handler || kind == NodeKind::match_case;
}

}  // namespace

RowReader::RowReader(const Module& module, std::string_view app)
    : module_(module), tree_(module.tree()), app_(app) {
  for (const NodeIndex statement : tree_.children(python::Tree::root()))
    note_import(statement);
}

// The full names of what is imported, by the names that they have here.
void RowReader::note_import(NodeIndex statement) {
  const bool from = tree_.kind(statement) == NodeKind::import_from;
  if (!from && tree_.kind(statement) != NodeKind::import_statement) return;
  std::string module;
  bool first = from;
  for (const NodeIndex alias : tree_.children(statement)) {
    if (std::exchange(first, false)) {
      module = std::string(tree_[statement].dots(), '.') + std::string(tree_.text(alias));
      continue;
    }
    const std::string name(tree_.text(tree_.child(alias, 0)));
    const NodeIndex other = tree_.child(alias, 1);
    if (from) {
      imported_.insert_or_assign(std::string(tree_.text(tree_.last_child(alias))),
                                 fmt::format("{}.{}", module, name));
    } else if (other != 0) {
      imported_.insert_or_assign(std::string(tree_.text(other)), name);
    } else {
      const std::string top = name.substr(0, name.find('.'));
      imported_.insert_or_assign(top, top);
    }
  }
}

// Returns `os.environ.get` for whatever the file calls it; empty for what it does not import.
std::string RowReader::full_name(NodeIndex node) const {
  const std::string dotted = tree_.dotted_name(node);
  const std::size_t end = std::min(dotted.find('.'), dotted.size());
  const auto found = imported_.find(std::string_view(dotted).substr(0, end));
  return found == imported_.end() ? std::string() : found->second + dotted.substr(end);
}

void RowReader::read(NodeIndex function, bool guarded) {
  constexpr int kDeepest = 32;  // functions that call each other
  if (depth_ >= kDeepest || !done_.emplace(function, guarded).second) return;
  ++depth_;
  const auto outer = std::exchange(assigned_, {});
  const std::function<void(NodeIndex)> prepare = [&](NodeIndex node) {
    note_import(node);
    if (tree_.kind(node) == NodeKind::assign) {
      const NodeIndex target = tree_.child(node, 0);
      if (tree_.kind(target) == NodeKind::name) {
        const auto [at, is_first] =
            assigned_.emplace(std::string(tree_.text(target)), tree_.last_child(node));
        if (!is_first) at->second = 0;  // more than once: which one counts is not known
      }
    } else if (tree_.kind(node) == NodeKind::augmented_assign ||
               tree_.kind(node) == NodeKind::for_statement) {
      assigned_.insert_or_assign(std::string(tree_.text(tree_.child(node, 0))), 0);
    }
    for (const NodeIndex child : tree_.children(node))
      prepare(child);
  };
  prepare(function);
  walk(function, guarded);
  assigned_ = outer;
  --depth_;
}

void RowReader::walk(NodeIndex node, bool guarded) {
  if (tree_.kind(node) == NodeKind::call) {
    read_call(node, guarded);
  } else if (tree_.kind(node) == NodeKind::subscript &&
             full_name(tree_.child(node, 0)) == "os.environ") {
    remark(RemarkKind::environment, node);
  }
  guarded = guarded || may_not_run(tree_.kind(node));
  for (const NodeIndex child : tree_.children(node))
    walk(child, guarded);
}

void RowReader::remark(RemarkKind kind, NodeIndex node) {
  if (!told_.insert(node).second) return;
  constexpr std::size_t kShown = 60;
  const std::string_view written = tree_.text(node);
  remarks_.push_back(
      {kind, module_.span(node),
       std::string(written.substr(0, std::min({written.find('\n'), kShown, written.size()})))});
}

// decouple.config('X'), env('X') of an environ.Env() of this file.
bool RowReader::reads_environment(NodeIndex callee, std::string_view name) const {
  if (name == "os.getenv" || name == "os.environ.get" || name == "decouple.config") return true;
  while (tree_.kind(callee) == NodeKind::attribute)
    callee = tree_.child(callee, 0);
  if (tree_.kind(callee) != NodeKind::name || !module_.is_call(callee)) return false;
  const std::string made = full_name(tree_.child(module_.resolve(callee), 0));
  return made == "environ.Env" || made == "environs.Env" || made == "environ.FileAwareEnv";
}

void RowReader::read_call(NodeIndex node, bool guarded) {
  constexpr std::array<std::string_view, 2> kClients{"requests.", "httpx."};
  constexpr std::array<std::string_view, 9> kVerbs{"get",  "post",    "put",     "patch", "delete",
                                                   "head", "options", "request", "stream"};
  const NodeIndex callee = tree_.child(node, 0);
  const std::string name = full_name(callee);
  const bool asks = std::any_of(kClients.begin(), kClients.end(), [&](std::string_view client) {
    return name.starts_with(client) && has(kVerbs, std::string_view(name).substr(client.size()));
  });
  if (asks || name == "urllib.request.urlopen" || name == "django.core.management.call_command") {
    remark(RemarkKind::seeder, node);
    return;
  }
  if (reads_environment(callee, name)) {
    remark(RemarkKind::environment, node);
    return;
  }
  if (tree_.kind(callee) == NodeKind::name) {
    if (const NodeIndex own = module_.function(tree_.text(callee))) read(own, guarded);
    return;
  }
  if (tree_.kind(callee) != NodeKind::attribute) return;
  const std::string_view method = tree_.text(tree_.last_child(callee));
  const bool deletes = method == "delete" || method == "_raw_delete";
  if (!deletes && method != "update") return;
  bool queried = false;
  std::optional<RowChange> change = model_of_all(tree_.child(callee, 0), queried, 0);
  if (!change || (deletes && !queried)) return;  // managers have no delete()
  change->deletes = deletes;
  change->guarded = guarded;
  change->span = module_.span(node);
  changes_.push_back(*std::move(change));
}

// Returns the value that a name has in this function, where it has just one; else the node.
NodeIndex RowReader::follow(NodeIndex node) const {
  if (tree_.kind(node) != NodeKind::name) return node;
  const auto found = assigned_.find(tree_.text(node));
  return found == assigned_.end() || found->second == 0 ? node : found->second;
}

// Returns the model whose rows, every one of them, a queryset or manager stands for. `queried`: a
// method stands behind the manager.
std::optional<RowChange> RowReader::model_of_all(NodeIndex node, bool& queried, int depth) const {
  constexpr int kDeepest = 32;
  if (depth > kDeepest) return std::nullopt;
  node = follow(node);
  if (tree_.kind(node) == NodeKind::attribute) {
    if (!has(kManagers, tree_.text(tree_.last_child(node)))) return std::nullopt;
    return model_at(tree_.child(node, 0));
  }
  if (tree_.kind(node) != NodeKind::call) return std::nullopt;
  const NodeIndex callee = tree_.child(node, 0);
  if (tree_.kind(callee) != NodeKind::attribute) return std::nullopt;
  const std::string_view method = tree_.text(tree_.last_child(callee));
  const bool has_arguments = tree_[callee].next != 0;
  if (!has(kTakesAll, method) || ((method == "filter" || method == "exclude") && has_arguments))
    return std::nullopt;
  queried = queried || method != "db_manager";
  return model_of_all(tree_.child(callee, 0), queried, depth + 1);
}

// apps.get_model('shop', 'Order'), apps.get_model('shop.Order'), or a model that is imported.
std::optional<RowChange> RowReader::model_at(NodeIndex node) const {
  const NodeIndex value = follow(node);
  RowChange change;
  if (tree_.kind(value) == NodeKind::call) {
    const Call call = module_.call(value);
    if (call.name != "get_model") return std::nullopt;
    const auto app = module_.text(call.get(0, "app_label"));
    const auto model = module_.text(call.get(1, "model_name"));
    if (!app) return std::nullopt;
    const std::size_t dot = app->find('.');
    if (call.get(1, "model_name") == 0 && dot != std::string::npos) {
      change.app = app->substr(0, dot);
      change.model = app->substr(dot + 1);
    } else if (model) {
      change.app = *app;
      change.model = *model;
    }
  } else {
    const std::string name = full_name(value);
    const std::size_t models = name.rfind("models.");
    if (name.starts_with("django.") || models == std::string::npos) return std::nullopt;
    if (models > 0 && name[models - 1] != '.') return std::nullopt;
    const std::string_view package = std::string_view(name).substr(0, models > 0 ? models - 1 : 0);
    change.app = package.substr(package.rfind('.') + 1);
    if (change.app.empty()) change.app = app_;
    change.model = name.substr(models + std::string_view("models.").size());
  }
  return change.model.empty() ? std::nullopt : std::optional(std::move(change));
}

}  // namespace gate::readers::migrations::django
