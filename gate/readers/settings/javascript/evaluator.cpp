#include "gate/readers/settings/javascript/evaluator.h"

#include <cmath>
#include <functional>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace gate::readers::javascript {

Evaluator::Evaluator(const base::Source& source, const std::vector<Token>& tokens,
                     const EnvironmentValues& environment)
    : source_(source),
      tokens_(tokens),
      environment_(environment),
      end_(static_cast<std::uint32_t>(tokens.size() - 1)) {
  enter_scope(nullptr);
}

Evaluator::~Evaluator() {
  std::vector<std::map<std::string, Value, std::less<>>> names;
  for (const std::weak_ptr<Scope>& held : scopes_) {
    if (const std::shared_ptr<Scope> scope = held.lock())
      names.push_back(std::exchange(scope->names, {}));
  }
}

void Evaluator::enter_scope(std::shared_ptr<Scope> parent) {
  scope_ = std::make_shared<Scope>();
  scope_->parent = std::move(parent);
  scopes_.push_back(scope_);
}

std::string_view Evaluator::text(std::uint32_t at) const {
  const base::Span span = tokens_[at].span;
  return source_.text().substr(span.begin, span.end - span.begin);
}

bool Evaluator::is_at(std::uint32_t at, std::string_view sign) const {
  if (at >= end_) return false;
  const TokenKind kind = tokens_[at].kind;
  return (kind == TokenKind::punctuator || kind == TokenKind::name) && text(at) == sign;
}

bool Evaluator::take(std::string_view sign) {
  if (!is(sign)) return false;
  ++at_;
  return true;
}

Trace Evaluator::trace_of(std::uint32_t at, std::string text) const {
  return Trace({std::move(text), place_of(source_.name(), source_.lines(), tokens_[at].span)});
}

// Ends the reading of what is at hand: the rest up to end_ is left out.
Value Evaluator::give_up(std::string_view why) {
  if (!stuck_ && at_ < tokens_.size()) stuck_ = tokens_[at_].span;
  return Value::unknown(std::string(why));
}

// Skips a type behind `:`, `as` or `satisfies`: words, dots, brackets, `|`, `&`, literals.
void Evaluator::skip_type() {
  int angles = 0;
  bool wants_operand = true;
  while (!done()) {
    const Token& here = token(at_);
    if (is("<")) {
      ++angles;
      wants_operand = true;
    } else if (angles > 0 && (is(">") || is(">>"))) {
      angles -= is(">>") ? 2 : 1;
      wants_operand = false;
    } else if (is("(") || is("{") || is("[")) {
      // A brace behind a finished type begins something else.
      if (is("{") && !wants_operand && angles <= 0) return;
      at_ = here.match;
      wants_operand = false;
    } else if (is("|") || is("&") || is(".") || is("=>") || is("typeof") || is("keyof") ||
               is("readonly") || (angles > 0 && (is(",") || is("extends")))) {
      wants_operand = true;
    } else if (wants_operand && (here.kind == TokenKind::name || here.kind == TokenKind::string ||
                                 here.kind == TokenKind::number)) {
      wants_operand = false;
    } else {
      return;
    }
    ++at_;
  }
}

Value Evaluator::run() {
  statements();
  return exported_ ? *exported_ : Value();
}

// What next writes into the browser code: a key whose variable is not set here is one all the same,
// for it may be set where the build runs.
Setting Evaluator::env_setting(const Value& env) {
  Value kept = env;
  for (Property& property : kept.properties) {
    if (!property.value->is(Type::undefined)) continue;
    property.value = std::make_shared<const Value>(Value::make(Type::null, property.value->trace));
  }
  return to_setting(kept, 1);
}

Value Evaluator::configured(const Value& exported, bool of_vite) {
  if (!exported.is(Type::function)) return exported;
  if (of_vite) return call_function(exported, {vite_environment(exported.trace)});
  Value given = Value::make(Type::object, exported.trace);
  Value preset = Value::make(Type::object, exported.trace);
  preset.others = "what next sets by default is not followed";
  given.set("defaultConfig", std::move(preset));
  return call_function(exported,
                       {Value::of(std::string("phase-production-build"), exported.trace), given});
}

// What `vite build` hands in.
Value Evaluator::vite_environment(const Trace& trace) {
  Value given = Value::make(Type::object, trace);
  given.set("command", Value::of(std::string("build")));
  given.set("mode", Value::of(std::string("production")));
  given.set("isPreview", Value::of(false));
  given.others = "what vite hands in is not known";
  return given;
}

Setting Evaluator::to_setting(const Value& value, std::uint32_t depth) {
  if (depth > kMaxSettingDepth) return Setting::unknown("it is nested too deeply", value.trace);
  switch (value.type) {
    case Type::unknown:
      return Setting::unknown(value.text, value.trace);
    case Type::undefined:
    case Type::null:
      return Setting::null(value.trace);
    case Type::boolean:
      return Setting::boolean(value.truth, value.trace);
    case Type::number: {
      constexpr double kExact = 9007199254740992.0;
      if (std::floor(value.number) == value.number && std::abs(value.number) < kExact)
        return Setting::integer(static_cast<std::int64_t>(value.number), value.trace);
      if (!std::isfinite(value.number)) return Setting::unknown("it is no number", value.trace);
      return Setting::number(value.number, value.trace);
    }
    case Type::text:
      return Setting::string(value.text, value.trace);
    case Type::array: {
      if (!value.others.empty()) return Setting::unknown(value.others, value.trace);
      SettingList items;
      for (const Value& item : value.items)
        items.push_back(to_setting(item, depth + 1));
      return Setting::list(std::move(items), value.trace);
    }
    case Type::object: {
      SettingMap entries;
      for (const Property& property : value.properties) {
        if (property.value->is(Type::undefined)) continue;
        const bool is_env = depth == 0 && property.key == "env" && property.value->is(Type::object);
        entries.push_back({property.key, is_env ? env_setting(*property.value)
                                                : to_setting(*property.value, depth + 1)});
      }
      if (!value.others.empty())
        entries.push_back({"*", Setting::unknown(value.others, value.trace)});
      return Setting::map(std::move(entries), value.trace);
    }
    case Type::function: {
      if (value.code->parameters != value.code->parameters_end)
        return Setting::unknown("it is a function", value.trace);
      Value result = call_function(value, {});
      if (result.is(Type::undefined) || result.is(Type::function))
        return Setting::unknown("it is a function", value.trace);
      if (result.trace.empty()) result.trace = value.trace;
      return to_setting(result, depth + 1);
    }
    case Type::imported:
      return Setting::unknown(fmt::format("it comes from `{}`", value.text), value.trace);
    case Type::plugin:
      return Setting::unknown("it is a function", value.trace);
    case Type::environment:
      return Setting::unknown("it is the whole environment of the build", value.trace);
  }
  return Setting::unknown("it is of no known type", value.trace);
}

}  // namespace gate::readers::javascript
