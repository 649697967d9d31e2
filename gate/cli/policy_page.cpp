#include "gate/cli/policy_page.h"

#include <fmt/format.h>

#include "gate/checks/kinds.h"
#include "gate/cli/rule_page.h"
#include "gate/policy/reference.h"

namespace gate::cli {
namespace {

constexpr std::string_view kForms = R"(
## Forms of values

- `globs`, `patterns`, `list of ...`: one text, or a list of texts. `!` in front of a glob takes back what those before it matched. A glob without `/` matches the last part of a path.
- `pattern`: RE2, in single quotes: `'\bdd\('`. It has no lookaround and no backreferences.
- `duration`: `250ms`, `90s`, `10m`, `2h`, `30d`.
- `bytes`: a number, or `512KB`, `5 MB`, `1GiB`; 1 KB is 1024 bytes.
- `date`: `2027-03-01`, without quotes.
- `${name}` in a text is the value of a var; `$${` stands for `${`.
)";

}  // namespace

std::string policy_page() {
  std::string page =
      "# gate.toml\n\nMade by `gate docs`. All mistakes of all files are told in one run, each "
      "with "
      "its place and what to write instead. `#:schema docs/gate.schema.json` in the first line "
      "gives "
      "an editor completion.\n";
  for (const policy::TableDoc& table : policy::policy_tables()) {
    page += fmt::format("\n## {}\n\n{}\n\n", table.name, table.text);
    if (!table.keys.empty()) page += key_table(table.keys) + '\n';
    page += fmt::format("```toml\n{}```\n", table.sample);
  }
  page += kForms;
  page += "\n## Kinds of rules\n\n";
  for (const checks::Kind* kind : checks::kinds())
    page += fmt::format("- [{}](kinds/{}.md): {}\n", kind->name, kind->name, kind->summary);
  return page;
}

}  // namespace gate::cli
