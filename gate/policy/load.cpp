#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/policy/environments.h"
#include "gate/policy/overrides.h"
#include "gate/policy/packs.h"
#include "gate/policy/policy.h"
#include "gate/policy/policy_files.h"
#include "gate/policy/rule_directory.h"
#include "gate/policy/rule_table.h"
#include "gate/policy/suppressions.h"
#include "gate/policy/vars.h"

namespace gate::policy {
namespace {

using base::Diagnostic;
using base::Diagnostics;
using Chosen = RuleDirectory::Chosen;

class Loader {
 public:
  Loader(const LoadOptions& options, const PackShelf& shelf, const RuleCallback& on_rule,
         Diagnostics& diagnostics)
      : options_(options), shelf_(shelf), on_rule_(on_rule), diagnostics_(diagnostics) {}

  Policy run() {
    PolicyFiles read = read_policy_files(options_, diagnostics_);
    policy_.incomplete = diagnostics_.has_errors();
    files_ = std::move(read.files);
    sources_ = std::move(read.sources);
    for (PolicyFile& file : files_) {
      policy_.documents.push_back(file.document);
      read_gate(file);
    }
    choose_packs();
    open_packs();
    read_all_vars();

    for (auto& [name, root] : packs_)
      read_drafts(root, name, drafts_);
    for (PolicyFile& file : files_)
      read_drafts(file.root, {}, drafts_);
    const RuleDirectory rules(drafts_, shelf_, chosen_);
    for (PolicyFile& file : files_)
      apply_overrides(file.root, rules);
    for (Draft& draft : drafts_)
      build(draft);

    std::vector<base::Label> places;
    for (PolicyFile& file : files_) {
      read_suppressions(file.root, rules, policy_.suppressions);
      read_environments(file.root, policy_.environments, places);
      if (file.gate) file.gate->finish();
      file.root.finish();
    }
    for (auto& [name, root] : packs_)
      root.finish();
    if (!diagnostics_.has_errors()) {
      // A run of some packs leaves the vars of the others unused without a mistake.
      const bool all_packs = options_.packs.empty();
      report_unused(policy_.vars, all_packs ? file_vars_ : Vars(), options_.vars, diagnostics_);
    }
    return std::move(policy_);
  }

  // Returns the sources of all files, in the order in which mistakes are told.
  [[nodiscard]] const std::vector<std::shared_ptr<const base::Source>>& sources() const {
    return sources_;
  }

 private:
  void read_gate(PolicyFile& file) {
    if (file.is_main) policy_.file = file.path;
    if (!file.gate) return;
    if (!file.is_main) {
      for (const std::string_view key : {"packs", "strict", "fail_on", "fail_fast", "checklist"}) {
        if (file.gate->has(key))
          file.gate->complain(
              key, fmt::format("`{}` belongs into `{}`, not into a file that it includes", key,
                               options_.file));
      }
      return;
    }
    policy_.fail_on = read_severity(*file.gate, "fail_on");
    strict_ = file.gate->boolean("strict", false);
    policy_.fail_fast = file.gate->boolean("fail_fast", false);
    policy_.checklists = file.gate->texts("checklist");
    file.gate->accept({"packs"});
  }

  [[nodiscard]] bool on_shelf(std::string_view name) const {
    return std::find(shelf_.names.begin(), shelf_.names.end(), name) != shelf_.names.end();
  }

  [[nodiscard]] bool is_used(std::string_view name) const {
    return std::find(policy_.packs.begin(), policy_.packs.end(), name) != policy_.packs.end();
  }

  void choose_packs() {
    const auto main = std::find_if(files_.begin(), files_.end(),
                                   [](const PolicyFile& file) { return file.is_main; });
    if (!options_.packs.empty()) {
      chosen_ = Chosen::by_command_line;
      for (const std::string& name : options_.packs) {
        if (!on_shelf(name)) {
          policy_.incomplete = true;
          diagnostics_.add(Diagnostic::error(fmt::format("--pack: unknown pack `{}`", name))
                               .hint(base::suggest(name, shelf_.names)));
        } else if (!is_used(name)) {
          policy_.packs.push_back(name);
        }
      }
    } else if (main != files_.end() && main->gate && main->gate->has("packs")) {
      name_packs(*main->gate);
    } else if (options_.files != nullptr) {
      chosen_ = Chosen::by_detection;
      policy_.packs_detected = true;
      for (Detected& detected : detect(*options_.files, shelf_)) {
        if (!detected.because.empty())
          policy_.detected_because.push_back(
              fmt::format("{} ({})", detected.pack, detected.because));
        policy_.packs.push_back(std::move(detected.pack));
      }
    }
  }

  void name_packs(TableReader& gate) {
    const std::vector<std::string> names = gate.texts("packs");
    for (std::size_t index = 0; index < names.size(); ++index) {
      if (!on_shelf(names[index])) {
        policy_.incomplete = true;
        gate.complain("packs", index, fmt::format("unknown pack `{}`", names[index]),
                      base::suggest(names[index], shelf_.names));
      } else if (is_used(names[index])) {
        gate.complain("packs", index, fmt::format("pack `{}` is named twice", names[index]));
      } else {
        policy_.packs.push_back(names[index]);
      }
    }
    for (const std::string_view name : shelf_.implied) {
      if (!is_used(name)) policy_.packs.emplace_back(name);
    }
  }

  void open_packs() {
    for (const std::string& name : policy_.packs) {
      std::shared_ptr<const readers::Document> document = shelf_.document(name);
      if (document == nullptr) continue;
      policy_.documents.push_back(document);
      sources_.push_back(document->source());
      packs_.emplace_back(name,
                          TableReader(document->root(), std::nullopt, nullptr, diagnostics_, true));
      packs_.back().second.accept({"pack"});
    }
  }

  void read_all_vars() {
    for (auto& [name, root] : packs_)
      add_pack_vars(root, policy_.vars);
    for (PolicyFile& file : files_)
      add_file_vars(file.root, policy_.vars, file_vars_);
    add_command_line_vars(options_.vars, policy_.vars, diagnostics_);
  }

  // Hands a rule to its kind.
  void build(Draft& draft) {
    const bool trusted = !draft.names.pack.empty();
    TableReader common(draft.table, std::nullopt, nullptr, diagnostics_, trusted);
    TableReader table(draft.table, std::nullopt, &policy_.vars, diagnostics_, trusted);
    for (const readers::Value& overriding : draft.overrides) {
      common.add_overlay(overriding, kOverrideOwnKeys);
      table.add_overlay(overriding, kOverrideOwnKeys);
    }
    Rule rule{read_head(common),
              read_when(table),
              true,
              {},
              common.boolean("strict", false),
              draft.table,
              std::move(draft.overrides),
              draft.place};
    rule.head.id = draft.names.id;
    rule.head.pack = draft.names.pack;
    rule.enabled = common.boolean("enabled", !rule.strict || is_strict());
    if (!rule.enabled) rule.disabled_why = why_disabled(rule);
    if (rule.head.kind.empty()) return;
    accept_rule_head(table);
    policy_.rules.push_back(std::move(rule));
    on_rule_(policy_.rules.back().head, table);
  }

  // Who names a pack on the command line wants all of it.
  [[nodiscard]] bool is_strict() const {
    return strict_ || options_.strict || chosen_ == Chosen::by_command_line;
  }

  // Returns the reason of the last override that says anything of `enabled`.
  static std::string why_disabled(const Rule& rule) {
    for (auto table = rule.overrides.rbegin(); table != rule.overrides.rend(); ++table) {
      if (!table->find("enabled")) continue;
      const std::optional<readers::Value> why = table->find("why");
      return why ? std::string((*why)->text) : std::string();
    }
    return {};
  }

  const LoadOptions& options_;
  const PackShelf& shelf_;
  const RuleCallback& on_rule_;
  Diagnostics& diagnostics_;
  Chosen chosen_ = Chosen::by_policy;
  bool strict_ = false;  // [gate] says so
  Policy policy_;
  std::vector<PolicyFile> files_;
  std::vector<std::pair<std::string, TableReader>> packs_;
  Vars file_vars_;
  std::vector<Draft> drafts_;
  std::vector<std::shared_ptr<const base::Source>> sources_;
};

// Adds what was found to `into` as people read files: those without a place, then by file and
// place.
void add_in_order(const Diagnostics& found,
                  const std::vector<std::shared_ptr<const base::Source>>& sources,
                  Diagnostics& into) {
  std::map<const base::Source*, std::size_t> number;
  for (const auto& source : sources)
    number.emplace(source.get(), number.size() + 1);
  const auto key = [&number](const Diagnostic& diagnostic) {
    if (!diagnostic.place) return std::pair<std::size_t, std::uint32_t>(0, 0);
    const auto known = number.find(diagnostic.place->source.get());
    return std::pair<std::size_t, std::uint32_t>(
        known == number.end() ? number.size() + 1 : known->second, diagnostic.place->span.begin);
  };
  std::vector<Diagnostic> all = found.all();
  std::stable_sort(all.begin(), all.end(),
                   [&key](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  for (Diagnostic& diagnostic : all)
    into.add(std::move(diagnostic));
}

}  // namespace

const Rule* Policy::find(std::string_view id_or_alias) const {
  const auto by_id = std::find_if(rules.begin(), rules.end(),
                                  [&](const Rule& rule) { return rule.head.id == id_or_alias; });
  if (by_id != rules.end()) return &*by_id;
  const auto by_alias = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) {
    const auto& aliases = rule.head.aliases;
    return std::find(aliases.begin(), aliases.end(), id_or_alias) != aliases.end();
  });
  return by_alias == rules.end() ? nullptr : &*by_alias;
}

Policy load(const LoadOptions& options, const PackShelf& packs, const RuleCallback& on_rule,
            base::Diagnostics& diagnostics) {
  Diagnostics found;
  Loader loader(options, packs, on_rule, found);
  Policy policy = loader.run();
  add_in_order(found, loader.sources(), diagnostics);
  return policy;
}

}  // namespace gate::policy
