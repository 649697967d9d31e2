#include "gate/cli/library.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
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

// Returns which rules have every word of `text` in their names or title, as a help line; empty
// where none has.
std::string suggest_by_words(const Library& library, std::string_view text) {
  constexpr std::size_t kMostNamed = 8;
  std::vector<std::string> words(1);
  for (const char c : base::to_lower(text)) {
    if (base::is_alphanumeric(c))
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  if (words.empty()) return {};
  std::vector<std::string_view> found;
  for (const policy::Rule& rule : library.policy.rules) {
    const std::string names = base::to_lower(
        fmt::format("{} {} {}", rule.head.id, rule.head.title, fmt::join(rule.head.aliases, " ")));
    if (std::all_of(words.begin(), words.end(),
                    [&](const std::string& word) { return names.find(word) != std::string::npos; }))
      found.emplace_back(rule.head.id);
  }
  if (found.empty()) return {};
  const std::size_t named = std::min(found.size(), kMostNamed);
  std::string help = fmt::format(
      "these have its words: `{}`",
      fmt::join(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(named), "`, `"));
  if (found.size() > named) help += fmt::format(" and {} more", found.size() - named);
  return help;
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
  Result<std::optional<Place>> place = find_place(std::nullopt, std::nullopt, false, mistake);
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
  // The name that another tool has, without the tool: `ban-drop-column`.
  for (const policy::Rule& rule : library.policy.rules) {
    for (const std::string& alias : rule.head.aliases) {
      if (std::string_view(alias).substr(alias.find(':') + 1) == id) return &rule;
    }
  }
  std::vector<std::string_view> names;
  for (const policy::Rule& rule : library.policy.rules) {
    names.emplace_back(rule.head.id);
    names.insert(names.end(), rule.head.aliases.begin(), rule.head.aliases.end());
  }
  help = base::suggest(id, names);
  if (help.empty()) help = suggest_by_words(library, id);
  if (help.empty()) help = "`gate rules list` names the rules";
  return nullptr;
}

}  // namespace gate::cli
