// Calls: functions of the file, of the language, and of the modules that configuration files use.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/json_writer.h"
#include "gate/readers/settings/javascript/evaluator.h"
#include "gate/readers/settings/javascript/number.h"
#include "gate/readers/settings/javascript/plugins.h"

namespace gate::readers::javascript {
namespace {

std::string trimmed(std::string_view text) {
  const auto blank = [](char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
  };
  while (!text.empty() && blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && blank(text.back()))
    text.remove_suffix(1);
  return std::string(text);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Value not_computed(std::string_view name, Trace trace) {
  return Value::unknown(name.empty() ? std::string("a call is not followed")
                                     : fmt::format("a call of `{}` is not followed", name),
                        std::move(trace));
}

}  // namespace

std::vector<Value> Evaluator::arguments(std::string& others) {
  const std::uint32_t close = token(at_).match;
  std::vector<Value> given;
  ++at_;
  while (at_ < close) {
    if (take(",")) continue;
    if (take("...")) others = "arguments are spread into a call";
    given.push_back(expression());
    if (at_ < close && !is(",")) {
      (void)give_up("an argument that is no value");
      others = "an argument of a call is not read";
      at_ = close;
    }
  }
  at_ = close + 1;
  return given;
}

Value Evaluator::call(const Value& callee, const Value* self, std::string_view name,
                      std::vector<Value> arguments) {
  if (callee.is(Type::function)) return call_function(callee, arguments);
  if (callee.is(Type::plugin)) {
    const Plugin* const plugin = find_plugin(callee);
    if (plugin == nullptr || arguments.empty()) return not_computed(name, callee.trace);
    return wrapped(arguments.front(), *plugin);
  }
  if (callee.is(Type::imported)) return call_import(callee, arguments);
  if (self != nullptr && !name.empty()) return call_method(*self, name, arguments);
  if (self == nullptr && scope_->find(name) == nullptr) return call_global(name, arguments);
  return callee.is(Type::unknown) ? callee : not_computed(name, callee.trace);
}

Value Evaluator::call_function(const Value& function, const std::vector<Value>& arguments) {
  if (dry_) return Value::unknown("it is not called here", function.trace);
  if (depth_ + 4 > kMaxDepth)
    return Value::unknown("its calls are nested too deeply", function.trace);
  const Code& code = *function.code;
  const std::uint32_t at = at_;
  const std::uint32_t end = end_;
  const std::shared_ptr<Scope> outer = scope_;
  const std::optional<Value> returned = std::exchange(returned_, std::nullopt);
  const bool in_function = std::exchange(in_function_, true);
  depth_ += 4;
  enter_scope(code.scope);

  std::size_t index = 0;
  at_ = code.parameters;
  end_ = code.parameters_end;
  while (!done()) {
    if (take(",")) {
      ++index;
      continue;
    }
    const std::uint32_t name = at_;
    const bool pattern = is("{") || is("[");
    at_ = pattern ? token(at_).match + 1 : at_ + 1;
    (void)take("?");
    if (take(":")) skip_type();
    Value value = index < arguments.size() ? arguments[index] : Value();
    if (take("=")) {
      Value otherwise = expression();
      if (value.is(Type::undefined)) value = std::move(otherwise);
    }
    if (pattern) {
      bind_pattern(name, value);
    } else {
      scope_->names.insert_or_assign(std::string(text(name)), std::move(value));
    }
    if (!done() && !is(",")) break;
  }

  at_ = code.body;
  end_ = code.body_end;
  Value result;
  if (code.is_expression) {
    result = expression();
  } else {
    statements();
    if (returned_) result = *std::move(returned_);
  }
  depth_ -= 4;
  scope_ = outer;
  returned_ = returned;
  in_function_ = in_function;
  at_ = at;
  end_ = end;
  return result;
}

Value Evaluator::call_import(const Value& callee, const std::vector<Value>& arguments) {
  if (const Plugin* const plugin = find_plugin(callee); plugin != nullptr && plugin->is_factory) {
    Value made = Value::make(Type::plugin, callee.trace);
    made.text = callee.text;
    made.name = callee.name;
    return made;
  } else if (plugin != nullptr && !arguments.empty()) {
    if (plugin->name != "defineConfig" || !arguments.front().is(Type::function))
      return wrapped(arguments.front(), *plugin);
    return call_function(arguments.front(), {vite_environment(callee.trace)});
  }
  // loadEnv(mode, folder, '') is the whole environment of the build.
  if (callee.text == "vite" && callee.name == "loadEnv" && arguments.size() == 3 &&
      arguments[2].is(Type::text) && arguments[2].text.empty())
    return Value::make(Type::environment, callee.trace);
  return Value::unknown(
      fmt::format("a call of `{}` of the module `{}` is not followed", callee.name, callee.text),
      callee.trace);
}

Value Evaluator::call_global(std::string_view name, const std::vector<Value>& arguments) {
  if (arguments.size() == 0) return not_computed(name, {});
  const Value& first = arguments.front();
  if (first.is(Type::unknown)) return first;
  if (name == "Boolean") {
    bool known = true;
    const bool truth = first.truthy(known);
    return known ? Value::of(truth, first.trace) : not_computed(name, first.trace);
  }
  if (!first.is_primitive()) return not_computed(name, first.trace);
  if (name == "String") return Value::of(to_text(first), first.trace);
  if (name == "Number") return Value::of(to_number(first), first.trace);
  if (name == "parseInt" || name == "parseFloat") {
    const std::string text = trimmed(to_text(first));
    const std::size_t sign = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
    std::size_t end = sign;
    while (end < text.size() &&
           (base::is_digit(text[end]) || (name == "parseFloat" && text[end] == '.' && end > sign)))
      ++end;
    const bool decimal =
        arguments.size() < 2 || (arguments[1].is(Type::number) && arguments[1].number == 10);
    const bool hex = text.size() > sign + 1 && (text[sign + 1] | 0x20) == 'x';
    if (!decimal || hex || end == sign) return not_computed(name, first.trace);
    const std::optional<double> number =
        read_number(std::string_view(text).substr(sign, end - sign));
    if (!number) return not_computed(name, first.trace);
    return Value::of(text.starts_with('-') ? -*number : *number, first.trace);
  }
  return not_computed(name, first.trace);
}

Value Evaluator::call_method(const Value& self, std::string_view name,
                             const std::vector<Value>& arguments) {
  // Object, JSON and Array are names that nobody declares.
  if (self.is(Type::unknown)) {
    const TraceStep* const step = self.trace.last();
    const std::string global = step == nullptr ? std::string() : step->text;
    const bool is_global = self.text == fmt::format("`{}` is not known here", global);
    if (is_global && arguments.size() >= 1 && !arguments.front().is(Type::unknown)) {
      const Value& first = arguments.front();
      if (global == "JSON" && name == "stringify" && first.is_primitive() &&
          !first.is(Type::undefined)) {
        base::JsonWriter json;
        write_value(json, to_setting(first));
        return Value::of(std::move(json).text(), first.trace);
      }
      if (global == "Object" && name == "freeze") return first;
      if (global == "Object" && name == "assign" && first.is(Type::object)) {
        Value target = first;
        for (std::size_t index = 1; index < arguments.size(); ++index)
          spread_into(target, arguments[index]);
        if (target.id != 0) replace_everywhere({target.id}, target);
        return target;
      }
    }
    return is_global ? not_computed(fmt::format("{}.{}", global, name), {}) : self;
  }
  for (const Value& argument : arguments) {
    if (argument.is(Type::unknown) && name != "filter" && name != "map") return argument;
  }
  if (self.is(Type::text)) return call_text_method(self, name, arguments);
  if (self.is(Type::array) && self.others.empty()) return call_array_method(self, name, arguments);
  if (name == "toString" && self.is_primitive() && !self.is_nullish() && arguments.empty())
    return Value::of(to_text(self), self.trace);
  return not_computed(name, self.trace);
}

Value Evaluator::call_text_method(const Value& self, std::string_view name,
                                  const std::vector<Value>& arguments) {
  const std::string& text = self.text;
  if (arguments.empty()) {
    if (name == "trim") return Value::of(trimmed(text), self.trace);
    if (name == "toString") return self;
    if (name == "toLowerCase" && is_ascii(text)) return Value::of(base::to_lower(text), self.trace);
    if (name == "toUpperCase" && is_ascii(text)) {
      std::string upper = text;
      std::transform(upper.begin(), upper.end(), upper.begin(),
                     [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
      return Value::of(std::move(upper), self.trace);
    }
    return not_computed(name, self.trace);
  }
  const Value& first = arguments.front();
  if (!first.is(Type::text)) return not_computed(name, self.trace);
  Trace trace = Trace::join(self.trace, first.trace);
  if (arguments.size() == 1) {
    if (name == "includes")
      return Value::of(text.find(first.text) != std::string::npos, std::move(trace));
    if (name == "startsWith") return Value::of(text.starts_with(first.text), std::move(trace));
    if (name == "endsWith") return Value::of(text.ends_with(first.text), std::move(trace));
    if (name == "concat") return operate("+", self, first);
    if (name == "split" && !first.text.empty()) {
      Value parts = Value::make(Type::array, self.trace);
      std::size_t begin = 0;
      while (parts.others.empty()) {
        const std::size_t end = text.find(first.text, begin);
        parts.push(Value::of(text.substr(begin, end - begin), self.trace));
        if (end == std::string::npos) return parts;
        begin = end + first.text.size();
      }
    }
  }
  if (arguments.size() == 2 && name == "replace" && arguments[1].is(Type::text) &&
      arguments[1].text.find('$') == std::string::npos) {
    std::string out = text;
    const std::size_t at = out.find(first.text);
    if (at != std::string::npos) out.replace(at, first.text.size(), arguments[1].text);
    return Value::of(std::move(out), std::move(trace));
  }
  return not_computed(name, self.trace);
}

Value Evaluator::call_array_method(const Value& self, std::string_view name,
                                   const std::vector<Value>& arguments) {
  const std::vector<Value>& items = self.items;
  if (name == "join" && arguments.size() <= 1) {
    const std::string between = arguments.empty() ? "," : to_text(arguments.front());
    std::string out;
    for (std::size_t index = 0; index < items.size(); ++index) {
      if (!items[index].is_primitive()) return not_computed(name, self.trace);
      if (index != 0) out += between;
      if (!items[index].is_nullish()) out += to_text(items[index]);
    }
    return Value::of(std::move(out), self.trace);
  }
  if (name == "reduce" && arguments.size() == 2 && arguments.front().is(Type::function)) {
    Value result = arguments[1];
    for (const Value& item : items)
      result = call_function(arguments.front(), {result, item});
    return result;
  }
  if (arguments.size() != 1) return not_computed(name, self.trace);
  const Value& first = arguments.front();
  if (name == "includes") {
    bool all_known = true;
    for (const Value& item : items) {
      const std::optional<bool> equal = strictly_equal(item, first);
      if (equal == true) return Value::of(true, self.trace);
      all_known = all_known && equal.has_value();
    }
    return all_known ? Value::of(false, self.trace) : not_computed(name, self.trace);
  }
  if (name == "concat" && first.is(Type::array) && first.others.empty()) {
    Value joined = self;
    joined.id = 0;
    for (const Value& item : first.items)
      joined.push(item);
    return joined;
  }
  if (name != "filter" && name != "map") return not_computed(name, self.trace);
  const bool by_truth = first.is(Type::unknown) && first.text == "`Boolean` is not known here";
  if (!by_truth && !first.is(Type::function)) return not_computed(name, self.trace);
  Value result = Value::make(Type::array, self.trace);
  for (std::size_t index = 0; index < items.size(); ++index) {
    const Value value =
        by_truth ? items[index]
                 : call_function(first, {items[index], Value::of(static_cast<double>(index))});
    if (name == "map") {
      result.push(value);
      continue;
    }
    bool known = true;
    const bool keeps = value.truthy(known);
    if (!known) return not_computed(name, self.trace);
    if (keeps) result.push(items[index]);
  }
  return result;
}

// `new URL('https://cdn.example.com/**')` is a pattern of images; other objects are unknown.
Value Evaluator::new_expression() {
  const std::uint32_t here = at_++;
  std::string name;
  while (!done() && (token(at_).kind == TokenKind::name || is(".")))
    name += text(at_++);
  std::string others;
  std::vector<Value> given;
  if (is("(")) given = arguments(others);
  const bool plain = name == "URL" && given.size() == 1 && given.front().is(Type::text);
  const std::string_view url = plain ? std::string_view(given.front().text) : std::string_view();
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos || scope_->find("URL") != nullptr)
    return Value::unknown(fmt::format("it is a new {}", name.empty() ? "object" : name),
                          trace_of(here, "new"));
  const std::string_view rest = url.substr(scheme + 3);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view host = rest.substr(0, slash);
  const std::size_t colon = std::min(host.rfind(':'), host.size());
  const Trace& trace = given.front().trace;
  Value object = Value::make(Type::object, trace);
  object.set("protocol", Value::of(std::string(url.substr(0, scheme + 1)), trace));
  object.set("hostname", Value::of(base::to_lower(host.substr(0, colon)), trace));
  object.set("port", Value::of(std::string(host.substr(std::min(colon + 1, host.size()))), trace));
  const std::string_view path = rest.substr(slash);
  object.set("pathname", Value::of(path.empty() ? std::string("/") : std::string(path), trace));
  return object;
}

}  // namespace gate::readers::javascript
