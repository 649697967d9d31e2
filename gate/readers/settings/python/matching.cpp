// `match`: patterns of constants, names, types and alternatives of these; the rest is not known.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/evaluator.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\\";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

bool is_name(std::string_view text) {
  return !text.empty() && !base::is_digit(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return base::is_alphanumeric(c) || c == '_'; });
}

// The alternatives of a pattern; nothing where `|` may stand inside something.
std::optional<std::vector<std::string_view>> alternatives(std::string_view pattern) {
  std::vector<std::string_view> parts;
  char quote = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (quote != 0) {
      if (c == '\\') return std::nullopt;
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[' || c == '{' || c == ',' || c == '#') {
      return std::nullopt;
    } else if (c == '|') {
      parts.push_back(trimmed(pattern.substr(begin, at - begin)));
      begin = at + 1;
    }
  }
  parts.push_back(trimmed(pattern.substr(begin)));
  return parts;
}

}  // namespace

// Returns whether a pattern of one part fits; what it binds is bound.
std::optional<bool> Evaluator::fits(const ScopePtr& scope, NodeIndex node, std::string_view part,
                                    const Value& subject) {
  if (part == "_") return true;
  if (part == "None" || part == "True" || part == "False") {
    const Value held = compare(Op::is, subject, part == "None" ? Value() : Value(part == "True"));
    return truth_of(held);
  }
  if (is_name(part)) {
    bind_name(scope, part, subject);
    return true;
  }
  if (part.ends_with("()") && is_name(part.substr(0, part.size() - 2))) {
    const std::optional<Value> type = builtin(part.substr(0, part.size() - 2));
    const Native native = find_native("isinstance");
    if (!type || native == nullptr) return std::nullopt;
    Call call{*scope, node, {subject, *type}, {}};
    return truth_of(native(*this, call));
  }
  const std::size_t dot = part.find('.');
  if (dot != std::string_view::npos && is_name(part.substr(0, dot))) {
    const Value* found = find_name(*scope, part.substr(0, dot));
    if (found == nullptr) return std::nullopt;
    Value value = *found;
    std::string_view rest = part.substr(dot + 1);
    while (!rest.empty()) {
      const std::size_t end = rest.find('.');
      if (!is_name(rest.substr(0, end))) return std::nullopt;
      value = attribute(*scope, node, value, rest.substr(0, end));
      if (raised_) return std::nullopt;
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return equal(subject, value);
  }
  const Value literal = literal_value(part);
  if (literal.is_unknown() || literal.is_object()) return std::nullopt;
  return equal(subject, literal);
}

Flow Evaluator::match_statement(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex subject_node = tree.child(node, 0);
  const Value subject = evaluate(scope, subject_node);
  if (raised_) return Flow::raised;
  const auto not_followed = [&] {
    const std::string reason = "it is bound in a `match`";
    poison(scope, node, reason);
    uncertain_ = reason;
    const std::string_view text = tree.text(node);
    const bool leaves = text.find("break") != std::string_view::npos ||
                        text.find("continue") != std::string_view::npos;
    return scope->is_function || leaves ? Flow::uncertain : Flow::next;
  };
  for (NodeIndex at = tree[subject_node].next; at != 0; at = tree[at].next) {
    std::string_view pattern = trimmed(tree.text(tree.child(at, 0)));
    std::string_view name;
    if (const std::size_t as = pattern.rfind(" as "); as != std::string_view::npos) {
      name = trimmed(pattern.substr(as + 4));
      pattern = trimmed(pattern.substr(0, as));
      if (!is_name(name)) return not_followed();
    }
    const std::optional<std::vector<std::string_view>> parts = alternatives(pattern);
    if (!parts) return not_followed();
    bool taken = false;
    for (const std::string_view part : *parts) {
      const std::optional<bool> found = fits(scope, at, part, subject);
      if (raised_) return Flow::raised;
      if (!found) return not_followed();
      taken = *found;
      if (taken) break;
    }
    if (!taken) continue;
    if (!name.empty()) bind_name(scope, name, subject);
    const NodeIndex guard = tree.child(at, 1);
    if (tree.kind(guard) != NodeKind::absent) {
      const std::optional<bool> holds = truth_of(evaluate(scope, guard));
      if (raised_) return Flow::raised;
      if (!holds) return not_followed();
      if (!*holds) continue;
    }
    return block(scope, tree.child(at, 2));
  }
  return Flow::next;
}

}  // namespace gate::readers::python
