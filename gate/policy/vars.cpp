#include "gate/policy/vars.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"

namespace gate::policy {
namespace {

using base::Diagnostic;
using readers::NodeKind;
using readers::Value;

constexpr std::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

std::optional<std::string> scalar(const Value& value) {
  if (value->kind == NodeKind::string) return std::string(value->text);
  if (value->kind == NodeKind::integer) return fmt::format("{}", value->integer);
  return std::nullopt;
}

// Calls each(name, var) for the vars of a file that can be read; reports the others.
template <class Function>
void read_vars(TableReader& root, const Function& each) {
  std::optional<TableReader> table = root.table("vars");
  if (!table) return;
  for (const Value& value : table->value().children()) {
    const std::string name(value->key);
    if (name.empty() || name.find_first_not_of(kNameCharacters) != std::string::npos) {
      root.diagnostics().add(
          Diagnostic::error(fmt::format("`{}` cannot be the name of a var", name))
              .at(value.document().source(), value->key_span)
              .hint("use letters, digits, `_` and `-`"));
      continue;
    }
    Var var;
    var.source = value.document().source();
    var.span = value->key_span;
    var.is_list = value->kind == NodeKind::list;
    bool good = true;
    const std::vector<Value> elements = var.is_list ? value.children() : std::vector<Value>{value};
    for (const Value& element : elements) {
      if (std::optional<std::string> text = scalar(element)) {
        var.values.push_back(*std::move(text));
        continue;
      }
      good = false;
      root.diagnostics().add(
          Diagnostic::error(
              fmt::format("var `{}` must be a text, an integer or a list of them, not {}", name,
                          var.is_list ? "a list with " + std::string(describe(element->kind))
                                      : std::string(describe(element->kind))))
              .at(element.document().source(), element->span));
    }
    if (good) each(name, std::move(var));
  }
}

void report_double(const std::string& name, const Var& second, const Var& first,
                   std::string_view message, base::Diagnostics& diagnostics) {
  diagnostics.add(Diagnostic::error(fmt::format("var `{}` {}", name, message))
                      .at(second.source, second.span)
                      .note(first.source, first.span, "first set here"));
}

std::vector<std::string> cut(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

}  // namespace

void add_pack_vars(TableReader& root, Vars& vars) {
  read_vars(root, [&](const std::string& name, Var var) {
    const auto known = vars.find(name);
    if (known == vars.end()) {
      vars.emplace(name, std::move(var));
    } else if (known->second.values != var.values) {
      report_double(name, var, known->second, "has another default in another pack",
                    root.diagnostics());
    }
  });
}

void add_file_vars(TableReader& root, Vars& vars, Vars& set) {
  read_vars(root, [&](const std::string& name, const Var& var) {
    const auto [known, is_new] = set.emplace(name, var);
    if (!is_new) {
      report_double(name, var, known->second, "is set twice", root.diagnostics());
      return;
    }
    vars.insert_or_assign(name, var);
  });
}

void add_command_line_vars(const std::vector<std::pair<std::string, std::string>>& given,
                           Vars& vars, base::Diagnostics& diagnostics) {
  for (const auto& [name, text] : given) {
    if (name.empty() || name.find_first_not_of(kNameCharacters) != std::string::npos) {
      diagnostics.add(
          Diagnostic::error(fmt::format("--var: `{}` cannot be the name of a var", name))
              .hint("use letters, digits, `_` and `-`"));
      continue;
    }
    const auto known = vars.find(name);
    Var var;
    var.is_list = known != vars.end() && known->second.is_list;
    var.values = var.is_list ? cut(text) : std::vector<std::string>{text};
    vars.insert_or_assign(name, std::move(var));
  }
}

void report_unused(const Vars& vars, const Vars& set,
                   const std::vector<std::pair<std::string, std::string>>& given,
                   base::Diagnostics& diagnostics) {
  const auto warn = [&](const std::string& name, std::string message, const Var* place) {
    const auto found = vars.find(name);
    if (found == vars.end() || found->second.used) return;
    std::vector<std::string_view> others;
    for (const auto& [other, var] : vars) {
      if (var.used) others.push_back(other);
    }
    const std::string_view near = base::did_you_mean(name, others);
    Diagnostic warning = Diagnostic::error(std::move(message))
                             .hint(near.empty() ? "" : fmt::format("did you mean `{}`?", near));
    if (place != nullptr) warning.place = base::Label{place->source, place->span, {}};
    warning.level = Diagnostic::Level::warning;
    diagnostics.add(std::move(warning));
  };
  for (const auto& [name, var] : set)
    warn(name, fmt::format("no rule uses the var `{}`", name), &var);
  for (const auto& [name, text] : given) {
    if (!set.contains(name))
      warn(name, fmt::format("--var: no rule uses the var `{}`", name), nullptr);
  }
}

}  // namespace gate::policy
