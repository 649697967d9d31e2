#include "gate/policy/environments.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace gate::policy {
namespace {

constexpr std::array<std::string_view, 2> kDialects = {"auto", "phpdotenv"};

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
    source.process = table->texts("process");
    check_process(*table, source.process);
    source.dialect = kDialects[table->one_of("dialect", kDialects, 0)];
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
