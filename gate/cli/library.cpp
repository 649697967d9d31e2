#include "gate/cli/library.h"

#include "gate/base/did_you_mean.h"
#include "gate/cli/policy_files.h"
#include "gate/engine/checklist.h"
#include "gate/policy/packs.h"

namespace gate::cli {
namespace {

std::vector<std::string> all_packs() {
  const auto names = policy::pack_names();
  return {names.begin(), names.end()};
}

void load(Library& library, const policy::LoadOptions& options, base::Diagnostics& diagnostics) {
  library.policy = policy::load(options, library.checks.callback(), diagnostics);
  engine::settle(library.policy, library.checks, diagnostics);
}

}  // namespace

std::unique_ptr<Library> load_shipped(const std::vector<std::string>& packs,
                                      base::Diagnostics& diagnostics) {
  auto library = std::make_unique<Library>();
  policy::LoadOptions options;
  options.packs = packs.empty() ? all_packs() : packs;
  options.read = [](std::string_view) { return Result<std::optional<std::string>>(std::nullopt); };
  load(*library, options, diagnostics);
  return library;
}

std::unique_ptr<Library> load_all(base::Diagnostics& diagnostics) {
  std::string mistake;
  Result<std::optional<Place>> place = find_place(std::nullopt, std::nullopt, mistake);
  // Outside of any project the shipped rules are all there is to talk about.
  if (!place || !place->has_value()) return load_shipped({}, diagnostics);
  auto library = std::make_unique<Library>();
  library->place = std::move(**place);
  policy::LoadOptions options = policy_files(library->place, std::nullopt);
  options.packs = all_packs();
  load(*library, options, diagnostics);
  if (!diagnostics.has_errors())
    engine::bind_checklists(library->policy, *library->place.files, diagnostics);
  return library;
}

const policy::Rule* find_rule(const Library& library, std::string_view id, std::string& help) {
  if (const policy::Rule* rule = library.policy.find(id)) return rule;
  std::vector<std::string_view> names;
  for (const policy::Rule& rule : library.policy.rules) {
    names.emplace_back(rule.head.id);
    names.insert(names.end(), rule.head.aliases.begin(), rule.head.aliases.end());
  }
  help = base::suggest(id, names);
  if (help.empty()) help = "`gate rules list` names the rules";
  return nullptr;
}

}  // namespace gate::cli
