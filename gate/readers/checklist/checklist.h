// Checklist: the task items of a Markdown document, and the rules that decide them.
//
// An HTML comment in the item binds it: `<!-- gate: env.debug-enabled, env.app-env -->`, with an id
// of the team's own `<!-- gate DEX-008: env.debug-enabled -->`, or with the id alone. Knows
// Markdown; does not know which rules there are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers {

struct ChecklistItem {
  // As written, or made from section and text ("pre-deployment-all-tests-passing"): the same as
  // long as these stay, wherever the item moves.
  std::string id;
  std::optional<base::Span> id_span;  // where it is written
  std::string section;
  std::string text;
  bool done = false;
  std::uint32_t line = 0;
  base::Span span;  // of the line from the box on
  base::Span box;   // of `[ ]`
  std::vector<base::Located<std::string>> rules;
};

// A comment that was surely meant to bind an item, and does not.
struct ChecklistProblem {
  base::Span span;
  std::string message;
  std::string help;  // may be empty
};

struct Checklist {
  std::vector<ChecklistItem> items;        // in the order of the document
  std::vector<ChecklistProblem> problems;  // by place
};

[[nodiscard]] Checklist parse_checklist(std::string_view text);

}  // namespace gate::readers
