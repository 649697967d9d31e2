#include <algorithm>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/formats/php/literals.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/effects.h"
#include "gate/readers/settings/php/evaluator.h"
#include "gate/readers/settings/php/frame.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

Value from_number(const std::variant<std::int64_t, double>& number) {
  if (const auto* const whole = std::get_if<std::int64_t>(&number)) return *whole;
  return std::get<double>(number);
}

// The words of a name that PHP knows in any case.
std::optional<Value> word(std::string_view name) {
  const std::string lowered = base::to_lower(name);
  if (lowered == "true") return true;
  if (lowered == "false") return false;
  if (lowered == "null") return Value();
  return std::nullopt;
}

// The place that a key means in a text: a number, or a text that is one.
std::optional<std::int64_t> place_in_text(const Value& key) {
  if (key.is(Type::integer)) return key.whole();
  if (!key.is(Type::string)) return std::nullopt;
  const Key written(key.text());
  return written.is_number() ? std::optional(written.number()) : std::nullopt;
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

}  // namespace

SettingPlace Evaluator::place(Node node) const {
  return place_of(*file_->path, file_->tree->source()->lines(), node.span());
}

bool Evaluator::step() { return ++steps_ <= kMaxSteps; }

void Evaluator::charge(const Value& value) {
  constexpr std::size_t kBytes = 256;  // as much as evaluating a node
  constexpr std::size_t kEntries = 8;
  if (value.is(Type::string)) steps_ += value.text().size() / kBytes;
  if (value.is(Type::array)) steps_ += value.array().size() / kEntries;
}

Value Evaluator::stopped_at(Node node, std::string what) const {
  const SettingPlace at = place(node);
  return Value::unknown(fmt::format("{} ({}:{})", what, at.path, at.line));
}

Value Evaluator::expression(Node node) {
  if (!step()) return stopped_at(node, "computing it takes too many steps");
  return evaluate(node);
}

Value Evaluator::evaluate(Node node) {
  switch (node.kind()) {
    case NodeKind::integer:
      return from_number(read_integer(node.text()));
    case NodeKind::floating:
      return read_floating(node.text());
    case NodeKind::string:
      return std::string(node.text());
    case NodeKind::template_string:
      return template_string(node);
    case NodeKind::constant:
      return constant(node);
    case NodeKind::variable:
      return variable(node);
    case NodeKind::array_literal:
      return array_literal(node);
    case NodeKind::index:
      return index(node, false);
    case NodeKind::class_constant:
      return class_constant(node);
    case NodeKind::binary:
      return binary(node);
    case NodeKind::unary:
    case NodeKind::cast: {
      if (node.op() >= Operator::pre_increment && node.op() <= Operator::post_decrement)
        return increment(node);
      Value operand = expression(node.first());
      if (node.op() == Operator::silence) return operand;
      return apply(node.op(), operand).with(operand.trace());
    }
    case NodeKind::ternary:
      return ternary(node);
    case NodeKind::match:
      return match(node);
    case NodeKind::assignment:
      return assignment(node);
    case NodeKind::isset:
      return isset(node);
    case NodeKind::empty: {
      const Value value = quiet(node.first());
      return apply(Operator::logical_not, value).with(value.trace());
    }
    case NodeKind::call:
      return call(node);
    case NodeKind::static_call:
      return static_call(node);
    case NodeKind::method_call:
      return method_call(node);
    case NodeKind::closure:
    case NodeKind::arrow_function:
      return closure(node);
    case NodeKind::include:
      return include(node);
    case NodeKind::property: {
      Value object = expression(node.first());
      if (object.is(Type::null) && node.has(nullsafe)) return object;
      if (object.is_known() && !node.text().empty()) {
        if (std::optional<Value> known = world_.property(object, node.text()))
          return *std::move(known);
      }
      return object.is_known() ? stopped_at(node, "it asks an object") : object;
    }
    case NodeKind::new_object: {
      const std::optional<Arguments> given = arguments(node.child(1));
      forget_arguments(node.child(1), "it was given to an object");
      const Node made = node.first();
      if (given && made.is(NodeKind::name)) {
        if (std::optional<Value> known = world_.make(made.text(), *given)) return *std::move(known);
      }
      return stopped_at(node, made.is(NodeKind::name)
                                  ? fmt::format("it makes a {}", short_name(made.text()))
                                  : std::string("it makes an object"));
    }
    case NodeKind::throw_expression:
      return stopped_at(node, "it throws an exception");
    case NodeKind::print:
      static_cast<void>(expression(node.first()));
      return std::int64_t{1};
    default:
      forget(node, "code that gate does not evaluate may have changed it");
      return stopped_at(node, "gate does not evaluate this expression");
  }
}

Value Evaluator::constant(Node node) {
  if (const std::optional<Value> known = word(node.text())) return *known;
  if (const auto own = constants_.find(node.text()); own != constants_.end()) return own->second;
  if (node.text() == "__DIR__") return Object{Object::Class::path, Value(folder_of(*file_->path))};
  if (node.text() == "__FILE__") return Object{Object::Class::path, Value(*file_->path)};
  if (node.text() == "__LINE__") return std::int64_t{place(node).line};
  if (const std::optional<Value> known = find_constant(node.text())) return *known;
  return stopped_at(node, fmt::format("the constant {} is not known", node.text()));
}

Value Evaluator::class_constant(Node node) {
  const Node scope = node.first();
  if (scope.is(NodeKind::name)) {
    const bool is_own =
        scope.text() == "self" || scope.text() == "static" || scope.text() == "parent";
    if (base::to_lower(node.text()) == "class" && !is_own) return std::string(scope.text());
    if (const std::optional<Value> known = world_.class_constant(scope.text(), node.text()))
      return *known;
  }
  return stopped_at(node, fmt::format("{} is not known", file_->tree->written(node)));
}

Value Evaluator::variable(Node node) {
  if (!forgotten_.empty()) return Value::unknown(forgotten_);
  if (referenced_.contains(node.text()))
    return stopped_at(node, "something refers to the variable");
  const auto found = variables_->find(node.text());
  if (found != variables_->end()) return found->second;
  return stopped_at(node, fmt::format("${} is not set here", node.text()));
}

Value Evaluator::array_literal(Node node) {
  Array array;
  Trace trace;
  for (const Node item : node.children()) {
    if (!item) return stopped_at(node, "gate does not evaluate this expression");
    const Node written = item.child(1);
    if (item.has(by_reference)) {
      take_reference(written);
      return stopped_at(item, "it holds a reference");
    }
    Value value = expression(written);
    if (item.has(spread)) {
      if (!value.is(Type::array)) {
        if (!value.is_known()) return value;
        return stopped_at(item, fmt::format("it unpacks {}", describe(value.type())));
      }
      if (!value.array().unknown_key().empty()) return Value::unknown(value.array().unknown_key());
      trace = Trace::join(trace, value.trace());
      charge(value);
      for (const Array::Entry& entry : value.array().entries())
        entry.key.is_number() ? array.push(entry.value) : array.set(entry.key, entry.value);
      continue;
    }
    value = item_of(item, std::move(value));
    if (!item.first()) {
      array.push(std::move(value));
      continue;
    }
    const Value key_value = expression(item.first());
    if (const std::optional<Key> key = to_key(key_value)) {
      array.set(*key, std::move(value));
    } else if (key_value.is_known()) {
      return stopped_at(item, fmt::format("its key is {}", describe(key_value.type())));
    } else {
      // Whatever else holds, this entry stands somewhere: under a name of its own until it is
      // dropped.
      array.set_unknown_key(key_value.reason());
      array.set(Key(fmt::format("\x01{}", item.first().span().begin)), std::move(value));
    }
  }
  return Value(std::move(array)).with(std::move(trace));
}

// The value of an item knows where it stands.
Value Evaluator::item_of(Node item, Value value) {
  const Node written = item.child(1);
  const bool is_call = written.is(NodeKind::call) || written.is(NodeKind::static_call) ||
                       written.is(NodeKind::method_call);
  if (is_call && !value.trace().empty()) return value;
  std::string name = "the value";
  if (item.first().is(NodeKind::string)) name = item.first().text();
  return value.then({fmt::format("{} is {}", name, shown(value)), place(written)});
}

// How a trace speaks of a value: texts that stand in the code are not quoted, they may be secret.
std::string Evaluator::shown(const Value& value) {
  switch (value.type()) {
    case Type::unknown:
      return "unknown";
    case Type::boolean:
      return value.truth() ? "true" : "false";
    case Type::integer:
      return std::to_string(value.whole());
    case Type::number:
      return fmt::format("{}", value.real());
    case Type::string:
      if (value.trace().empty()) return "a text in the code";
      return quote(value.text(), value.trace());
    case Type::array: {
      const std::size_t size = value.array().size();
      if (size == 0) return "an empty list";
      return fmt::format("{} of {}", value.array().is_list() ? "a list" : "a map", size);
    }
    case Type::object:
      if (value.object().of == Object::Class::path) return "a path on the server";
      return "an object";
    default:
      return std::string(describe(value.type()));
  }
}

// `a[b]`; quietly, as `??` and isset() look, what is not there is null.
Value Evaluator::index(Node node, bool quietly) {
  const Node base_node = node.first();
  if (base_node.is(NodeKind::variable) &&
      (base_node.text() == "_ENV" || base_node.text() == "_SERVER")) {
    const Value key = expression(node.child(1));
    if (!key.is(Type::string)) return stopped_at(node, "its key is not known");
    Value value = world_.environment(key.text());
    if (value.is(Type::null) && base_node.text() == "_SERVER")
      return stopped_at(node, "it asks what the server sets");
    return value;
  }
  Value base_value = quietly ? quiet(base_node) : expression(base_node);
  if (!node.child(1)) return stopped_at(node, "gate does not evaluate this expression");
  Value key_value = expression(node.child(1));
  if (!base_value.is_known()) return base_value;
  if (!key_value.is_known()) return key_value;
  const Trace trace = Trace::join(base_value.trace(), key_value.trace());
  if (base_value.is(Type::array)) {
    const Array& array = base_value.array();
    if (!array.unknown_key().empty()) return Value::unknown(array.unknown_key());
    const std::optional<Key> key = to_key(key_value);
    if (!key) return stopped_at(node, "its key is no key");
    if (const Value* const found = array.find(*key))
      return found->trace().empty() ? found->with(trace) : *found;
    if (quietly) return Value().with(trace);
    return stopped_at(node, fmt::format("there is no key `{}`", key->shown()));
  }
  if (base_value.is(Type::null) && quietly) return Value().with(trace);
  const std::optional<std::int64_t> place = place_in_text(key_value);
  if (base_value.is(Type::string) && place) {
    const std::string& text = base_value.text();
    const auto size = static_cast<std::int64_t>(text.size());
    std::int64_t at = *place;
    if (at < 0) at += size;
    if (at >= 0 && at < size)
      return Value(text.substr(static_cast<std::size_t>(at), 1)).with(trace);
    if (quietly) return Value().with(trace);
  }
  return stopped_at(node, fmt::format("it asks {} for a key", describe(base_value.type())));
}

// An operand of `??` or isset(): what is not set is null.
Value Evaluator::quiet(Node node) {
  if (node.is(NodeKind::variable) && forgotten_.empty() && !referenced_.contains(node.text())) {
    const auto found = variables_->find(node.text());
    const bool is_global = node.text() == "_ENV" || node.text() == "_SERVER";
    if (found == variables_->end() && !is_global && node.text() != "this") return {};
  }
  if (node.is(NodeKind::index)) {
    if (!step()) return expression(node);
    return index(node, true);
  }
  return expression(node);
}

Value Evaluator::template_string(Node node) {
  std::string text;
  Trace trace;
  for (const Node part : node.children()) {
    Value value = expression(part);
    if (!value.is_known()) return value;
    const std::optional<std::string> more = to_text(value);
    if (!more)
      return stopped_at(part, fmt::format("it joins {} to a text", describe(value.type())));
    text += *more;
    charge(value);
    if (text.size() > Value::kMaxText) return stopped_at(node, "the text is too long");
    trace = Trace::join(trace, value.trace());
  }
  return Value(std::move(text)).with(std::move(trace));
}

Value Evaluator::binary(Node node) {
  if (node.op() == Operator::coalesce) return coalesce(node);
  if (node.op() == Operator::logical_and || node.op() == Operator::logical_or) return logical(node);
  if (node.op() == Operator::instance_of) {
    const Value value = expression(node.first());
    const bool is_plain = value.is_known() && !value.is(Type::closure) && !value.is(Type::object);
    if (is_plain) return Value(false).with(value.trace());
    return stopped_at(node, "it asks for the class of an object");
  }
  Value folded;
  bool is_first = true;
  for (const Node operand : node.children()) {
    // PHP reads a variable when it computes, so that `$i + $i++` sees what `++` has made of it.
    const bool reads_late = is_first && operand.is(NodeKind::variable) && operand.next() &&
                            sets_variable(operand.next(), operand.text());
    Value value = reads_late ? stopped_at(node, "it reads and changes the variable at once")
                             : expression(operand);
    if (is_first) {
      folded = std::move(value);
      is_first = false;
      continue;
    }
    if (node.op() == Operator::pipe) {
      folded = invoke(value, {folded});
      continue;
    }
    charge(folded);
    charge(value);
    const Trace trace = Trace::join(folded.trace(), value.trace());
    const bool were_known = folded.is_known() && value.is_known();
    folded = apply(node.op(), folded, value);
    if (were_known && !folded.is_known()) folded = stopped_at(node, folded.reason());
    folded = folded.with(trace);
  }
  return folded;
}

Value Evaluator::coalesce(Node node) {
  Trace trace;
  Value value;
  for (const Node operand : node.children()) {
    value = operand.next() ? quiet(operand) : expression(operand);
    trace = Trace::join(trace, value.trace());
    if (!value.is(Type::null)) break;
  }
  return value.with(trace);
}

// `&&` and `||`: what is unknown does not matter where another operand decides alone.
Value Evaluator::logical(Node node) {
  const bool decides = node.op() == Operator::logical_or;
  std::optional<Value> unknown;
  Trace trace;
  for (const Node operand : node.children()) {
    const Value value = expression(operand);
    if (unknown) forget(operand, unknown->reason());  // it may not have run
    trace = Trace::join(trace, value.trace());
    const std::optional<bool> truth = to_bool(value);
    if (!truth) {
      if (!unknown) unknown = value;
    } else if (*truth == decides) {
      return Value(decides).with(std::move(trace));
    }
  }
  return (unknown ? *unknown : Value(!decides)).with(std::move(trace));
}

// What a value is that hangs on something unknown: known where it is the same either way.
Value Evaluator::either(const std::string& reason, const Value& left, const Value& right) {
  const std::optional<bool> same = is_identical(left, right);
  if (same && *same) return left.with(Trace::join(left.trace(), right.trace()));
  return Value::unknown(reason);
}

Value Evaluator::ternary(Node node) {
  Value condition = expression(node.first());
  const std::optional<bool> truth = to_bool(condition);
  if (truth) {
    if (*truth && !node.child(1)) return condition;
    const Value value = expression(node.child(*truth ? 1 : 2));
    return value.with(Trace::join(condition.trace(), value.trace()));
  }
  const Value left = node.child(1) ? expression(node.child(1)) : condition;
  const Value right = expression(node.child(2));
  forget(node.child(1), condition.reason());
  forget(node.child(2), condition.reason());
  return either(condition.reason(), left, right);
}

Value Evaluator::match(Node node) {
  const Value subject = expression(node.first());
  Node fallback(&node.tree(), 0);
  for (Node arm = node.first().next(); arm; arm = arm.next()) {
    const Node conditions = arm.first();
    if (!conditions.first()) fallback = arm;
    for (const Node condition : conditions.children()) {
      const Value wanted = expression(condition);
      const std::optional<bool> same = is_identical(subject, wanted);
      if (!same) {
        forget(node, "it is set where gate does not know the way");
        return Value::unknown(subject.is_known() && !wanted.is_known() ? wanted.reason()
                              : subject.is_known() ? "it compares what gate cannot compare"
                                                   : subject.reason());
      }
      if (!*same) continue;
      const Value value = expression(arm.child(1));
      return value.with(Trace::join(subject.trace(), value.trace()));
    }
  }
  if (!fallback) return stopped_at(node, "no arm of the match fits");
  const Value value = expression(fallback.child(1));
  return value.with(Trace::join(subject.trace(), value.trace()));
}

Value Evaluator::isset(Node node) {
  Trace trace;
  for (const Node asked : node.children()) {
    Value value = quiet(asked);
    if (!value.is_known()) return value;
    trace = Trace::join(trace, value.trace());
    if (value.is(Type::null)) return Value(false).with(std::move(trace));
  }
  return Value(true).with(std::move(trace));
}

Value Evaluator::include(Node node) {
  const Value path = expression(node.first());
  const bool is_path = path.is(Type::object) && path.object().of == Object::Class::path;
  if (is_path && ++includes_ <= kMaxCalls && calls_ < kMaxCalls) {
    if (const std::optional<File> found = world_.file(path.object().value.text())) {
      // An included file shares the variables of the code that includes it.
      Frame frame(*this, *found, nullptr);
      const Flow flow = statements(found->tree->root());
      return flow == Flow::returns ? returned_ : Value(std::int64_t{1});
    }
  }
  forget_all(fmt::format("a file that gate does not see was included ({}:{})", place(node).path,
                         place(node).line));
  return stopped_at(node, "it includes a file that gate does not see");
}

}  // namespace gate::readers::php
