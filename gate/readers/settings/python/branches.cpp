// Where a program may go one way or the other: `if`, `try`, and blocks that are not followed.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::python {
namespace {

constexpr auto kMutators = std::to_array<std::string_view>(
    {"append", "extend", "insert", "remove", "pop", "clear", "update", "setdefault", "add",
     "discard", "sort", "reverse", "popitem", "__setitem__", "__delitem__"});

}  // namespace

// Runs one of two ways; what it changed is taken back.
Evaluator::Branch Evaluator::run_branch(const std::function<Flow()>& way) {
  journal_.begin();
  Branch branch;
  branch.flow = way();
  branch.returned = std::exchange(returned_, std::nullopt);
  branch.raised = std::exchange(raised_, std::nullopt);
  branch.changes = journal_.take_back();
  return branch;
}

// Goes on from where both ways end.
Flow Evaluator::merge(Branch a, Branch b, const std::string& reason) {
  if ((a.flow == Flow::raised) != (b.flow == Flow::raised)) {
    // A program that is deployed does not end here; one that catches it may.
    Branch& goes_on = a.flow == Flow::raised ? b : a;
    if (tries_ > 0) {
      maybe_ |= maybe_any;
    }
    journal_.bring_back(std::move(goes_on.changes));
    returned_ = std::move(goes_on.returned);
    return goes_on.flow;
  }
  const Flow flow = a.flow;
  const bool agree = a.flow == b.flow;
  if (a.flow == Flow::raised) {
    raised_ = std::move(a.raised);
  } else if (agree && a.flow == Flow::returned) {
    returned_ = merge_values(a.returned.value_or(Value()), b.returned.value_or(Value()), reason);
  }
  journal_.merge(std::move(a.changes), std::move(b.changes), reason);
  if (agree) return flow;
  uncertain_ = reason;
  return Flow::uncertain;
}

Flow Evaluator::if_statement(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  // Behind `node`: test, block, test, block ..., perhaps the block of else.
  const std::function<Flow(NodeIndex)> from = [&](NodeIndex at) -> Flow {
    while (at != 0) {
      if (tree.kind(at) == NodeKind::block) return block(scope, at);
      const NodeIndex body = tree[at].next;
      const Value test = evaluate(scope, at);
      if (raised_) return Flow::raised;
      const std::optional<bool> holds = truth_of(test);
      if (holds == true) return block(scope, body);
      if (!holds) {
        std::string why = unknown_reason(test);
        const std::string reason =
            fmt::format("it depends on `{}` ({}:{}){}{}", text_of(*scope, at), scope->module->path,
                        place(*scope, at).line, why.empty() ? "" : ": ", why);
        Branch taken = run_branch([&] { return block(scope, body); });
        Branch other = run_branch([&] { return from(tree[body].next); });
        return merge(std::move(taken), std::move(other), reason);
      }
      at = tree[body].next;
    }
    return Flow::next;
  };
  return from(tree.child(node, 0));
}

// ---- try

Flow Evaluator::try_statement(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex body = tree.child(node, 0);
  const NodeIndex first_handler = tree[body].next;
  const NodeIndex finally = tree.last_child(node);
  NodeIndex otherwise = first_handler;
  while (tree.kind(otherwise) == NodeKind::handler)
    otherwise = tree[otherwise].next;
  const bool handles = tree.kind(first_handler) == NodeKind::handler;

  const std::uint8_t before = maybe_;
  maybe_ = 0;
  if (handles) ++tries_;
  Branch branch = run_branch([&] { return block(scope, body); });
  if (handles) --tries_;
  std::uint8_t maybe = maybe_;
  maybe_ = before;

  Flow flow = branch.flow;
  if (flow == Flow::raised) {
    // What it did before it raised is done.
    journal_.bring_back(std::move(branch.changes));
    raised_ = std::move(branch.raised);
    maybe_ |= maybe;
    flow = handles ? handle(scope, node, first_handler) : Flow::raised;
  } else {
    const auto with_else = [&]() -> Flow {
      journal_.bring_back(std::move(branch.changes));
      returned_ = branch.returned;
      if (branch.flow == Flow::next && tree.kind(otherwise) != NodeKind::absent) {
        return block(scope, otherwise);
      }
      return branch.flow;
    };
    std::uint8_t caught = 0;
    for (NodeIndex at = first_handler; tree.kind(at) == NodeKind::handler; at = tree[at].next) {
      caught |= caught_kinds(scope, tree.child(at, 0));
    }
    if ((maybe & caught) == 0) {
      maybe_ |= maybe;
      flow = with_else();
    } else {
      maybe_ |= static_cast<std::uint8_t>(maybe & ~caught);
      Branch went_well = run_branch(with_else);
      flow = maybe_handle(scope, first_handler, maybe, std::move(went_well));
    }
  }
  if (tree.kind(finally) == NodeKind::absent) return flow;
  std::optional<Raised> on_its_way = std::exchange(raised_, std::nullopt);
  std::optional<Value> result = std::exchange(returned_, std::nullopt);
  const Flow last = block(scope, finally);
  if (last != Flow::next) return last;
  raised_ = std::move(on_its_way);
  returned_ = std::move(result);
  return flow;
}

// An exception was raised: the first handler that catches it runs.
Flow Evaluator::handle(const ScopePtr& scope, NodeIndex node, NodeIndex first_handler) {
  const Tree& tree = scope->module->tree;
  const Raised raised = *std::exchange(raised_, std::nullopt);
  for (NodeIndex at = first_handler; tree.kind(at) == NodeKind::handler; at = tree[at].next) {
    const std::optional<bool> caught = matches(scope, tree.child(at, 0), raised);
    if (caught == true) return run_handler(scope, at);
    if (!caught) {
      const std::string reason =
          fmt::format("whether `{}` catches {} is not known", text_of(*scope, tree.child(at, 0)),
                      raised.types.front());
      for (; tree.kind(at) == NodeKind::handler; at = tree[at].next)
        poison(scope, at, reason);
      return Flow::next;
    }
  }
  if (tries_ == 0) {
    problems_.push_back(
        {fmt::format("{}: {}", raised.types.front(), raised.message), raised.place, true});
  }
  (void)node;
  raised_ = raised;
  return Flow::raised;
}

// The body may have raised: weighs what it did against what its handlers would do.
Flow Evaluator::maybe_handle(const ScopePtr& scope, NodeIndex first_handler, std::uint8_t maybe,
                             Branch body) {
  const Tree& tree = scope->module->tree;
  bool first = true;
  Flow flow = body.flow;
  for (NodeIndex at = first_handler; tree.kind(at) == NodeKind::handler; at = tree[at].next) {
    if ((caught_kinds(scope, tree.child(at, 0)) & maybe) == 0) continue;
    const std::string reason = fmt::format("it depends on whether an exception is raised in {}:{}",
                                           scope->module->path, place(*scope, at).line);
    if (first) {
      Branch handled = run_branch([&] { return run_handler(scope, at); });
      flow = merge(std::move(body), std::move(handled), reason);
      first = false;
    } else {
      poison(scope, at, reason);
    }
  }
  return flow;
}

Flow Evaluator::run_handler(const ScopePtr& scope, NodeIndex handler) {
  const Tree& tree = scope->module->tree;
  const NodeIndex name = tree.child(handler, 1);
  if (tree.kind(name) == NodeKind::identifier) {
    bind_name(scope, tree.text(name), Value::unknown("it is an exception"));
  }
  return block(scope, tree.child(handler, 2));
}

// Returns whether a handler for this type catches an exception.
std::optional<bool> Evaluator::matches(const ScopePtr& scope, NodeIndex type,
                                       const Raised& raised) {
  const Tree& tree = scope->module->tree;
  if (tree.kind(type) == NodeKind::absent) return true;
  const Value wanted = evaluate(scope, type);
  raised_.reset();
  const auto one = [&](const Value& value) -> std::optional<bool> {
    if (!value.is(Type::native) && !value.is(Type::class_type)) return std::nullopt;
    const std::vector<std::string> types = value.is(Type::native)
                                               ? exception_types(value.object()->name)
                                               : std::vector{value.object()->name};
    return std::find(raised.types.begin(), raised.types.end(), types.front()) != raised.types.end();
  };
  if (!wanted.is(Type::tuple)) return one(wanted);
  bool sure = true;
  for (const Value& item : wanted.items()) {
    const std::optional<bool> caught = one(item);
    if (caught == true) return true;
    sure = sure && caught.has_value();
  }
  if (!sure) return std::nullopt;
  return false;
}

// Returns which of the exceptions that an unknown may raise a handler for this type catches.
std::uint8_t Evaluator::caught_kinds(const ScopePtr& scope, NodeIndex type) {
  constexpr std::uint8_t kAll = maybe_import | maybe_lookup | maybe_os | maybe_value | maybe_any;
  const Tree& tree = scope->module->tree;
  if (tree.kind(type) == NodeKind::absent) return kAll;
  const std::uint8_t before = maybe_;
  const Value wanted = evaluate(scope, type);
  raised_.reset();
  maybe_ = before;
  std::uint8_t kinds = 0;
  const auto one = [&](const Value& value) {
    if (!value.is(Type::native)) {
      kinds |= maybe_any | maybe_value | maybe_lookup;
      return;
    }
    const std::vector<std::string> types = exception_types(value.object()->name);
    const auto is = [&](std::string_view name) {
      return std::find(types.begin(), types.end(), name) != types.end();
    };
    if (types.front() == "Exception" || types.front() == "BaseException") {
      kinds |= kAll;
    } else if (is("ImportError")) {
      kinds |= maybe_import;
    } else if (is("LookupError") || is("AttributeError") || is("NameError")) {
      kinds |= maybe_lookup | maybe_any;
    } else if (is("OSError")) {
      kinds |= maybe_os | maybe_any;
    } else if (is("ValueError") || is("TypeError")) {
      kinds |= maybe_value | maybe_any;
    } else {
      kinds |= maybe_any | maybe_lookup;
    }
  };
  if (wanted.is(Type::tuple)) {
    for (const Value& item : wanted.items())
      one(item);
  } else {
    one(wanted);
  }
  return kinds;
}

// ---- Blocks that are not followed

void Evaluator::poison_target(const ScopePtr& scope, NodeIndex target, const std::string& reason) {
  const Tree& tree = scope->module->tree;
  switch (tree.kind(target)) {
    case NodeKind::name:
    case NodeKind::identifier:
      return bind_name(scope, tree.text(target), Value::unknown(reason));
    case NodeKind::tuple:
    case NodeKind::list:
    case NodeKind::starred:
      for (const NodeIndex child : tree.children(target))
        poison_target(scope, child, reason);
      return;
    case NodeKind::subscript:
    case NodeKind::attribute: {
      // What the outermost name holds is changed somewhere within.
      NodeIndex root = target;
      while (tree.kind(root) == NodeKind::subscript || tree.kind(root) == NodeKind::attribute) {
        root = tree.child(root, 0);
      }
      if (tree.kind(root) != NodeKind::name) return;
      const Value* found = find_name(*scope, tree.text(root));
      if (found == nullptr) return;
      const Value value = *found;
      if (value.is(Type::instance) && value.object()->name == "os.environ") {
        touch(Value(variables_));
        variables_->content.poison = reason;
      } else if (value.is(Type::module)) {
        if (tree.dotted_name(tree.child(target, 0)) == "os.environ") {
          touch(Value(variables_));
          variables_->content.poison = reason;
        }
      } else {
        poison_object(value, reason);
      }
      return;
    }
    default:
      return;
  }
}

void Evaluator::poison(const ScopePtr& scope, NodeIndex node, const std::string& reason,
                       int depth) {
  if (!step()) {
    poison_module(*scope->module, reason);
    return;
  }
  const Tree& tree = scope->module->tree;
  switch (tree.kind(node)) {
    case NodeKind::assign: {
      const NodeIndex last = tree.last_child(node);
      for (const NodeIndex target : tree.children(node)) {
        if (target != last) poison_target(scope, target, reason);
      }
      break;
    }
    case NodeKind::annotated_assign:
      if (tree.kind(tree.child(node, 2)) != NodeKind::absent) {
        poison_target(scope, tree.child(node, 0), reason);
      }
      break;
    case NodeKind::augmented_assign: {
      // In place where it is a list or dict.
      const NodeIndex target = tree.child(node, 0);
      if (tree.kind(target) == NodeKind::name) {
        if (const Value* found = find_name(*scope, tree.text(target))) {
          const Value value = *found;
          poison_object(value, reason);
        }
      }
      poison_target(scope, target, reason);
      break;
    }
    case NodeKind::for_statement:
    case NodeKind::walrus:
    case NodeKind::delete_statement:
      poison_target(scope, tree.child(node, 0), reason);
      break;
    case NodeKind::with_item:
      if (const NodeIndex target = tree.child(node, 1); target != 0) {
        poison_target(scope, target, reason);
      }
      break;
    case NodeKind::global_statement:
      for (const NodeIndex name : tree.children(node))
        scope->globals.emplace(tree.text(name));
      break;
    case NodeKind::import_from:
      if (tree[node].has(flag::star)) return poison_module(*scope->module, reason);
      [[fallthrough]];
    case NodeKind::import_statement:
      for (const NodeIndex alias : tree.children(node)) {
        if (tree.kind(alias) != NodeKind::alias) continue;
        const std::string_view name = tree.text(tree.last_child(alias));
        bind_name(scope, name.substr(0, name.find('.')), Value::unknown(reason));
      }
      return;
    case NodeKind::function:
    case NodeKind::class_definition:
      return poison_target(scope, tree.child(node, 1), reason);
    case NodeKind::lambda:
      return;
    case NodeKind::match_case:
      // Names that a pattern binds are not told apart; they are no settings.
      break;
    case NodeKind::call: {
      const NodeIndex callee = tree.child(node, 0);
      if (tree.kind(callee) == NodeKind::attribute) {
        const std::string_view method = tree.text(tree.child(callee, 1));
        if (std::find(kMutators.begin(), kMutators.end(), method) != kMutators.end()) {
          poison_target(scope, callee, reason);
        }
      } else if (tree.kind(callee) == NodeKind::name) {
        const std::string_view name = tree.text(callee);
        if (name == "exec" || name == "globals" || name == "locals" || name == "vars" ||
            name == "include") {
          return poison_module(*scope->module, reason);
        }
        const Value* found = find_name(*scope, name);
        if (found != nullptr && found->is(Type::function) && depth < 5) {
          // What the function may do is done as well.
          const Object& function = *found->object();
          auto inner = std::make_shared<Scope>();
          inner->module = function.module;
          inner->names = std::make_shared<Object>(Type::dict);
          inner->enclosing = function.scope;
          inner->is_function = true;
          if (inner->module->tree.kind(function.node) == NodeKind::function) {
            poison(inner, inner->module->tree.last_child(function.node), reason, depth + 1);
          }
          for (const NodeIndex argument : tree.children(node)) {
            if (tree.kind(argument) != NodeKind::name || argument == callee) continue;
            if (const Value* given = find_name(*scope, tree.text(argument))) {
              const Value value = *given;
              poison_object(value, reason);
            }
          }
        }
      }
      break;
    }
    default:
      break;
  }
  for (const NodeIndex child : tree.children(node))
    poison(scope, child, reason, depth);
}

}  // namespace gate::readers::python
