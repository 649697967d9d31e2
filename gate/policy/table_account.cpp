// TableReader: where things stand, what is wrong with them, and which keys nobody read.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/did_you_mean.h"
#include "gate/policy/table_reader.h"

namespace gate::policy {
namespace {

// What people write for a key that has another name here, too far from it to be a slip.
struct Synonym {
  std::string_view written;
  std::string_view meant;
};
constexpr std::array<Synonym, 16> kSynonyms{{
    {"reason", "why"},
    {"why", "reason"},
    {"because", "why"},
    {"env", "environment"},
    {"ignore", "suppress"},
    {"allow", "suppress"},
    {"variables", "vars"},
    {"level", "severity"},
    {"description", "why"},
    {"help", "fix"},
    {"expires", "until"},
    {"cmd", "run"},
    {"files", "paths"},
    {"path", "paths"},
    {"globs", "paths"},
    {"include", "paths"},
}};

std::string suggest_key(std::string_view key, std::span<const std::string_view> known) {
  for (const Synonym& synonym : kSynonyms) {
    if (synonym.written == key &&
        std::find(known.begin(), known.end(), synonym.meant) != known.end())
      return fmt::format("here it is called `{}`", synonym.meant);
  }
  if (std::string help = base::suggest(key, known); !help.empty()) return help;
  if (known.empty()) return {};
  return fmt::format("the keys here are `{}`", fmt::join(known, "`, `"));
}

}  // namespace

using base::Diagnostic;
using readers::NodeKind;
using readers::Value;

void TableReader::complain(std::string_view key, std::string message, std::string help) {
  know(key);
  const base::Label here = place(key);
  diagnostics_->add(
      Diagnostic::error(std::move(message)).at(here.source, here.span).hint(std::move(help)));
}

void TableReader::complain(std::string_view key, std::size_t index, std::string message,
                           std::string help) {
  know(key);
  const base::Label here = place(key, index);
  diagnostics_->add(
      Diagnostic::error(std::move(message)).at(here.source, here.span).hint(std::move(help)));
}

void TableReader::warn(std::string_view key, std::string message, std::string help) {
  know(key);
  const base::Label here = place(key);
  Diagnostic warning =
      Diagnostic::error(std::move(message)).at(here.source, here.span).hint(std::move(help));
  warning.level = Diagnostic::Level::warning;
  diagnostics_->add(std::move(warning));
}

void TableReader::require_one_of(std::initializer_list<std::string_view> keys) {
  accept(keys);
  if (std::any_of(keys.begin(), keys.end(), [this](std::string_view key) { return has(key); }))
    return;
  const base::Label here = place();
  diagnostics_->add(
      Diagnostic::error(fmt::format("one of the keys `{}` is needed", fmt::join(keys, "`, `")))
          .at(here.source, here.span));
}

void TableReader::accept(std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    know(key);
}

void TableReader::finish() {
  const std::vector<std::string_view> known(known_.begin(), known_.end());
  const auto check = [&](const Value& table, const Overlay* overlay) {
    for (const Value& child : table.children()) {
      if (overlay != nullptr && overlay->is_own(child->key)) continue;
      if (std::find(known.begin(), known.end(), child->key) != known.end()) continue;
      diagnostics_->add(Diagnostic::error(fmt::format("unknown key `{}`", child->key))
                            .at(child.document().source(), child->key_span)
                            .hint(suggest_key(child->key, known)));
    }
  };
  check(table_, nullptr);
  for (const Overlay& overlay : overlays_)
    check(overlay.table, &overlay);
}

base::Label TableReader::place() const { return {table_.document().source(), table_->span, {}}; }

base::Label TableReader::place(std::string_view key) const {
  const std::optional<Found> found = look_up(key);
  if (!found) return place();
  return {found->value.document().source(), found->value->span, {}};
}

base::Label TableReader::place(std::string_view key, std::size_t index) const {
  const auto origins = origins_.find(key);
  const auto at = [](const Value& value) {
    return base::Label{value.document().source(), value->span, {}};
  };
  if (origins != origins_.end() && index < origins->second.size())
    return at(origins->second[index]);
  const std::optional<Found> found = look_up(key);
  if (!found || found->value->kind != NodeKind::list) return place(key);
  const std::vector<Value> elements = found->value.children();
  return index < elements.size() ? at(elements[index]) : place(key);
}

void accept_rule_head(TableReader& table) {
  table.accept({"id", "kind", "title", "why", "fix", "refs", "severity", "stages", "since",
                "aliases", "when", "tags", "checklist", "enabled", "strict", "example"});
}

}  // namespace gate::policy
