#include "gate/policy/rule_directory.h"

#include <algorithm>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"

namespace gate::policy {
namespace {

bool is_glob(std::string_view text) { return text.find_first_of("*?[{") != std::string_view::npos; }

// Returns the name of the pack on the shelf that has a rule of this name, or an empty text.
std::string_view pack_with(const PackShelf& shelf, const std::string& text) {
  for (const std::string_view name : shelf.names) {
    const std::shared_ptr<const readers::Document> pack = shelf.document(name);
    if (pack == nullptr) continue;
    base::Diagnostics unheard;
    TableReader root(pack->root(), std::nullopt, nullptr, unheard, true);
    for (TableReader& table : root.tables("rule")) {
      RuleHead names;
      names.id = table.text("id");
      names.aliases = table.texts("aliases");
      if (names_rule(text, names)) return name;
    }
  }
  return {};
}

}  // namespace

std::vector<Draft*> RuleDirectory::find(TableReader& table, std::string_view key,
                                        const std::string& text) const {
  std::vector<Draft*> found;
  for (Draft& draft : drafts_) {
    if (names_rule(text, draft.names)) found.push_back(&draft);
  }
  if (found.empty()) report_unknown(table, key, text);
  return found;
}

void RuleDirectory::report_unknown(TableReader& table, std::string_view key,
                                   const std::string& text) const {
  if (const std::string_view pack = pack_with(shelf_, text); !pack.empty()) {
    if (chosen_ == Chosen::by_command_line) return;
    std::string message =
        fmt::format("`{}` is in the pack `{}`, which this policy does not use", text, pack);
    if (chosen_ == Chosen::by_detection) {
      table.warn(key, std::move(message), "the packs were chosen by what the repository holds");
    } else {
      table.complain(key, std::move(message), fmt::format("add `{}` to `packs`", pack));
    }
    return;
  }
  if (is_glob(text)) {
    table.complain(key, fmt::format("no rule matches `{}`", text),
                   "`gate rules list` names the rules");
    return;
  }
  std::vector<std::string_view> names;
  for (const Draft& draft : drafts_) {
    names.emplace_back(draft.names.id);
    names.insert(names.end(), draft.names.aliases.begin(), draft.names.aliases.end());
  }
  const std::string_view near = base::did_you_mean(text, names);
  table.complain(
      key, fmt::format("unknown rule `{}`", text),
      near.empty() ? "`gate rules list` names the rules" : fmt::format("did you mean `{}`?", near));
}

}  // namespace gate::policy
