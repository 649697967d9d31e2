// Expressions.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/readers/formats/python/literals.h"
#include "gate/readers/settings/python/evaluator.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

constexpr std::string_view sign(Op op) {
  switch (op) {
    case Op::equal:
      return "==";
    case Op::not_equal:
      return "!=";
    case Op::less:
      return "<";
    case Op::less_equal:
      return "<=";
    case Op::greater:
      return ">";
    case Op::greater_equal:
      return ">=";
    case Op::in:
      return "in";
    case Op::not_in:
      return "not in";
    case Op::is:
      return "is";
    case Op::is_not:
      return "is not";
    default:
      return "?";
  }
}

}  // namespace

Value Evaluator::evaluate(const ScopePtr& scope, NodeIndex node) {
  if (raised_) return Value::unknown("an exception is raised before it is computed");
  if (!step() || depth_ >= kMaxDepth) {
    return unknown(depth_ >= kMaxDepth ? "it is nested too deeply"
                                       : "the settings take more steps than gate follows");
  }
  ++depth_;
  Value value = evaluate_kind(scope, node);
  --depth_;
  return value;
}

Value Evaluator::evaluate_kind(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  switch (tree.kind(node)) {
    case NodeKind::name:
      return name(scope, node);
    case NodeKind::true_value:
      return {true};
    case NodeKind::false_value:
      return {false};
    case NodeKind::none_value:
      return {};
    case NodeKind::number: {
      const auto number = number_value(tree, node);
      if (!number) return unknown(fmt::format("the number {}", tree.text(node)), 0);
      if (const auto* whole = std::get_if<std::int64_t>(&*number)) {
        return Value(*whole).marked(origin::literal);
      }
      return Value(std::get<double>(*number)).marked(origin::literal);
    }
    case NodeKind::string:
    case NodeKind::strings:
    case NodeKind::format:
      return text(scope, node);
    case NodeKind::attribute: {
      const Value object = evaluate(scope, tree.child(node, 0));
      if (raised_) return object;
      return attribute(*scope, node, object, tree.text(tree.child(node, 1)));
    }
    case NodeKind::subscript: {
      const Value object = evaluate(scope, tree.child(node, 0));
      const NodeIndex index = tree.child(node, 1);
      if (raised_) return object;
      if (tree.kind(index) == NodeKind::slice) return slice(scope, object, index);
      const Value at = evaluate(scope, index);
      return raised_ ? at : subscript(*scope, node, object, at);
    }
    case NodeKind::call:
      return call_expression(scope, node);
    case NodeKind::unary:
      return unary(scope, node);
    case NodeKind::binary: {
      const Value left = evaluate(scope, tree.child(node, 0));
      const Value right = evaluate(scope, tree.child(node, 1));
      return raised_ ? left : binary(*scope, node, tree[node].op, left, right);
    }
    case NodeKind::logical:
      return logical(scope, node);
    case NodeKind::comparison:
      return comparison(scope, node);
    case NodeKind::conditional:
      return conditional(scope, node);
    case NodeKind::lambda:
      return lambda(scope, node);
    case NodeKind::list:
      return display(scope, node, Type::list);
    case NodeKind::tuple:
      return display(scope, node, Type::tuple);
    case NodeKind::set:
      return display(scope, node, Type::set);
    case NodeKind::dict:
      return dict_display(scope, node);
    case NodeKind::list_comprehension:
    case NodeKind::generator:
      return comprehension(scope, node, Type::list);
    case NodeKind::set_comprehension:
      return comprehension(scope, node, Type::set);
    case NodeKind::dict_comprehension:
      return comprehension(scope, node, Type::dict);
    case NodeKind::walrus: {
      Value value = evaluate(scope, tree.child(node, 1));
      if (!raised_) assign_to(scope, tree.child(node, 0), value, node);
      return value;
    }
    default:
      return unknown(fmt::format("`{}` is not followed", text_of(*scope, node)));
  }
}

Value Evaluator::name(const ScopePtr& scope, NodeIndex node) {
  const std::string_view name = scope->module->tree.text(node);
  if (const Value* found = find_name(*scope, name)) return *found;
  if (const std::optional<Value> found = builtin(name)) return *found;
  const Content& module = scope->module->object.object()->content;
  if (!module.others.empty()) return unknown(module.others, maybe_lookup);
  return raise_at(*scope, node, "NameError", fmt::format("`{}` is not defined", name));
}

// ---- Texts

Value Evaluator::text(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  if (tree.kind(node) == NodeKind::string && is_bytes_literal(tree.text(node))) {
    return unknown("bytes are not followed", 0);
  }
  if (std::optional<std::string> constant = constant_text(tree, node)) {
    // Nobody writes the mark of paths below the project.
    if (has_project_mark(*constant)) return unknown("it holds a control character", 0);
    return Value(*std::move(constant)).marked(origin::literal);
  }
  std::string out;
  Value broken;
  Trace trace;
  if (tree.kind(node) == NodeKind::format) {
    format_parts(scope, node, is_raw_literal(tree.text(node)), out, broken, trace);
  } else {
    for (const NodeIndex piece : tree.children(node)) {
      if (tree.kind(piece) == NodeKind::format) {
        format_parts(scope, piece, is_raw_literal(tree.text(piece)), out, broken, trace);
      } else if (std::optional<std::string> constant = constant_text(tree, piece)) {
        out += *constant;
      } else {
        broken = Value::unknown("a character is given by its Unicode name");
      }
    }
  }
  if (broken.is_unknown()) {
    return Value::unknown(broken.reason(), Type::text)
        .with(broken.trace())
        .marked(broken.origins());
  }
  if (tree.kind(node) == NodeKind::string) {
    return unknown("a character is given by its Unicode name", 0, Type::text);
  }
  if (out.size() > kMaxText) return unknown("the text is too long", 0, Type::text);
  return Value(std::move(out)).with(std::move(trace));
}

// Appends the parts of an f-string; `broken` becomes unknown where one is.
void Evaluator::format_parts(const ScopePtr& scope, NodeIndex node, bool raw, std::string& out,
                             Value& broken, Trace& trace) {
  const Tree& tree = scope->module->tree;
  for (const NodeIndex part : tree.children(node)) {
    if (tree.kind(part) == NodeKind::format_text) {
      const std::optional<std::string> text = format_text_value(tree, part, raw);
      if (text) out += *text;
      if (!text) broken = Value::unknown("a character is given by its Unicode name");
      continue;
    }
    const Value value = evaluate(scope, tree.child(part, 0));
    trace = Trace::join(trace, value.trace());
    const NodeIndex spec = tree.child(part, 1);
    const char conversion = tree[part].conversion();
    if (tree[part].has(flag::debug)) out += debug_text(tree, part);
    const bool as_repr =
        conversion == 'r' || (tree[part].has(flag::debug) && conversion == '\0' && spec == 0);
    const std::optional<std::string> text = as_repr ? to_repr(value) : to_text(value);
    if (!text || conversion == 'a') {
      broken = unknown_because(value, Type::text).marked(value.origins());
    } else if (spec != 0) {
      broken = unknown(fmt::format("the format of `{}` is not followed", text_of(*scope, part)),
                       maybe_value, Type::text);
    } else {
      out += *text;
    }
  }
}

// ---- Operators

Value Evaluator::logical(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const bool is_or = tree[node].op == Op::logical_or;
  const NodeIndex last = tree.last_child(node);
  Value unknown_left;  // an operand whose truth is not known, or None
  std::uint8_t origins = 0;
  Trace trace;
  for (const NodeIndex operand : tree.children(node)) {
    Value value = evaluate(scope, operand);
    if (raised_) return value;
    origins |= value.origins();
    const std::optional<bool> truth = truth_of(value);
    if (!truth && operand != last) {
      if (!unknown_left.is_unknown())
        unknown_left = unknown_because(value, value.is_unknown() ? value.hint() : Type::unknown);
      unknown_left = unknown_left.marked(origins);
      continue;
    }
    const bool decides = truth == is_or;
    if (unknown_left.is_unknown()) {
      // `unknown or True` is true where the unknown is a bool, `unknown and False` false.
      if (decides && unknown_left.hint() == Type::boolean && value.is(Type::boolean)) return value;
      if (decides || operand == last) {
        const Type hint = value.is_unknown() ? value.hint() : value.type();
        return Value::unknown(unknown_left.reason(),
                              hint == unknown_left.hint() ? hint : Type::unknown)
            .with(unknown_left.trace())
            .marked(origins);
      }
      continue;
    }
    if (decides || operand == last) {
      if (!trace.empty() && !value.is_object()) {
        value = value.with(Trace::join(trace, value.trace()));
        if (!value.trace().empty()) {
          value = traced_at(*scope, node, value,
                            fmt::format("`{}` is {}", text_of(*scope, node), shown(value)));
        }
      }
      // What stands in for a variable that is not set is still asked of the environment.
      return is_or && (origins & origin::environment) != 0
                 ? value.marked(static_cast<std::uint8_t>(value.origins() | origin::environment))
                 : value;
    }
    trace = Trace::join(trace, value.trace());
  }
  return {};
}

Value Evaluator::comparison(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex first = tree.child(node, 0);
  Value left = evaluate(scope, first);
  Value result = Value(true);
  Trace trace = left.trace();
  const Value first_value = left;
  Value second_value;
  std::optional<Value> undecided;
  for (NodeIndex at = tree[first].next; at != 0; at = tree[at].next) {
    const Value right = evaluate(scope, tree.child(at, 0));
    if (raised_) return right;
    trace = Trace::join(trace, right.trace());
    second_value = right;
    result = compare(tree[at].op, left, right);
    if (result.is_unknown()) {
      undecided = result;
    } else if (!result.truth()) {
      undecided.reset();
      break;
    }
    left = right;
  }
  if (undecided) return undecided->with(trace);
  if (trace.empty()) return result;
  // One comparison is told with its values, a chain as it is written.
  std::string step = fmt::format("`{}` is {}", text_of(*scope, node), shown(result));
  const NodeIndex only = tree[first].next;
  if (tree[only].next == 0) {
    step = fmt::format("{} {} {} is {}", shown(first_value.with(trace)), sign(tree[only].op),
                       shown(second_value), shown(result));
  }
  return traced_at(*scope, node, result.with(trace), step);
}

Value Evaluator::unary(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const Value value = evaluate(scope, tree.child(node, 0));
  if (raised_) return value;
  const Op op = tree[node].op;
  if (op == Op::logical_not) {
    const std::optional<bool> truth = truth_of(value);
    if (!truth) return unknown_because(value, Type::boolean);
    Value result = Value(!*truth);
    if (value.trace().empty()) return result;
    return traced_at(*scope, node, result.with(value.trace()),
                     fmt::format("not {} is {}", shown(value), shown(result)));
  }
  if (value.is(Type::integer) || value.is(Type::boolean)) {
    const std::int64_t whole = value.is(Type::boolean) ? (value.truth() ? 1 : 0) : value.whole();
    if (op == Op::positive) return Value(whole).with(value.trace());
    if (op == Op::invert) return Value(~whole).with(value.trace());
    if (whole != INT64_MIN) return Value(-whole).with(value.trace());
  }
  if (value.is(Type::number) && op != Op::invert) {
    return Value(op == Op::negative ? -value.real() : value.real()).with(value.trace());
  }
  return unknown_because(value);
}

Value Evaluator::conditional(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex test_node = tree.child(node, 1);
  const Value test = evaluate(scope, test_node);
  if (raised_) return test;
  const std::optional<bool> holds = truth_of(test);
  if (holds) {
    Value value = evaluate(scope, tree.child(node, *holds ? 0 : 2));
    if (test.trace().empty() || raised_ || value.is_object()) return value;
    return value.with(Trace::join(test.trace(), value.trace()));
  }
  Value taken;
  Value other;
  const std::string reason =
      fmt::format("it depends on `{}`: {}", text_of(*scope, test_node), unknown_reason(test));
  Branch first = run_branch([&] {
    taken = evaluate(scope, tree.child(node, 0));
    return raised_ ? Flow::raised : Flow::next;
  });
  Branch second = run_branch([&] {
    other = evaluate(scope, tree.child(node, 2));
    return raised_ ? Flow::raised : Flow::next;
  });
  const bool first_raised = first.flow == Flow::raised;
  const bool second_raised = second.flow == Flow::raised;
  merge(std::move(first), std::move(second), reason);
  if (first_raised != second_raised) return first_raised ? other : taken;
  return merge_values(taken, other, reason);
}

// ---- Containers

Value Evaluator::display(const ScopePtr& scope, NodeIndex node, Type type) {
  const Tree& tree = scope->module->tree;
  std::vector<Value> items;
  const auto add = [&](const Value& item) {
    if (type == Type::set && !item.is_unknown()) {
      for (const Value& other : items) {
        if (equal(other, item) == true) return;
      }
    }
    items.push_back(item);
  };
  for (const NodeIndex element : tree.children(node)) {
    if (tree.kind(element) == NodeKind::starred) {
      const Value spread = evaluate(scope, tree.child(element, 0));
      const std::optional<std::string> broken = iterate(spread, [&](const Value& item) {
        add(item);
        return true;
      });
      if (broken) items.push_back(Value::stretch(*broken));
    } else {
      add(evaluate(scope, element));
    }
    if (raised_) return Value::unknown("an exception is raised before it is computed");
    if (items.size() > kMaxItems) return unknown("it has too many elements");
  }
  return make_list(std::move(items), type);
}

Value Evaluator::dict_display(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  Value made = make_dict();
  Content& content = made.object()->content;
  for (const NodeIndex element : tree.children(node)) {
    if (tree.kind(element) == NodeKind::double_starred) {
      add_all_keys(made, evaluate(scope, tree.child(element, 0)));
    } else {
      const Value key = evaluate(scope, tree.child(element, 0));
      Value value = evaluate(scope, tree.child(element, 1));
      if (const std::optional<std::string> code = key_code(key)) {
        content.table.set(*code, key, std::move(value));
      } else {
        const std::string reason = unknown_reason(key);
        content.others = reason.empty() ? "a key is not known" : reason;
      }
    }
    if (raised_) return Value::unknown("an exception is raised before it is computed");
  }
  return made;
}

// Sets all keys of a mapping, as `**` and update() do.
void Evaluator::add_all_keys(const Value& dict, const Value& from) {
  touch(dict);
  Content& content = dict.object()->content;
  const bool known = from.is(Type::dict) && from.object()->content.poison.empty();
  if (!known || !from.object()->content.others.empty()) {
    std::string reason = unknown_reason(from);
    if (reason.empty()) reason = "it is no dict that gate follows";
    maybe_ |= maybe_value;
    // Any key may be replaced.
    Table open;
    for (const Table::Entry& entry : content.table.entries()) {
      open.set(entry.code, entry.key, Value::unknown(reason));
    }
    content.table = std::move(open);
    content.others = reason;
    if (!known) return;
  }
  const std::vector<Table::Entry> entries = from.object()->content.table.entries();
  for (const Table::Entry& entry : entries)
    content.table.set(entry.code, entry.key, entry.value);
}

// Runs a `for` of a comprehension and what stands behind it.
bool Evaluator::clause(const ScopePtr& scope, NodeIndex clause, const std::function<void()>& inner,
                       const std::function<void(const std::string&)>& broken) {
  const Tree& tree = scope->module->tree;
  const Value iterable = evaluate(scope, tree.child(clause, 1));
  const NodeIndex next = tree[clause].next;
  const std::optional<std::string> stop = iterate(iterable, [&](const Value& item) {
    assign_to(scope, tree.child(clause, 0), item, clause);
    bool taken = true;
    for (NodeIndex test = tree[tree.child(clause, 1)].next; test != 0 && taken;
         test = tree[test].next) {
      const Value value = evaluate(scope, test);
      const std::optional<bool> holds = truth_of(value);
      if (!holds) broken(unknown_reason(value));
      taken = holds == true;
    }
    if (taken && !raised_) {
      if (next != 0) {
        this->clause(scope, next, inner, broken);
      } else {
        inner();
      }
    }
    return !raised_ && step();
  });
  if (stop) broken(*stop);
  return !raised_;
}

Value Evaluator::comprehension(const ScopePtr& scope, NodeIndex node, Type type) {
  const Tree& tree = scope->module->tree;
  auto inner = std::make_shared<Scope>();
  inner->module = scope->module;
  inner->names = std::make_shared<Object>(Type::dict);
  inner->is_comprehension = true;
  // The names of a function or class are seen; those of a module always are.
  inner->enclosing =
      scope->is_function || scope->is_comprehension || scope->is_class ? scope : nullptr;
  const NodeIndex element = tree.child(node, 0);
  Value made = type == Type::dict ? make_dict() : make_list({}, type);
  Content& content = made.object()->content;
  clause(
      inner, tree[element].next,
      [&] {
        if (type != Type::dict) {
          Value item = evaluate(inner, element);
          const bool doubled = type == Type::set && contains(made, item) == true;
          if (!doubled) content.items.push_back(std::move(item));
          return;
        }
        const Value key = evaluate(inner, tree.child(element, 0));
        Value value = evaluate(inner, tree.child(element, 1));
        if (const std::optional<std::string> code = key_code(key)) {
          content.table.set(*code, key, std::move(value));
        } else {
          content.others = "a key is not known";
        }
      },
      [&](const std::string& reason) {
        if (type == Type::dict) {
          content.others = reason;
        } else {
          content.items.push_back(Value::stretch(reason));
        }
      });
  return made;
}

Value Evaluator::slice(const ScopePtr& scope, const Value& object, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  std::array<std::optional<std::int64_t>, 3> bounds;
  for (unsigned at = 0; at < 3; ++at) {
    const NodeIndex bound = tree.child(node, at);
    if (tree.kind(bound) == NodeKind::absent) continue;
    const Value value = evaluate(scope, bound);
    if (value.is_none()) continue;
    if (!value.is(Type::integer)) return unknown_because(value, object.type());
    bounds[at] = value.whole();
  }
  const bool is_text = object.is(Type::text);
  // Of the arguments of the server none is a word of manage.py.
  if (object.is(Type::instance) && object.object()->name == "sys.argv") return object;
  if (!is_text && !object.is(Type::list) && !object.is(Type::tuple)) return unknown_because(object);
  std::size_t count = 0;
  if (is_text) {
    const std::string& text = object.text();
    // Characters are bytes only in ASCII.
    if (has_project_mark(text) || std::any_of(text.begin(), text.end(), [](char c) {
          return static_cast<unsigned char>(c) >= 0x80;
        })) {
      return unknown("a part of a text is not known", maybe_value, Type::text);
    }
    count = text.size();
  } else {
    if (!object.object()->content.poison.empty() ||
        std::any_of(object.items().begin(), object.items().end(),
                    [](const Value& item) { return item.is_stretch(); })) {
      return unknown_because(object, object.type());
    }
    count = object.items().size();
  }
  const auto size = static_cast<std::int64_t>(count);
  const std::int64_t step = bounds[2].value_or(1);
  if (step == 0) return raise_at(*scope, node, "ValueError", "slice step cannot be zero");
  const auto clamp = [&](std::int64_t at, std::int64_t low, std::int64_t high) {
    if (at < 0) at += size;
    return std::clamp(at, low, high);
  };
  std::int64_t begin = step > 0 ? 0 : size - 1;
  std::int64_t end = step > 0 ? size : -1;
  if (bounds[0]) begin = step > 0 ? clamp(*bounds[0], 0, size) : clamp(*bounds[0], -1, size - 1);
  if (bounds[1]) end = step > 0 ? clamp(*bounds[1], 0, size) : clamp(*bounds[1], -1, size - 1);
  std::string text;
  std::vector<Value> items;
  for (std::int64_t at = begin; step > 0 ? at < end : at > end; at += step) {
    if (is_text) {
      text += object.text()[static_cast<std::size_t>(at)];
    } else {
      items.push_back(object.items()[static_cast<std::size_t>(at)]);
    }
    if ((step > 0 && step > size) || (step < 0 && -step > size)) break;
  }
  if (is_text) return Value(std::move(text)).with(object.trace());
  return make_list(std::move(items), object.type()).with(object.trace());
}

Value Evaluator::subscript(const Scope& scope, NodeIndex node, const Value& object,
                           const Value& index) {
  const auto typed = [&](const char* what) { return raise_at(scope, node, "TypeError", what); };
  switch (object.type()) {
    case Type::dict: {
      const Content& content = object.object()->content;
      const std::optional<std::string> code = key_code(index);
      if (!content.poison.empty()) return unknown(content.poison, maybe_lookup);
      if (!code) return unknown_because(index);
      if (const Value* found = content.table.find(*code)) return *found;
      if (!content.others.empty()) return unknown(content.others, maybe_lookup);
      return raise_at(scope, node, "KeyError", shown(index));
    }
    case Type::list:
    case Type::tuple: {
      const Content& content = object.object()->content;
      if (!content.poison.empty()) return unknown(content.poison, maybe_lookup);
      if (!index.is(Type::integer) && !index.is(Type::boolean)) return unknown_because(index);
      const auto size = static_cast<std::int64_t>(content.items.size());
      const std::int64_t at = index.is(Type::boolean) ? (index.truth() ? 1 : 0) : index.whole();
      const std::int64_t place = at < 0 ? at + size : at;
      // What stands behind an unknown stretch has no known place from the front.
      for (std::int64_t other = 0; other < size; ++other) {
        if (!content.items[static_cast<std::size_t>(other)].is_stretch()) continue;
        if (at >= 0 ? other <= place : other >= place) {
          return unknown(content.items[static_cast<std::size_t>(other)].reason(), maybe_lookup);
        }
      }
      if (place < 0 || place >= size) {
        return raise_at(scope, node, "IndexError", "the list has no such element");
      }
      return content.items[static_cast<std::size_t>(place)];
    }
    case Type::text: {
      if (!index.is(Type::integer)) return unknown_because(index, Type::text);
      const std::string& text = object.text();
      const auto size = static_cast<std::int64_t>(text.size());
      const std::int64_t place = index.whole() < 0 ? index.whole() + size : index.whole();
      if (has_project_mark(text) || std::any_of(text.begin(), text.end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0x80;
          })) {
        return unknown("a part of a text is not known", maybe_lookup, Type::text);
      }
      if (place < 0 || place >= size) {
        return raise_at(scope, node, "IndexError", "the text has no such character");
      }
      return Value(std::string(1, text[static_cast<std::size_t>(place)])).with(object.trace());
    }
    case Type::instance: {
      Call call{scope, node, {index}, {}};
      return call_method(object, "__getitem__", call);
    }
    case Type::unknown:
      return unknown_because(object);
    case Type::none:
      return typed("None has no elements");
    default:
      return unknown(fmt::format("elements of a {} are not followed", describe(object.type())));
  }
}

std::optional<std::string> Evaluator::iterate(const Value& iterable,
                                              const std::function<bool(const Value&)>& each) {
  if (iterable.is_unknown()) return iterable.reason();
  if (iterable.is(Type::text)) {
    const std::string& text = iterable.text();
    if (has_project_mark(text)) return "the path of the project is not known";
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at + 1;
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80)
        ++end;
      if (!each(Value(text.substr(at, end - at)).with(iterable.trace()))) return std::nullopt;
      at = end;
    }
    return std::nullopt;
  }
  if (!iterable.is_object()) return "it is nothing that a loop can walk through";
  const ObjectPtr object = iterable.object();
  if (!object->content.poison.empty()) return object->content.poison;
  if (iterable.is_sequence()) {
    std::optional<std::string> broken;
    // The list may grow while it is walked through.
    for (std::size_t at = 0; at < object->content.items.size() && at < kMaxItems; ++at) {
      const Value item = object->content.items[at];
      if (item.is_stretch()) {
        broken = item.reason();
      } else if (!each(item)) {
        return std::nullopt;
      }
    }
    return broken;
  }
  if (iterable.is(Type::dict)) {
    const std::vector<Table::Entry> entries = object->content.table.entries();
    for (const Table::Entry& entry : entries) {
      if (!each(entry.key)) return std::nullopt;
    }
    if (!object->content.others.empty()) return object->content.others;
    return std::nullopt;
  }
  if (object->name == "namespace") {
    const Content& names = object->module->object.object()->content;
    const std::vector<Table::Entry> entries = names.table.entries();
    for (const std::string_view own : {"__builtins__", "__doc__", "__loader__", "__spec__"}) {
      if (!each(Value(std::string(own)))) return std::nullopt;
    }
    for (const Table::Entry& entry : entries) {
      if (!each(Value(entry.code))) return std::nullopt;
    }
    if (!names.others.empty()) return names.others;
    return std::nullopt;
  }
  if (object->name == "io.TextIOWrapper") {
    const std::optional<std::vector<Value>> lines = file_lines(iterable);
    if (!lines) return "the lines of the file are not known";
    for (const Value& line : *lines) {
      if (!each(line)) break;
    }
    return std::nullopt;
  }
  return fmt::format("a {} is not walked through", object->name.empty()
                                                       ? describe(object->type)
                                                       : std::string_view(object->name));
}

}  // namespace gate::readers::python
