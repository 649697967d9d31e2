#include "gate/readers/migrations/django/module.h"

#include <algorithm>
#include <array>
#include <variant>

#include <fmt/format.h>

#include "gate/readers/formats/python/literals.h"

namespace gate::readers::migrations::django {
namespace {

constexpr int kMostSteps = 16;      // from name to name
constexpr int kDeepest = 16;        // lists in lists that each() goes into
constexpr int kMostRounds = 10000;  // of all comprehensions of a file

// Takes the parts of `a + b + c`.
void flatten(const python::Tree& tree, NodeIndex node, std::vector<NodeIndex>& parts) {
  if (tree.kind(node) == NodeKind::binary && tree[node].op == python::Op::add) {
    flatten(tree, tree.child(node, 0), parts);
    flatten(tree, tree.child(node, 1), parts);
  } else {
    parts.push_back(node);
  }
}

}  // namespace

NodeIndex Call::get(std::size_t place, std::string_view keyword) const {
  if (place < places.size()) return places[place];
  return get(keyword);
}

NodeIndex Call::get(std::string_view keyword) const {
  const auto found = names.find(keyword);
  return found == names.end() ? 0 : found->second;
}

Module::Module(std::shared_ptr<const base::Source> source)
    : source_(std::move(source)), tree_(python::Tree::parse(source_->text())) {
  for (const NodeIndex statement : tree_.children(python::Tree::root())) {
    if (tree_.kind(statement) == NodeKind::assign) {
      const NodeIndex value = tree_.last_child(statement);
      const NodeIndex target = tree_.child(statement, 0);
      if (tree_.kind(target) == NodeKind::name)
        assigned_.insert_or_assign(std::string(tree_.text(target)), value);
    } else if (tree_.kind(statement) == NodeKind::function) {
      functions_.insert_or_assign(std::string(tree_.text(tree_.child(statement, 1))), statement);
    } else if (tree_.kind(statement) == NodeKind::class_definition &&
               tree_.text(tree_.child(statement, 1)) == "Migration") {
      migration_ = tree_.last_child(statement);
    } else if (tree_.kind(statement) == NodeKind::class_definition) {
      classes_.insert_or_assign(std::string(tree_.text(tree_.child(statement, 1))), statement);
    }
  }
}

NodeIndex Module::attribute(std::string_view name) const {
  NodeIndex found = 0;
  if (migration_ == 0) return found;
  for (const NodeIndex statement : tree_.children(migration_)) {
    const NodeKind kind = tree_.kind(statement);
    if (kind != NodeKind::assign && kind != NodeKind::annotated_assign) continue;
    if (tree_.is_name(tree_.child(statement, 0), name)) found = tree_.last_child(statement);
  }
  return found;
}

bool Module::changes(NodeIndex statement, std::string_view name) const {
  switch (tree_.kind(statement)) {
    case NodeKind::function:
    case NodeKind::class_definition:
      return false;
    case NodeKind::assign:
    case NodeKind::annotated_assign:
    case NodeKind::augmented_assign:
      return tree_.is_name(tree_.child(statement, 0), name);
    case NodeKind::call:
      return tree_.dotted_name(tree_.child(statement, 0)).starts_with(fmt::format("{}.", name));
    default:
      break;
  }
  for (const NodeIndex child : tree_.children(statement)) {
    if (changes(child, name)) return true;
  }
  return false;
}

NodeIndex Module::later_change(std::string_view name) const {
  if (migration_ == 0) return 0;
  for (const NodeIndex statement : tree_.children(migration_)) {
    const NodeKind kind = tree_.kind(statement);
    if (kind == NodeKind::assign || kind == NodeKind::annotated_assign) continue;
    if (changes(statement, name)) return statement;
  }
  return 0;
}

NodeIndex Module::function(std::string_view name) const {
  const auto found = functions_.find(name);
  return found == functions_.end() ? 0 : found->second;
}

NodeIndex Module::resolve(NodeIndex node) const {
  for (int step = 0; step < kMostSteps && tree_.kind(node) == NodeKind::name; ++step) {
    auto found = bound_.find(tree_.text(node));
    if (found == bound_.end()) {
      found = assigned_.find(tree_.text(node));
      if (found == assigned_.end()) break;
    }
    if (found->second == node) break;
    node = found->second;
  }
  return node;
}

std::optional<std::string> Module::text(NodeIndex node) const {
  if (node == 0) return std::nullopt;
  node = resolve(node);
  const NodeKind kind = tree_.kind(node);
  if (kind == NodeKind::format) return formatted(node);
  if (kind == NodeKind::string) return python::constant_text(tree_, node);
  if (kind == NodeKind::strings) {
    std::string all;
    for (const NodeIndex piece : tree_.children(node)) {
      const std::optional<std::string> value = text(piece);
      if (!value) return std::nullopt;
      all += *value;
    }
    return all;
  }
  if (kind != NodeKind::binary) return std::nullopt;
  std::vector<NodeIndex> parts;
  flatten(tree_, node, parts);
  if (parts.size() < 2) return std::nullopt;
  std::string all;
  for (const NodeIndex part : parts) {
    const std::optional<std::string> value = text(part);
    if (!value) return std::nullopt;
    all += *value;
  }
  return all;
}

// f'{name}_id', where what stands in braces is a text that is known.
std::optional<std::string> Module::formatted(NodeIndex node) const {
  std::string all;
  for (const NodeIndex part : tree_.children(node)) {
    const bool is_field = tree_.kind(part) == NodeKind::field;
    const NodeIndex inner = is_field ? tree_.child(part, 0) : 0;
    const bool plain = tree_[inner].next == 0 && tree_[part].conversion() == '\0' &&
                       !tree_[part].has(python::flag::debug);
    if (is_field && !plain) return std::nullopt;
    const auto value = is_field ? text(inner) : python::format_text_value(tree_, part, false);
    if (!value) return std::nullopt;
    all += *value;
  }
  return all;
}

std::optional<bool> Module::truth(NodeIndex node) const {
  if (node == 0) return std::nullopt;
  switch (tree_.kind(resolve(node))) {
    case NodeKind::true_value:
      return true;
    case NodeKind::false_value:
    case NodeKind::none_value:
      return false;
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> Module::integer(NodeIndex node) const {
  if (node == 0) return std::nullopt;
  node = resolve(node);
  if (tree_.kind(node) != NodeKind::number) return std::nullopt;
  const auto value = python::number_value(tree_, node);
  if (!value || !std::holds_alternative<std::int64_t>(*value)) return std::nullopt;
  return std::get<std::int64_t>(*value);
}

bool Module::is_none(NodeIndex node) const {
  return node != 0 && tree_.kind(resolve(node)) == NodeKind::none_value;
}

bool Module::is_sequence(NodeIndex node) const {
  if (node == 0) return false;
  const NodeKind kind = tree_.kind(resolve(node));
  return kind == NodeKind::list || kind == NodeKind::tuple || kind == NodeKind::set;
}

// Returns the list, tuple or set that a node stands for: itself, or what `set(...)` and its like
// make one of; of an empty `set()` the call. 0 where it stands for none.
NodeIndex Module::sequence(NodeIndex node) const {
  constexpr std::array<std::string_view, 4> kMakers{"set", "frozenset", "list", "tuple"};
  node = resolve(node);
  for (int step = 0; step < kMostSteps && tree_.kind(node) == NodeKind::call; ++step) {
    const Call made = call(node);
    if (std::find(kMakers.begin(), kMakers.end(), made.dotted) == kMakers.end() ||
        !made.names.empty() || made.places.size() > 1)
      return 0;
    if (made.places.empty()) return node;
    node = resolve(made.places.front());
  }
  return is_sequence(node) ? node : 0;
}

std::vector<NodeIndex> Module::elements(NodeIndex node) const {
  std::vector<NodeIndex> all;
  if (node == 0) return all;
  std::vector<NodeIndex> parts;
  flatten(tree_, resolve(node), parts);
  for (const NodeIndex part : parts) {
    const NodeIndex list = sequence(part);
    if (list == 0 || tree_.kind(list) == NodeKind::call) continue;
    for (const NodeIndex element : tree_.children(list))
      all.push_back(element);
  }
  return all;
}

void Module::each(NodeIndex node, const OnElement& on_element) {
  if (node == 0) return;
  if (depth_ >= kDeepest) {
    on_element(node, false);
    return;
  }
  ++depth_;
  std::vector<NodeIndex> parts;
  flatten(tree_, resolve(node), parts);
  for (NodeIndex part : parts) {
    part = resolve(part);
    const NodeKind kind = tree_.kind(part);
    if (kind == NodeKind::list_comprehension || kind == NodeKind::generator) {
      const NodeIndex element = tree_.child(part, 0);
      each_of_clauses(element, tree_[element].next, on_element);
      continue;
    }
    const NodeIndex list = sequence(part);
    if (list == 0) {
      on_element(part, false);
      continue;
    }
    if (tree_.kind(list) == NodeKind::call) continue;  // an empty set()
    for (const NodeIndex element : tree_.children(list)) {
      if (tree_.kind(element) == NodeKind::starred) {
        each(tree_.child(element, 0), on_element);
      } else {
        on_element(element, true);
      }
    }
  }
  --depth_;
}

// `element for a in list for b in other`: the clauses from this one on.
void Module::each_of_clauses(NodeIndex element, NodeIndex clause, const OnElement& on_element) {
  if (clause == 0) {
    on_element(element, true);
    return;
  }
  const NodeIndex target = tree_.child(clause, 0);
  const bool tuple = tree_.kind(target) == NodeKind::tuple;
  const bool plain = tuple || tree_.kind(target) == NodeKind::name;
  if (!plain || tree_.child(clause, 2) != 0) {
    on_element(element, false);
    return;
  }
  each(tree_.child(clause, 1), [&](NodeIndex value, bool readable) {
    std::map<std::string, NodeIndex, std::less<>> before = bound_;
    std::vector<NodeIndex> names;
    if (tuple) {
      for (const NodeIndex name : tree_.children(target))
        names.push_back(name);
    } else {
      names.push_back(target);
    }
    const std::vector<NodeIndex> values = tuple ? elements(value) : std::vector<NodeIndex>{value};
    readable = readable && names.size() == values.size() && ++rounds_ <= kMostRounds;
    for (std::size_t place = 0; readable && place < names.size(); ++place)
      bound_.insert_or_assign(std::string(tree_.text(names[place])), resolve(values[place]));
    if (readable) {
      each_of_clauses(element, tree_[clause].next, on_element);
    } else {
      on_element(element, false);
    }
    bound_ = std::move(before);
  });
}

NodeIndex Module::unread(NodeIndex node) const {
  if (node == 0) return 0;
  std::vector<NodeIndex> parts;
  flatten(tree_, resolve(node), parts);
  for (const NodeIndex part : parts) {
    if (sequence(part) == 0) return part;
  }
  return 0;
}

std::optional<std::vector<std::string>> Module::texts(NodeIndex node) const {
  std::vector<std::string> all;
  if (unread(node) != 0) return std::nullopt;
  for (const NodeIndex element : elements(node)) {
    auto value = text(element);
    if (!value) return std::nullopt;
    all.push_back(*std::move(value));
  }
  return all;
}

NodeIndex Module::item(NodeIndex dict, std::string_view key) const {
  if (dict == 0) return 0;
  dict = resolve(dict);
  if (tree_.kind(dict) != NodeKind::dict) return 0;
  for (const NodeIndex pair : tree_.children(dict)) {
    if (tree_.kind(pair) == NodeKind::pair && text(tree_.child(pair, 0)) == key)
      return tree_.child(pair, 1);
  }
  return 0;
}

bool Module::is_call(NodeIndex node) const {
  return node != 0 && tree_.kind(resolve(node)) == NodeKind::call;
}

Call Module::call(NodeIndex node) const {
  Call call;
  node = resolve(node);
  call.node = node;
  bool first = true;
  for (const NodeIndex child : tree_.children(node)) {
    if (first) {
      first = false;
      call.dotted = tree_.dotted_name(child);
      call.name = call.dotted.substr(call.dotted.rfind('.') + 1);
      continue;
    }
    if (tree_.kind(child) == NodeKind::keyword) {
      call.names.insert_or_assign(std::string(tree_.text(tree_.child(child, 0))),
                                  tree_.child(child, 1));
    } else {
      call.places.push_back(child);
    }
  }
  return call;
}

}  // namespace gate::readers::migrations::django
