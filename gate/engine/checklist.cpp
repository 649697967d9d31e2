#include "gate/engine/checklist.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/readers/checklist/checklist.h"

namespace gate::engine {
namespace {

// The rules by id, to be told their items.
class Binder {
 public:
  explicit Binder(policy::Policy& policy) {
    for (policy::Rule& rule : policy.rules) {
      rules_.emplace(rule.head.id, &rule.head);
      names_.emplace_back(rule.head.id);
    }
  }

  // Returns how many items the checklist has.
  std::size_t bind(const std::shared_ptr<const base::Source>& source,
                   base::Diagnostics& diagnostics) {
    const readers::Checklist checklist = readers::parse_checklist(source->text());
    for (const readers::ChecklistProblem& problem : checklist.problems) {
      diagnostics.add(
          base::Diagnostic::error(problem.message).at(source, problem.span).hint(problem.help));
    }
    for (const readers::ChecklistItem& item : checklist.items) {
      for (const base::Located<std::string>& name : item.rules) {
        const auto rule = rules_.find(name.value);
        if (rule == rules_.end()) {
          diagnostics.add(base::Diagnostic::error(
                              fmt::format("there is no rule `{}` in this policy", name.value))
                              .at(source, name.span)
                              .hint(base::suggest(name.value, names_)));
          continue;
        }
        std::vector<std::string>& items = rule->second->checklist;
        if (std::find(items.begin(), items.end(), item.id) == items.end()) items.push_back(item.id);
      }
    }
    return checklist.items.size();
  }

 private:
  std::map<std::string_view, policy::RuleHead*> rules_;
  std::vector<std::string_view> names_;
};

}  // namespace

void bind_checklists(policy::Policy& policy, const repo::Snapshot& files,
                     base::Diagnostics& diagnostics) {
  Binder binder(policy);
  for (const std::string& path : policy.checklists) {
    if (files.find(path) == nullptr) {
      diagnostics.add(base::Diagnostic::error(fmt::format("the checklist `{}` is not there", path))
                          .hint("`checklist` of gate.toml names Markdown files of the repository"));
      continue;
    }
    Result<std::string> text = repo::read_text(files, path);
    if (!text) {
      diagnostics.add(
          base::Diagnostic::error(fmt::format("read {}: {}", path, text.error().message)));
      continue;
    }
    policy.checklist_items +=
        binder.bind(std::make_shared<const base::Source>(path, *std::move(text)), diagnostics);
  }
}

}  // namespace gate::engine
