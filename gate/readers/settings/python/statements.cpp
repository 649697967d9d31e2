// Statements, but for those with branches (branches.cpp), imports (importer.cpp) and definitions
// (definitions.cpp).
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/secrets.h"
#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::python {
namespace {

// Whether what a name is bound to is not to be shown.
bool is_secret(std::string_view name, const Value& value) {
  if (value.is(Type::text)) return base::is_secret(name, value.text());
  if (!base::is_secret_name(name)) return false;
  // Lists of classes, switches and numbers give nothing away.
  if (value.is_sequence()) return name.find("SECRET") != name.npos || name.ends_with("S_KEYS");
  if (value.is_none() || value.is(Type::boolean)) return false;
  if (value.is(Type::integer)) return base::is_secret(name, fmt::format("{}", value.whole()));
  return true;
}

// The trace of what turns out to be a secret: the variables that it comes from, without their
// values.
Trace hidden_trace(const Trace& trace) {
  if (trace.is_secret()) return trace;
  Trace hidden;
  for (TraceStep& step : trace.steps()) {
    std::size_t end = 0;
    while (end < step.text.size() &&
           (base::is_alphanumeric(step.text[end]) || step.text[end] == '_')) {
      ++end;
    }
    const std::string_view rest = std::string_view(step.text).substr(end);
    if (end == 0) continue;
    if (rest.starts_with('=')) {
      step.text = step.text.substr(0, end) + " is set";
    } else if (rest != " is not set" && rest != " is unknown" && rest != " has no value") {
      continue;
    }
    hidden = hidden.empty() ? Trace(std::move(step), true) : hidden.then(std::move(step));
  }
  return hidden;
}

bool is_setting_name(std::string_view name) {
  return !name.empty() && base::is_upper(name.front()) &&
         std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

Flow Evaluator::block(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  Flow flow = Flow::next;
  for (const NodeIndex child : tree.children(node)) {
    if (flow == Flow::uncertain) {
      // Nobody knows whether this statement is reached.
      poison(scope, child, uncertain_);
      continue;
    }
    flow = statement(scope, child);
    if (flow != Flow::next && flow != Flow::uncertain) return flow;
  }
  return flow;
}

Flow Evaluator::statement(const ScopePtr& scope, NodeIndex node) {
  if (!step()) {
    const std::string reason = "the settings take more steps than gate follows";
    if (problems_.empty() || problems_.back().message != reason) {
      problems_.push_back({reason, place(*scope, node), false});
    }
    uncertain_ = reason;
    poison(scope, node, reason);
    return Flow::uncertain;
  }
  const Tree& tree = scope->module->tree;
  Flow flow = Flow::next;
  switch (tree.kind(node)) {
    case NodeKind::expression_statement: {
      const NodeIndex value = tree.child(node, 0);
      evaluate(scope, value);
      // `X.append(...)` changes X.
      if (tree.kind(value) == NodeKind::call) {
        const NodeIndex callee = tree.child(value, 0);
        if (tree.kind(callee) == NodeKind::attribute) {
          note_change(scope, tree.child(callee, 0), node);
        }
      }
      break;
    }
    case NodeKind::assign:
      flow = assign(scope, node);
      break;
    case NodeKind::annotated_assign: {
      const NodeIndex value = tree.child(node, 2);
      if (tree.kind(value) == NodeKind::absent) break;
      const Value made = evaluate(scope, value);
      if (!raised_) assign_to(scope, tree.child(node, 0), made, node);
      break;
    }
    case NodeKind::augmented_assign:
      flow = augmented_assign(scope, node);
      break;
    case NodeKind::return_statement:
      returned_ = tree.child(node, 0) == 0 ? Value() : evaluate(scope, tree.child(node, 0));
      flow = Flow::returned;
      break;
    case NodeKind::delete_statement:
      flow = delete_statement(scope, node);
      break;
    case NodeKind::break_statement:
      flow = Flow::break_loop;
      break;
    case NodeKind::continue_statement:
      flow = Flow::continue_loop;
      break;
    case NodeKind::raise_statement:
      return raise_statement(scope, node);
    case NodeKind::global_statement:
      for (const NodeIndex name : tree.children(node))
        scope->globals.emplace(tree.text(name));
      break;
    case NodeKind::nonlocal_statement:
      for (const NodeIndex name : tree.children(node)) {
        poison_target(scope, name, "it is bound in a function outside (`nonlocal`)");
      }
      break;
    case NodeKind::import_statement:
      flow = import_statement(scope, node);
      break;
    case NodeKind::import_from:
      flow = import_from(scope, node);
      break;
    case NodeKind::assert_statement: {
      const std::optional<bool> holds = truth_of(evaluate(scope, tree.child(node, 0)));
      if (!raised_ && holds == false) {
        raise_at(*scope, node, "AssertionError", text_of(*scope, tree.child(node, 0)));
      }
      break;
    }
    case NodeKind::if_statement:
      return if_statement(scope, node);
    case NodeKind::while_statement:
      return while_statement(scope, node);
    case NodeKind::for_statement:
      return for_statement(scope, node);
    case NodeKind::try_statement:
      return try_statement(scope, node);
    case NodeKind::with_statement:
      return with_statement(scope, node);
    case NodeKind::function:
      flow = define_function(scope, node);
      break;
    case NodeKind::class_definition:
      flow = define_class(scope, node);
      break;
    case NodeKind::match_statement:
      return match_statement(scope, node);
    default:
      break;
  }
  return raised_ ? Flow::raised : flow;
}

Flow Evaluator::assign(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex last = tree.last_child(node);
  const Value value = evaluate(scope, last);
  if (raised_) return Flow::raised;
  for (const NodeIndex target : tree.children(node)) {
    if (target == last) break;
    assign_to(scope, target, value, node);
  }
  return Flow::next;
}

void Evaluator::assign_to(const ScopePtr& scope, NodeIndex target, const Value& value,
                          NodeIndex statement) {
  const Tree& tree = scope->module->tree;
  switch (tree.kind(target)) {
    case NodeKind::name: {
      const std::string_view name = tree.text(target);
      if (scope->is_function || scope->is_comprehension || scope->is_class ||
          !is_setting_name(name)) {
        return bind_name(scope, name, value);
      }
      const SettingPlace where = place(*scope, statement);
      const TraceStep* last = value.trace().last();
      const bool secret = is_secret(name, value);
      if (last != nullptr && last->place.path == where.path && last->place.line >= where.line &&
          last->place.line <= where.end_line && value.trace().is_secret() == secret) {
        return bind_name(scope, name, value);
      }
      Value hidden = value;
      if (secret && !value.trace().is_secret()) hidden = value.with(Trace({}, true));
      TraceStep step{fmt::format("{} = {}", name, shown(hidden)), where};
      Trace trace = secret ? hidden_trace(value.trace()) : value.trace();
      trace = trace.empty() ? Trace(std::move(step), secret) : trace.then(std::move(step));
      return bind_name(scope, name, value.with(std::move(trace)));
    }
    case NodeKind::identifier:
      return bind_name(scope, tree.text(target), value);
    case NodeKind::tuple:
    case NodeKind::list:
      return assign_to_sequence(scope, target, value, statement);
    case NodeKind::starred:
      return assign_to(scope, tree.child(target, 0), value, statement);
    case NodeKind::subscript:
      return assign_subscript(scope, target, value, statement);
    case NodeKind::attribute:
      return assign_attribute(scope, target, value);
    default:
      return;
  }
}

void Evaluator::assign_to_sequence(const ScopePtr& scope, NodeIndex target, const Value& value,
                                   NodeIndex statement) {
  const Tree& tree = scope->module->tree;
  std::vector<NodeIndex> targets;
  std::size_t starred = SIZE_MAX;
  for (const NodeIndex child : tree.children(target)) {
    if (tree.kind(child) == NodeKind::starred) starred = targets.size();
    targets.push_back(child);
  }
  std::vector<Value> items;
  const std::optional<std::string> broken = iterate(value, [&](const Value& item) {
    items.push_back(item);
    return true;
  });
  const bool enough =
      starred == SIZE_MAX ? items.size() == targets.size() : items.size() + 1 >= targets.size();
  if (broken || !enough) {
    const std::string reason = broken.value_or("the number of values does not fit the targets");
    maybe_ |= maybe_value;
    for (const NodeIndex child : targets)
      poison_target(scope, child, reason);
    return;
  }
  std::size_t at = 0;
  for (std::size_t index = 0; index < targets.size(); ++index) {
    if (index != starred) {
      assign_to(scope, targets[index], items[at++], statement);
      continue;
    }
    const std::size_t count = items.size() - (targets.size() - 1);
    const auto first = items.begin() + static_cast<std::ptrdiff_t>(at);
    assign_to(scope, targets[index], make_list({first, first + static_cast<std::ptrdiff_t>(count)}),
              statement);
    at += count;
  }
}

void Evaluator::assign_subscript(const ScopePtr& scope, NodeIndex target, const Value& value,
                                 NodeIndex statement) {
  const Tree& tree = scope->module->tree;
  const Value object = evaluate(scope, tree.child(target, 0));
  if (raised_ || object.is_unknown()) return;
  const NodeIndex index_node = tree.child(target, 1);
  if (tree.kind(index_node) == NodeKind::slice) {
    assign_slice(scope, object, index_node, value);
    return note_change(scope, tree.child(target, 0), statement);
  }
  const Value index = evaluate(scope, index_node);
  if (raised_) return;
  Content* content = object.is_object() ? &object.object()->content : nullptr;
  switch (object.type()) {
    case Type::dict: {
      touch(object);
      if (const std::optional<std::string> code = key_code(index)) {
        content->table.set(*code, index, value);
      } else {
        const std::string reason = unknown_reason(index);
        content->poison = reason.empty() ? "one of its keys is not known" : reason;
      }
      break;
    }
    case Type::list: {
      touch(object);
      const auto size = static_cast<std::int64_t>(content->items.size());
      const std::int64_t at = index.is(Type::integer) ? index.whole() : size;
      const std::int64_t place = at < 0 ? at + size : at;
      const bool stretched = std::any_of(content->items.begin(), content->items.end(),
                                         [](const Value& item) { return item.is_stretch(); });
      if (place < 0 || place >= size || stretched) {
        poison_object(object, "an element of it is replaced");
      } else {
        content->items[static_cast<std::size_t>(place)] = value;
      }
      break;
    }
    case Type::instance:
      if (object.object()->name == "os.environ") {
        if (index.is(Type::text)) {
          set_variable(index.text(), value);
        } else {
          touch(Value(variables_));
          variables_->content.poison = "a variable of an unknown name is set";
        }
      } else if (object.object()->name == "namespace") {
        if (index.is(Type::text)) {
          const Value& module = object.object()->module->object;
          touch(module);
          module.object()->content.table.set_name(index.text(), value);
        } else {
          poison_module(*object.object()->module, "a name that is not known is bound");
        }
      }
      break;
    default:
      break;
  }
  note_change(scope, tree.child(target, 0), statement);
}

// `apps[1:1] = [...]`: elements take the place of others.
void Evaluator::assign_slice(const ScopePtr& scope, const Value& object, NodeIndex slice,
                             const Value& value) {
  const Tree& tree = scope->module->tree;
  const std::string reason = "a part of it is replaced";
  constexpr std::size_t kMost = 10'000;  // elements; each time they are moved
  if (!object.is(Type::list) || !object.object()->content.poison.empty() ||
      object.items().size() > kMost) {
    return poison_object(object, reason);
  }
  std::vector<Value>& items = object.object()->content.items;
  const auto size = static_cast<std::int64_t>(items.size());
  std::array<std::int64_t, 2> bounds{0, size};
  bool known =
      std::none_of(items.begin(), items.end(), [](const Value& item) { return item.is_stretch(); });
  std::size_t part = 0;
  for (const NodeIndex child : tree.children(slice)) {
    if (tree.kind(child) != NodeKind::absent) {
      const Value bound = evaluate(scope, child);
      if (raised_) return;
      known = known && part < 2 && bound.is(Type::integer);
      if (known) {
        const std::int64_t at = bound.whole() < 0 ? bound.whole() + size : bound.whole();
        bounds[part] = std::clamp<std::int64_t>(at, 0, size);
      }
    }
    ++part;
  }
  if (!known) return poison_object(object, reason);
  std::vector<Value> added;
  const std::optional<std::string> broken = iterate(value, [&](const Value& item) {
    added.push_back(item);
    return added.size() < kMaxItems;
  });
  if (broken) added.push_back(Value::stretch(*broken));
  touch(object);
  const auto first = items.begin() + bounds[0];
  const auto place = items.erase(first, items.begin() + std::max(bounds[0], bounds[1]));
  items.insert(place, added.begin(), added.end());
}

void Evaluator::assign_attribute(const ScopePtr& scope, NodeIndex target, const Value& value) {
  const Tree& tree = scope->module->tree;
  const Value object = evaluate(scope, tree.child(target, 0));
  if (raised_ || !object.is_object()) return;
  const Type type = object.type();
  if (type != Type::module && type != Type::instance && type != Type::class_type) return;
  if (type == Type::module && object.object()->module == nullptr) return;
  touch(object);
  object.object()->content.table.set_name(tree.text(tree.child(target, 1)), value);
}

Flow Evaluator::augmented_assign(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex target = tree.child(node, 0);
  const Value before = evaluate(scope, target);
  const Value value = evaluate(scope, tree.child(node, 1));
  if (raised_) return Flow::raised;
  const Op op = tree[node].op;
  // A list grows where it is: everything that holds it sees that.
  if (before.is(Type::list) && op == Op::add && before.object()->content.poison.empty()) {
    touch(before);
    std::vector<Value> added;
    const std::optional<std::string> broken = iterate(value, [&](const Value& item) {
      added.push_back(item);
      return true;
    });
    std::vector<Value>& items = before.object()->content.items;
    items.insert(items.end(), added.begin(), added.end());
    if (broken) items.push_back(Value::stretch(*broken));
    note_change(scope, target, node);
    return Flow::next;
  }
  if ((before.is(Type::dict) || before.is(Type::set)) && op == Op::bit_or) {
    Call call{*scope, node, {value}, {}};
    call_method(before, "update", call);
    note_change(scope, target, node);
    return raised_ ? Flow::raised : Flow::next;
  }
  assign_to(scope, target, binary(*scope, node, op, before, value), node);
  return raised_ ? Flow::raised : Flow::next;
}

void Evaluator::note_change(const ScopePtr& scope, NodeIndex target, NodeIndex statement) {
  const Tree& tree = scope->module->tree;
  while (tree.kind(target) == NodeKind::subscript)
    target = tree.child(target, 0);
  if (tree.kind(target) != NodeKind::name || scope->is_function || scope->is_class) return;
  const std::string_view name = tree.text(target);
  if (!is_setting_name(name)) return;
  const Value* found = find_name(*scope, name);
  if (found == nullptr || !found->is_object()) return;
  // `DATABASES["default"]["PASSWORD"] = "…"` is not written down.
  const std::string written = text_of(*scope, statement);
  bind_name(scope, name,
            found->then({base::is_secret_name(written) || base::looks_secret(written)
                             ? fmt::format("{} is changed", name)
                             : written,
                         place(*scope, statement)}));
}

Flow Evaluator::delete_statement(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  for (const NodeIndex target : tree.children(node)) {
    if (tree.kind(target) == NodeKind::name) {
      journal_.touch(scope->names);
      if (!scope->names->content.table.remove(tree.text(target))) {
        raise_at(*scope, node, "NameError", fmt::format("`{}` is not defined", tree.text(target)));
      }
    } else if (tree.kind(target) == NodeKind::subscript) {
      const Value object = evaluate(scope, tree.child(target, 0));
      const Value index = evaluate(scope, tree.child(target, 1));
      if (raised_ || object.is_unknown()) continue;
      Call call{*scope, node, {index}, {}};
      call_method(object, "__delitem__", call);
      note_change(scope, tree.child(target, 0), node);
    } else {
      poison_target(scope, target, "it is deleted");
    }
  }
  return raised_ ? Flow::raised : Flow::next;
}

Flow Evaluator::raise_statement(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex what = tree.child(node, 0);
  Raised raised{{"Exception"}, "", place(*scope, node)};
  if (what != 0) {
    const bool is_call = tree.kind(what) == NodeKind::call;
    const Value type = evaluate(scope, is_call ? tree.child(what, 0) : what);
    if (type.is(Type::native)) {
      raised.types = exception_types(type.object()->name);
    } else if (type.is(Type::class_type)) {
      raised.types = {type.object()->name};
      for (const Value& base : type.object()->parts) {
        if (!base.is_object()) continue;
        const std::vector<std::string> above = base.is(Type::native)
                                                   ? exception_types(base.object()->name)
                                                   : std::vector{base.object()->name};
        raised.types.insert(raised.types.end(), above.begin(), above.end());
      }
      raised.types.emplace_back("Exception");
    } else if (tree.kind(is_call ? tree.child(what, 0) : what) == NodeKind::name) {
      raised.types = exception_types(tree.text(is_call ? tree.child(what, 0) : what));
    }
    if (is_call && tree.child(what, 1) != 0) {
      const std::optional<std::string> message = to_text(evaluate(scope, tree.child(what, 1)));
      if (message) raised.message = show_project_mark(*message);
    }
  }
  if (tries_ == 0) {
    const std::string& full = raised.types.front();
    problems_.push_back({fmt::format("{}: {}", full.substr(full.rfind('.') + 1), raised.message),
                         raised.place, true});
  }
  raised_ = std::move(raised);
  return Flow::raised;
}

Flow Evaluator::for_statement(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex target = tree.child(node, 0);
  const NodeIndex body = tree.child(node, 2);
  const NodeIndex otherwise = tree.child(node, 3);
  const Value iterable = evaluate(scope, tree.child(node, 1));
  if (raised_) return Flow::raised;
  Flow flow = Flow::next;
  const std::optional<std::string> broken = iterate(iterable, [&](const Value& item) {
    assign_to(scope, target, item, node);
    flow = raised_ ? Flow::raised : block(scope, body);
    return flow == Flow::next || flow == Flow::continue_loop;
  });
  if (flow == Flow::returned || flow == Flow::raised) return flow;
  if (flow == Flow::uncertain || broken) {
    const std::string reason = broken.value_or(uncertain_);
    poison_target(scope, target, reason);
    poison(scope, body, reason);
    if (tree.kind(otherwise) != NodeKind::absent) poison(scope, otherwise, reason);
    // Whether a loop leaves its function stays open as well.
    return flow == Flow::uncertain && scope->is_function ? Flow::uncertain : Flow::next;
  }
  if (flow != Flow::break_loop && tree.kind(otherwise) != NodeKind::absent) {
    return block(scope, otherwise);
  }
  return Flow::next;
}

Flow Evaluator::while_statement(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex body = tree.child(node, 1);
  const NodeIndex otherwise = tree.child(node, 2);
  while (true) {
    const Value test = evaluate(scope, tree.child(node, 0));
    if (raised_) return Flow::raised;
    const std::optional<bool> goes_on = truth_of(test);
    Flow flow = Flow::next;
    if (goes_on == true) flow = block(scope, body);
    if (!goes_on || flow == Flow::uncertain) {
      const std::string reason = goes_on ? uncertain_ : unknown_reason(test);
      poison(scope, body, reason);
      if (tree.kind(otherwise) != NodeKind::absent) poison(scope, otherwise, reason);
      return flow == Flow::uncertain && scope->is_function ? Flow::uncertain : Flow::next;
    }
    if (goes_on == false) {
      return tree.kind(otherwise) == NodeKind::absent ? Flow::next : block(scope, otherwise);
    }
    if (flow == Flow::break_loop) return Flow::next;
    if (flow == Flow::returned || flow == Flow::raised) return flow;
  }
}

Flow Evaluator::with_statement(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  bool suppresses = false;
  for (const NodeIndex item : tree.children(node)) {
    if (tree.kind(item) != NodeKind::with_item) continue;
    const NodeIndex context = tree.child(item, 0);
    const Value value = evaluate(scope, context);
    if (raised_) return Flow::raised;
    if (value.is(Type::instance) && value.object()->name == "contextlib.suppress") {
      suppresses = true;
    }
    if (const NodeIndex target = tree.child(item, 1); target != 0) {
      assign_to(scope, target, value, node);
    }
  }
  const NodeIndex body = tree.last_child(node);
  if (!suppresses) return block(scope, body);
  // As a `try` whose handler does nothing.
  ++tries_;
  const std::uint8_t before = maybe_;
  maybe_ = 0;
  Branch branch = run_branch([&] { return block(scope, body); });
  --tries_;
  const std::uint8_t maybe = maybe_;
  maybe_ |= before;
  if (branch.flow == Flow::raised || maybe == 0) {
    journal_.bring_back(std::move(branch.changes));
    returned_ = std::move(branch.returned);
    return branch.flow == Flow::raised ? Flow::next : branch.flow;
  }
  return merge(std::move(branch), Branch{}, "an exception may be suppressed here");
}

}  // namespace gate::readers::python
