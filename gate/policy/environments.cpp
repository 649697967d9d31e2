#include "gate/policy/environments.h"

#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gate/readers/formats/dotenv.h"

namespace gate::policy {
namespace {

// "auto" and the names of the dialects.
const std::vector<std::string_view>& dialects() {
  static const std::vector<std::string_view> names = [] {
    const std::span<const std::string_view> known = readers::env_dialect_names();
    std::vector<std::string_view> all{"auto"};
    all.insert(all.end(), known.begin(), known.end());
    return all;
  }();
  return names;
}

void check_process(TableReader& table, const std::vector<std::string>& globs) {
  for (std::size_t index = 0; index < globs.size(); ++index) {
    const Result<base::Glob> glob = base::Glob::compile(globs[index]);
    if (!glob)
      table.complain("process", index,
                     fmt::format("`{}` is not a glob: {}", globs[index], glob.error().message));
  }
}

}  // namespace

void read_environments(TableReader& root, std::vector<EnvironmentSource>& into,
                       std::vector<base::Label>& places) {
  std::optional<TableReader> all = root.table("environment");
  if (!all) return;
  for (const std::string_view name : all->keys()) {
    std::optional<TableReader> table = all->table(name);
    if (!table) continue;
    EnvironmentSource source;
    source.name = name;
    source.files = table->texts("files");
    for (std::size_t index = 0; index < source.files.size(); ++index)
      source.file_places.push_back(table->place("files", index));
    source.process = table->texts("process");
    check_process(*table, source.process);
    source.dialect = dialects()[table->one_of("dialect", dialects(), 0)];
    table->require_one_of({"files", "process"});
    table->finish();
    const base::Label here = table->place();
    for (std::size_t index = 0; index < into.size(); ++index) {
      if (into[index].name != name) continue;
      root.diagnostics().add(
          base::Diagnostic::error(fmt::format("environment `{}` is defined twice", name))
              .at(here.source, here.span)
              .note(places[index].source, places[index].span, "first defined here"));
    }
    into.push_back(std::move(source));
    places.push_back(here);
  }
}

}  // namespace gate::policy
