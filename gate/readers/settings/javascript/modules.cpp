// What a module takes from others, and what it exports.
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "gate/readers/settings/javascript/evaluator.h"

namespace gate::readers::javascript {

void Evaluator::import_statement() {
  const std::uint32_t begin = at_++;
  const bool type_only = is("type") && !is_at(at_ + 1, "from") && !is_at(at_ + 1, ",");
  // The module stands last.
  std::uint32_t module_at = at_;
  while (module_at < end_ && token(module_at).kind != TokenKind::string && !is_at(module_at, ";"))
    ++module_at;
  if (module_at >= end_ || token(module_at).kind != TokenKind::string) {
    at_ = begin;
    return skip_statement(false);
  }
  const std::string module = unescape(text(module_at), true);
  if (!type_only) {
    const std::uint32_t end = end_;
    end_ = module_at;
    (void)import_names(module);
    end_ = end;
  }
  at_ = module_at + 1;
  if (is("with") || is("assert")) at_ = is_at(at_ + 1, "{") ? token(at_ + 1).match + 1 : at_ + 1;
  (void)take(";");
}

// `a`, `* as a`, `{ a, b as c }` and their combinations.
bool Evaluator::import_names(const std::string& module) {
  const auto bind = [&](std::string_view local, std::string_view name) {
    Value value = Value::make(Type::imported, trace_of(at_ > 0 ? at_ - 1 : 0, "import"));
    value.text = module;
    value.name = "*";
    value = name == "*" ? std::move(value) : member_of_import(value, name);
    scope_->names.insert_or_assign(std::string(local), std::move(value));
  };
  while (!done() && !is("from")) {
    if (take(",")) continue;
    if (take("*")) {
      if (!take("as") || done()) return false;
      bind(text(at_++), "*");
    } else if (is("{")) {
      const std::uint32_t close = token(at_).match;
      ++at_;
      while (at_ < close) {
        if (take(",")) continue;
        if (is("type") && !is_at(at_ + 1, ",") && at_ + 1 < close) ++at_;
        const std::string name(text(at_++));
        if (take("as")) {
          bind(text(at_++), name);
        } else {
          bind(name, name);
        }
      }
      at_ = close + 1;
    } else if (token(at_).kind == TokenKind::name) {
      bind(text(at_++), "default");
    } else {
      return false;
    }
  }
  return true;
}

namespace {

// The phases of next (next/constants).
std::optional<std::string_view> phase_of(std::string_view module, std::string_view name) {
  struct Phase {
    std::string_view name;
    std::string_view value;
  };
  constexpr auto kPhases = std::to_array<Phase>({
      {"PHASE_DEVELOPMENT_SERVER", "phase-development-server"},
      {"PHASE_EXPORT", "phase-export"},
      {"PHASE_INFO", "phase-info"},
      {"PHASE_PRODUCTION_BUILD", "phase-production-build"},
      {"PHASE_PRODUCTION_SERVER", "phase-production-server"},
      {"PHASE_TEST", "phase-test"},
  });
  if (module != "next/constants" && module != "next/constants.js") return std::nullopt;
  const auto found = std::find_if(kPhases.begin(), kPhases.end(),
                                  [&](const Phase& phase) { return phase.name == name; });
  if (found == kPhases.end()) return std::nullopt;
  return found->value;
}

}  // namespace

Value Evaluator::member_of_import(const Value& module, std::string_view name) {
  if (const auto phase = phase_of(module.text, name); phase && module.name != "default") {
    return Value::of(std::string(*phase), module.trace);
  }
  Value value = module;
  if (module.name == "*" || module.name == "default") {
    value.name = name;
  } else {
    value.name = fmt::format("{}.{}", module.name, name);
  }
  return value;
}

void Evaluator::export_statement() {
  ++at_;
  if (take("default")) {
    if (is("function") || (is("async") && is_at(at_ + 1, "function")))
      return function_statement(true);
    if (is("class")) return skip_statement(true);
    exported_ = expression();
    return end_statement();
  }
  if (take("=")) {  // TypeScript
    exported_ = expression();
    return end_statement();
  }
  if (is("const") || is("let") || is("var")) return declaration();
  if (is("function") || is("async")) return function_statement(false);
  if (is("{")) {  // export { config as default }
    const std::uint32_t close = token(at_).match;
    for (std::uint32_t at = at_ + 1; at + 2 < close; ++at) {
      if (!is_at(at + 1, "as") || !is_at(at + 2, "default")) continue;
      const Value* const known = scope_->find(text(at));
      exported_ = known != nullptr ? *known : Value::unknown("what it exports is not known");
    }
  }
  skip_statement(false);
}

}  // namespace gate::readers::javascript
