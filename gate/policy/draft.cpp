#include "gate/policy/draft.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/policy/rule_table.h"

namespace gate::policy {
namespace {

using base::Diagnostic;

void report_double(TableReader& table, const std::string& id, const Draft& first) {
  const base::Label here = table.place("id");
  const bool shipped = !first.names.pack.empty();
  Diagnostic diagnostic =
      Diagnostic::error(
          shipped ? fmt::format("rule `{}` is already in the pack `{}`", id, first.names.pack)
                  : fmt::format("rule `{}` is defined twice", id))
          .at(here.source, here.span)
          .note(first.place.source, first.place.span, "first defined here");
  if (shipped)
    diagnostic.help =
        "give the rule an id of its own, or change the shipped one with `[[override]]`";
  table.diagnostics().add(std::move(diagnostic));
}

// Reads the aliases without a word: mistakes in them are told when the whole rule is read.
std::vector<std::string> aliases(const TableReader& table) {
  base::Diagnostics unheard;
  return TableReader(table.value(), std::nullopt, nullptr, unheard, true).texts("aliases");
}

}  // namespace

void read_drafts(TableReader& root, std::string_view pack, std::vector<Draft>& known) {
  for (TableReader& table : root.tables("rule")) {
    Draft draft{{}, table.value(), table.place("id"), {}};
    draft.names.id = table.required_text("id");
    draft.names.aliases = aliases(table);
    draft.names.pack = pack;
    const std::string& id = draft.names.id;
    if (!id.empty() && !is_rule_id(id)) {
      table.complain("id", fmt::format("`{}` is no rule id", id),
                     "write `pack.what-is-wrong` in lower-case letters, digits and dashes");
    }
    const auto first = std::find_if(known.begin(), known.end(), [&](const Draft& earlier) {
      return !id.empty() && earlier.names.id == id;
    });
    if (first != known.end()) report_double(table, id, *first);
    known.push_back(std::move(draft));
  }
}

}  // namespace gate::policy
