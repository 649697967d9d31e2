#include "gate/policy/suppressions.h"

#include <utility>

namespace gate::policy {
namespace {

// Reads `path`, or `paths` where there are several.
base::GlobSet read_paths(TableReader& table) {
  if (table.has("path") && table.has("paths"))
    table.complain("paths", "`path` and `paths` are the same; write one of them");
  base::GlobSet path = table.globs("path");
  base::GlobSet paths = table.globs("paths");
  return table.has("path") ? std::move(path) : std::move(paths);
}

}  // namespace

void read_suppressions(TableReader& root, const RuleDirectory& rules, std::vector<Suppress>& into) {
  for (TableReader& table : root.tables("suppress")) {
    Suppress suppress;
    suppress.rule = table.required_text("rule");
    if (!suppress.rule.empty()) (void)rules.find(table, "rule", suppress.rule);
    suppress.paths = read_paths(table);
    suppress.match = table.optional_text("match");
    suppress.codes = table.globs("code");
    suppress.advisory = table.text("advisory");
    suppress.package = table.text("package");
    suppress.versions = table.text("versions");
    if (!suppress.versions.empty() && suppress.package.empty())
      table.complain("versions", "`versions` without `package`",
                     "name the package whose versions these are: package = \"lodash\"");
    suppress.reason = table.required_text("reason");
    const std::optional<base::Date> until = table.date("until");
    if (!table.has("until"))
      table.complain("until", "`until` is missing",
                     "write the day on which it ends: `until = 2027-03-01`");
    suppress.until = until.value_or(base::Date());
    suppress.owner = table.text("owner");
    suppress.place = table.place();
    table.finish();
    into.push_back(std::move(suppress));
  }
}

}  // namespace gate::policy
