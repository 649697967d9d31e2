#include "gate/readers/migrations/laravel.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/laravel/interpreter.h"
#include "gate/readers/migrations/rollback.h"

namespace gate::readers::migrations {
namespace {

using php::Node;
using php::NodeKind;

Node method_of(Node declaration, std::string_view name) {
  for (const Node member : declaration.child(3).children()) {
    if (member.is(NodeKind::method) && php::same_name(member.text(), name)) return member;
  }
  return {&declaration.tree(), 0};
}

// Returns the class of the file that has up(): a named one, or the one it returns.
Node find_class(Node node) {
  if (node.is(NodeKind::class_declaration) && method_of(node, "up")) return node;
  for (const Node child : node.children()) {
    const Node found = find_class(child);
    if (found) return found;
  }
  return {&node.tree(), 0};
}

// Returns what `public $withinTransaction = false;` says, where it stands there.
std::optional<bool> within_transaction(Node declaration) {
  for (const Node member : declaration.child(3).children()) {
    if (!member.is(NodeKind::property_declaration)) continue;
    for (const Node element : member.children()) {
      if (element.is(NodeKind::variable_element) && element.text() == "withinTransaction")
        return php::same_name(element.child(0).text(), "true");
    }
  }
  return std::nullopt;
}

bool only_throws(Node block) {
  return block.size() == 1 && block.first().is(NodeKind::expression_statement) &&
         block.first().first().is(NodeKind::throw_expression);
}

using Names = std::set<std::string, std::less<>>;  // in lower case

// Appends a node as one line of its kind, operator and text, with its children; types and modifiers
// change nothing that a migration does. `names` takes the texts.
void spell(Node node, std::string& out, Names* names = nullptr) {
  constexpr std::uint16_t kMatters =
      php::by_reference | php::spread | php::nullsafe | php::first_class;
  switch (node.kind()) {
    case NodeKind::none:  // of a type that is not written
    case NodeKind::named_type:
    case NodeKind::nullable_type:
    case NodeKind::union_type:
    case NodeKind::intersection_type:
    case NodeKind::attribute:
      return;
    default:
      break;
  }
  out += fmt::format("{} {} {} {}\n(", static_cast<int>(node.kind()), static_cast<int>(node.op()),
                     node.data().flags & kMatters, node.text());
  if (names != nullptr && !node.text().empty()) names->insert(base::to_lower(node.text()));
  for (const Node child : node.children())
    spell(child, out, names);
  out += ")";
}

}  // namespace

Migration read_laravel_migration(const php::SyntaxTree& tree, Schema& schema, Origin origin,
                                 laravel::Project& project) {
  Migration migration;
  migration.meaning = laravel_meaning(tree);
  const Node declaration = find_class(tree.root());
  if (!declaration) {
    migration.unreadable = tree.ok() ? "no class in it has a method up()"
                                     : "PHP that cannot be read: " + tree.first_problem();
    return migration;
  }
  migration.in_transaction = within_transaction(declaration);
  laravel::Interpreter interpreter(declaration, schema, origin, project);
  interpreter.run("up");
  migration.up = interpreter.take_statements();
  migration.remarks = interpreter.take_remarks();
  const Node down = interpreter.find_method("down");
  if (!down) {
    migration.reverse = Reverse::absent;
    return migration;
  }
  // One that the class inherits stands in another file.
  migration.reverse_place = &down.tree() == &tree ? down.span() : declaration.span();
  const Node body = down.child(3);
  migration.reverse = body.size() == 0    ? Reverse::empty
                      : only_throws(body) ? Reverse::refused
                                          : Reverse::written;
  return migration;
}

void read_laravel_down(const php::SyntaxTree& tree, Schema& schema, const Journal& up,
                       Origin origin, laravel::Project& project, Migration& migration) {
  const Node declaration = find_class(tree.root());
  if (!declaration || migration.reverse != Reverse::written) return;
  // Its conditions are decided by the schema as down() goes, so it runs once to be read.
  schema.begin_journal();
  laravel::Interpreter interpreter(declaration, schema, origin, project);
  interpreter.run("down");
  schema.put_back(schema.take_journal());
  migration.down = interpreter.take_statements();
  migration.rollback = judge_rollback(schema, up, migration, origin);
}

std::string laravel_meaning(const php::SyntaxTree& tree) {
  std::string meaning;
  const Node declaration = find_class(tree.root());
  if (!declaration) return meaning;
  // up(), what it calls by name in the same class, and the properties.
  std::vector<Node> waiting;
  Names named{"up"};
  for (const Node member : declaration.child(3).children()) {
    if (member.is(NodeKind::method)) {
      waiting.push_back(member);
    } else {
      spell(member, meaning);
    }
  }
  for (bool found = true; found;) {
    const auto next = std::find_if(waiting.begin(), waiting.end(), [&](const Node& method) {
      return named.contains(base::to_lower(method.text()));
    });
    found = next != waiting.end();
    if (!found) break;
    spell(*next, meaning, &named);
    waiting.erase(next);
  }
  return meaning;
}

}  // namespace gate::readers::migrations
