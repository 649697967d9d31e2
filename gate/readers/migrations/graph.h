// The graph of Django's migrations (django/db/migrations/graph.py and loader.py).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gate/readers/migrations/migration.h"

namespace gate::readers::migrations {

// One migration of the project, as its place in the graph is concerned.
struct GraphNode {
  std::string app;
  std::string name;
  const Links* links = nullptr;  // null: the file cannot be read; it hangs on nothing
};

struct GraphProblem {
  enum class Kind : std::uint8_t { leaves, missing_parent, cycle };
  Kind kind = Kind::leaves;
  std::size_t node = 0;             // where it is said
  base::Span span{};                // in its file; empty: the file as a whole
  std::vector<std::size_t> others;  // the other leaves, or the rest of the cycle
  Link missing;
};

struct MigrationGraph {
  std::vector<std::size_t> order;     // the nodes that run, each behind those it depends on
  std::vector<std::size_t> replaced;  // those that a squashed migration stands for
  std::vector<GraphProblem> problems;
};

// Orders the nodes. A migration that replaces others takes their place. What is named of an app
// that the project does not have is a mistake, unless the app is Django's own or, with
// `other_packages`, may come with another package that the project installs.
[[nodiscard]] MigrationGraph order_migrations(const std::vector<GraphNode>& nodes,
                                              bool other_packages);

}  // namespace gate::readers::migrations
