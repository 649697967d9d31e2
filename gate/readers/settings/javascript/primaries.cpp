// What expressions are made of: names, literals, objects, functions, and their members.
#include <fmt/format.h>

#include "gate/readers/settings/javascript/evaluator.h"
#include "gate/readers/settings/javascript/number.h"

namespace gate::readers::javascript {

Value Evaluator::primary() {
  if (done()) return give_up("a value is missing");
  const std::uint32_t here = at_;
  switch (token(here).kind) {
    case TokenKind::string:
      ++at_;
      return Value::of(unescape(text(here), true), trace_of(here, "a text"));
    case TokenKind::number: {
      ++at_;
      const std::optional<double> number = read_number(text(here));
      if (!number)
        return Value::unknown("it is no number that is read", trace_of(here, "a number"));
      return Value::of(*number, trace_of(here, std::string(text(here))));
    }
    case TokenKind::regex:
      ++at_;
      return Value::unknown("it is a regular expression", trace_of(here, "a regular expression"));
    case TokenKind::name:
      return name_expression();
    default:
      break;
  }
  if (is("(")) {
    const std::uint32_t close = token(here).match;
    ++at_;
    Value value = expression();
    while (take(","))
      value = expression();
    if (at_ != close) {
      Value unknown = give_up("brackets around no value");
      at_ = close + 1;
      return unknown;
    }
    ++at_;
    return value;
  }
  if (is("[")) return array_literal();
  if (is("{")) return object_literal();
  if (is("`")) return literal_template();
  return give_up("it is no value that is read");
}

Value Evaluator::name_expression() {
  const std::uint32_t here = at_++;
  const std::string_view name = text(here);
  if (name == "true" || name == "false")
    return Value::of(name == "true", trace_of(here, std::string(name)));
  if (name == "null") return Value::make(Type::null, trace_of(here, "null"));
  if (name == "undefined") return Value::make(Type::undefined, trace_of(here, "undefined"));
  if (name == "function" || (name == "async" && is("function"))) {
    if (name == "async") ++at_;
    const bool generator = take("*");
    if (!done() && token(at_).kind == TokenKind::name) ++at_;
    if (!is("(")) return give_up("a function without parameters");
    const std::uint32_t parameters = at_;
    at_ = token(at_).match + 1;
    if (take(":")) skip_type();
    if (!is("{")) return give_up("a function without a body");
    Value function = function_value(parameters, at_, false);
    at_ = token(at_).match + 1;
    return generator ? Value::unknown("it is a generator", function.trace) : function;
  }
  if (name == "process" && is(".") && is_at(at_ + 1, "env") && scope_->find(name) == nullptr) {
    at_ += 2;
    return Value::make(Type::environment, trace_of(here, "process.env"));
  }
  if (Value* const known = scope_->find(name)) {
    steps_ += known->weight - 1;  // it is copied
    if (known->id == 0 && (known->is(Type::object) || known->is(Type::array))) known->id = ++ids_;
    return *known;
  }
  if (name == "require" && is("(")) {
    const std::uint32_t close = token(at_).match;
    const bool literal = close == at_ + 2 && token(at_ + 1).kind == TokenKind::string;
    Value module = Value::make(Type::imported, trace_of(here, "require"));
    if (!literal) return Value::unknown("which module it requires is not known", module.trace);
    module.text = unescape(text(at_ + 1), true);
    module.name = "*";
    at_ = close + 1;
    return module;
  }
  return Value::unknown(fmt::format("`{}` is not known here", name),
                        trace_of(here, std::string(name)));
}

Value Evaluator::literal_template() {
  const std::uint32_t here = at_;
  const std::uint32_t close = token(at_).match;
  std::string out;
  Trace trace = trace_of(here, "a text");
  std::optional<Value> unknown;
  ++at_;
  while (at_ < close) {
    if (token(at_).kind == TokenKind::template_text) {
      out += unescape(text(at_++), false);
      continue;
    }
    const std::uint32_t end = token(at_).match;
    ++at_;
    const Value value = expression();
    if (at_ != end) unknown = give_up("a template that is not read");
    at_ = end + 1;
    trace = Trace::join(trace, value.trace);
    if (value.is_primitive()) {
      if (out.size() <= Value::kMaxText) out += to_text(value);
    } else if (!unknown) {
      unknown = Value::unknown(value.is(Type::unknown) ? value.text : "a part of it is no text");
    }
  }
  at_ = close + 1;
  if (unknown) return Value::unknown(unknown->text, trace);
  return Value::of(std::move(out), std::move(trace));
}

Value Evaluator::array_literal() {
  const std::uint32_t here = at_;
  const std::uint32_t close = token(at_).match;
  Value array = Value::make(Type::array, trace_of(here, "a list"));
  array.id = ++ids_;
  ++at_;
  while (at_ < close) {
    if (take(",")) continue;
    const bool spread = take("...");
    Value item = expression();
    if (at_ < close && !is(",")) {
      (void)give_up("an element that is no value");
      array.others = "an element of it is not read";
      at_ = close;
    }
    if (!spread) {
      array.push(std::move(item));
    } else if (item.is(Type::array) && item.others.empty()) {
      for (Value& one : item.items)
        array.push(std::move(one));
    } else {
      array.others = item.is(Type::unknown) ? item.text : "what is spread into it is not known";
    }
  }
  at_ = close + 1;
  return array;
}

Value Evaluator::object_literal() {
  const std::uint32_t here = at_;
  const std::uint32_t close = token(at_).match;
  Value object = Value::make(Type::object, trace_of(here, "an object"));
  object.id = ++ids_;
  ++at_;
  while (at_ < close) {
    if (take(",")) continue;
    if (!object_member(object) || (at_ < close && !is(","))) {
      (void)give_up("a member that is no value");
      object.others = "a part of it is not read";
      at_ = close;
    }
  }
  at_ = close + 1;
  return object;
}

// Reads one member; false where it is none that is known here.
bool Evaluator::object_member(Value& object) {
  if (take("...")) {
    spread_into(object, expression());
    return true;
  }
  while ((is("async") || is("get") || is("set") || is("static")) && !is_at(at_ + 1, ",") &&
         !is_at(at_ + 1, ":") && !is_at(at_ + 1, "(") && !is_at(at_ + 1, "}"))
    ++at_;
  const bool generator = take("*");
  const std::uint32_t here = at_;
  std::string key;
  std::optional<Value> unknown_key;
  if (is("[")) {
    const std::uint32_t close = token(at_).match;
    ++at_;
    const Value computed = expression();
    at_ = close + 1;
    if (computed.is_primitive()) {
      key = to_text(computed);
    } else {
      unknown_key = computed;
    }
  } else if (token(at_).kind == TokenKind::string) {
    key = unescape(text(at_++), true);
  } else if (token(at_).kind == TokenKind::name || token(at_).kind == TokenKind::number) {
    key = text(at_++);
  } else {
    return false;
  }
  Value value;
  if (is("(")) {  // a method
    const std::uint32_t parameters = at_;
    at_ = token(at_).match + 1;
    if (take(":")) skip_type();
    if (!is("{")) return false;
    value = function_value(parameters, at_, false);
    if (generator) value = Value::unknown("it is a generator", value.trace);
    at_ = token(at_).match + 1;
  } else if (take(":")) {
    value = expression();
  } else {  // `{ name }`
    const std::uint32_t after = at_;
    at_ = here;
    if (token(at_).kind != TokenKind::name) return false;
    value = name_expression();
    at_ = after;
  }
  const TraceStep step{key, place_of(source_.name(), source_.lines(), token(here).span)};
  if (value.trace.empty()) value.trace = Trace(step);
  if (unknown_key) {
    object.others = "a key of it is not known";
  } else {
    object.set(std::move(key), std::move(value));
  }
  return true;
}

void Evaluator::spread_into(Value& target, const Value& value) {
  if (value.is_nullish() || value.is(Type::boolean) || value.is(Type::number)) return;
  if (value.is(Type::text) && value.text.empty()) return;
  if (value.is(Type::object)) {
    for (const Property& property : value.properties)
      target.set(property.key, *property.value);
    if (value.others.empty()) return;
  }
  target.others = value.is(Type::object)    ? value.others
                  : value.is(Type::unknown) ? value.text
                                            : "what is spread into it is not known";
  // What stood before may have been replaced.
  for (Property& property : target.properties) {
    if (value.is(Type::object) && value.find(property.key) != nullptr) continue;
    property.value = std::make_shared<const Value>(
        Value::unknown("what is spread behind it is not known", property.value->trace));
  }
}

std::optional<Value> Evaluator::arrow_function() {
  std::uint32_t at = at_;
  if (is_at(at, "async") && !is_at(at + 1, "=>") && !is_at(at + 1, ",")) ++at;
  std::uint32_t arrow = at + 1;
  if (is_at(at, "(")) {
    arrow = token(at).match + 1;
    if (is_at(arrow, ":")) {  // a type of what it returns
      const std::uint32_t before = at_;
      at_ = arrow + 1;
      skip_type();
      // skip_type takes `=>` for a part of the type.
      std::uint32_t found = arrow;
      while (found < at_ && !is_at(found, "=>"))
        ++found;
      arrow = is_at(found, "=>") ? found : at_;
      at_ = before;
    }
  } else if (at >= end_ || token(at).kind != TokenKind::name) {
    return std::nullopt;
  }
  if (!is_at(arrow, "=>")) return std::nullopt;
  at_ = arrow + 1;
  if (is("{")) {
    Value function = function_value(at, at_, false);
    at_ = token(at_).match + 1;
    return function;
  }
  Value function = function_value(at, at_, true);
  // The body is read once to find its end; its value is that of a call.
  const std::uint32_t body = at_;
  const bool dry = std::exchange(dry_, true);
  (void)expression();
  dry_ = dry;
  auto code = std::make_shared<Code>(*function.code);
  code->body = body;
  code->body_end = at_;
  function.code = std::move(code);
  return function;
}

// A function whose parameters begin at `(` or at a name, and its body at `{` or with a value.
Value Evaluator::function_value(std::uint32_t parameters, std::uint32_t body, bool is_expression) {
  Code code;
  const bool brackets = is_at(parameters, "(");
  code.parameters = brackets ? parameters + 1 : parameters;
  code.parameters_end = brackets ? token(parameters).match : parameters + 1;
  code.is_expression = is_expression;
  code.body = is_expression ? body : body + 1;
  code.body_end = is_expression ? body : token(body).match;
  code.scope = scope_;
  Value function = Value::make(Type::function, trace_of(parameters, "a function"));
  function.code = std::make_shared<const Code>(std::move(code));
  return function;
}

Value Evaluator::environment_variable(const std::string& name, std::uint32_t at) {
  const EnvironmentValue found = environment_.find(name);
  Trace trace = found.trace(name);
  using State = EnvironmentValue::State;
  if (found.state == State::set && found.has_value) return Value::of(found.value, std::move(trace));
  if (name == "NODE_ENV")
    return Value::of(std::string("production"), trace_of(at, "NODE_ENV of a production build"));
  if (found.state == State::unknown)
    return Value::unknown(fmt::format("process.env.{}: {}", name, found.reason), std::move(trace));
  return Value::make(Type::undefined, std::move(trace));
}

Value Evaluator::member(const Value& object, const std::string& name, std::uint32_t at) {
  switch (object.type) {
    case Type::environment:
      return environment_variable(name, at);
    case Type::object: {
      if (const Value* found = object.find(name)) return *found;
      if (!object.others.empty()) return Value::unknown(object.others, object.trace);
      return Value::make(Type::undefined, object.trace);
    }
    case Type::array: {
      if (!object.others.empty()) return Value::unknown(object.others, object.trace);
      if (name == "length")
        return Value::of(static_cast<double>(object.items.size()), object.trace);
      const std::optional<double> index = read_number(name);
      if (index && *index >= 0 && *index < static_cast<double>(object.items.size()))
        return object.items[static_cast<std::size_t>(*index)];
      return Value::make(Type::undefined, object.trace);
    }
    case Type::text:
      if (name == "length") return Value::of(static_cast<double>(object.text.size()), object.trace);
      return Value::unknown(fmt::format("`.{}` of a text is not computed", name), object.trace);
    case Type::imported:
      return member_of_import(object, name);
    case Type::unknown:
      return object;
    default:
      return Value::unknown(fmt::format("`.{}` of it is not known", name), object.trace);
  }
}

}  // namespace gate::readers::javascript
