// What of a migration's file has a meaning for the database, and what stands beside it.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/readers/formats/python/literals.h"
#include "gate/readers/migrations/django/module.h"

namespace gate::readers::migrations::django {
namespace {

// Options of fields and models that no database holds (docs: "Model field reference").
bool is_label(std::string_view word) {
  constexpr std::array<std::string_view, 20> kLabels{"blank",
                                                     "choices",
                                                     "editable",
                                                     "error_messages",
                                                     "get_latest_by",
                                                     "help_text",
                                                     "limit_choices_to",
                                                     "managers",
                                                     "ordering",
                                                     "related_name",
                                                     "related_query_name",
                                                     "serialize",
                                                     "state_operations",
                                                     "storage",
                                                     "upload_to",
                                                     "validators",
                                                     "verbose_name",
                                                     "verbose_name_plural",
                                                     "default_related_name",
                                                     "permissions"};
  return std::find(kLabels.begin(), kLabels.end(), word) != kLabels.end();
}

// Returns whether a keyword, a pair of a dict or an operation tells the database nothing.
bool is_label(const python::Tree& tree, NodeIndex node) {
  if (tree.kind(node) == NodeKind::keyword) return is_label(tree.text(tree.child(node, 0)));
  if (tree.kind(node) == NodeKind::pair) {
    const auto key = python::constant_text(tree, tree.child(node, 0));
    return key && is_label(*key);
  }
  if (tree.kind(node) != NodeKind::call) return false;
  const std::string dotted = tree.dotted_name(tree.child(node, 0));
  return dotted == "migrations.AlterModelOptions" || dotted == "migrations.AlterModelManagers";
}

}  // namespace

void Module::spell(NodeIndex node, std::string& out, Spelling how) const {
  const python::Node& data = tree_[node];
  if (data.kind == NodeKind::strings || data.kind == NodeKind::string) {
    if (const auto value = python::constant_text(tree_, node)) {
      out += fmt::format("'{}'\n", *value);
      return;
    }
  }
  const bool leaf = data.first == 0;
  out += fmt::format("{} {} {} {}\n(", static_cast<int>(data.kind), static_cast<int>(data.op),
                     data.extra, leaf ? tree_.text(node) : std::string_view());
  if (data.kind == NodeKind::call) {
    spell_call(node, out, how);
  } else {
    for (const NodeIndex child : tree_.children(node)) {
      if (how == Spelling::effects && is_label(tree_, child)) continue;
      spell(child, out, how);
    }
  }
  out += ")";
}

void Module::spell_call(NodeIndex node, std::string& out, Spelling how) const {
  const std::string name =
      how == Spelling::effects ? call(node).name : std::string();  // empty: nothing is left out
  const bool keeps_way_back = !name.starts_with("Run");
  const bool named_first = name.ends_with("Field") && name != "ManyToManyField" &&
                           name != "OneToOneField";  // its first argument is a name for people
  // Two ways to write one list of keywords: their order means nothing.
  std::vector<std::string> keywords;
  std::size_t place = 0;  // 0: what is called
  for (const NodeIndex child : tree_.children(node)) {
    if (tree_.kind(child) == NodeKind::keyword) {
      const std::string_view keyword = tree_.text(tree_.child(child, 0));
      if (!name.empty() && (is_label(tree_, child) || keyword.starts_with("reverse_"))) continue;
      std::string text;
      spell(child, text, how);
      keywords.push_back(std::move(text));
      continue;
    }
    ++place;
    if (place == 3 && !keeps_way_back) continue;
    if (place == 2 && named_first && text(child)) continue;
    spell(child, out, how);
  }
  std::sort(keywords.begin(), keywords.end());
  for (const std::string& keyword : keywords)
    out += keyword;
}

std::map<std::string, NodeIndex, std::less<>> Module::named(NodeIndex node) const {
  std::map<std::string, NodeIndex, std::less<>> found;
  std::vector<NodeIndex> waiting{node};
  while (!waiting.empty()) {
    const NodeIndex next = waiting.back();
    waiting.pop_back();
    for (const NodeIndex child : tree_.children(next))
      waiting.push_back(child);
    if (tree_.kind(next) != NodeKind::name) continue;
    const std::string name(tree_.text(next));
    for (const auto* all : {&assigned_, &functions_, &classes_}) {
      const auto definition = all->find(name);
      if (definition == all->end() || !found.emplace(name, definition->second).second) continue;
      waiting.push_back(definition->second);
    }
  }
  return found;
}

}  // namespace gate::readers::migrations::django
