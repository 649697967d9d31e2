#include "gate/readers/migrations/graph.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace gate::readers::migrations {
namespace {

// The apps of Django itself that have migrations (django/contrib).
constexpr std::array<std::string_view, 7> kOwnApps{
    "admin", "auth", "contenttypes", "flatpages", "redirects", "sessions", "sites"};

using Key = std::pair<std::string, std::string>;  // app, name

class Orderer {
 public:
  Orderer(const std::vector<GraphNode>& nodes, bool other_packages)
      : nodes_(nodes),
        other_packages_(other_packages),
        parents_(nodes.size()),
        has_child_(nodes.size()),
        state_(nodes.size()) {
    for (std::size_t index = 0; index < nodes.size(); ++index) {
      by_key_.emplace(Key(nodes[index].app, nodes[index].name), index);
      apps_.insert(nodes[index].app);
    }
  }

  MigrationGraph run() {
    replace();
    for (std::size_t index = 0; index < nodes_.size(); ++index) {
      if (is_replaced(index) || nodes_[index].links == nullptr) continue;
      for (const Link& link : nodes_[index].links->dependencies)
        connect(index, link);
      for (const Link& link : nodes_[index].links->run_before) {
        if (const auto child = find(link)) add_edge(*child, index);
      }
    }
    find_leaves();
    std::vector<std::size_t> sorted;
    for (const auto& [key, index] : by_key_)
      sorted.push_back(index);
    for (const std::size_t index : sorted)
      visit(index);
    return std::move(graph_);
  }

 private:
  enum class Visit : std::uint8_t { fresh, open, done };

  [[nodiscard]] bool is_replaced(std::size_t index) const { return replaced_by_.contains(index); }

  // A squashed migration stands for those it replaces, whether their files are still there or not.
  void replace() {
    for (std::size_t index = 0; index < nodes_.size(); ++index) {
      if (nodes_[index].links == nullptr) continue;
      for (const Link& link : nodes_[index].links->replaces) {
        stands_for_.insert_or_assign(Key(link.app, link.name), index);
        const auto found = by_key_.find(Key(link.app, link.name));
        if (found != by_key_.end() && found->second != index)
          replaced_by_.insert_or_assign(found->second, index);
      }
    }
    for (const auto& [index, by] : replaced_by_)
      graph_.replaced.push_back(index);
  }

  // Returns the node that a link means, a squashed one for those it replaces.
  [[nodiscard]] std::optional<std::size_t> find(const Link& link) const {
    Key key(link.app, link.name);
    std::optional<std::size_t> found;
    // A squash can be squashed again.
    for (int step = 0; step < 16; ++step) {
      const auto stands = stands_for_.find(key);
      if (stands == stands_for_.end()) break;
      found = stands->second;
      const Key next(nodes_[*found].app, nodes_[*found].name);
      if (next == key) break;
      key = next;
    }
    if (found) return found;
    const auto there = by_key_.find(key);
    return there == by_key_.end() ? std::nullopt : std::optional(there->second);
  }

  void add_edge(std::size_t child, std::size_t parent) {
    if (child == parent) return;
    parents_[child].push_back(parent);
    if (nodes_[child].app == nodes_[parent].app) has_child_[parent] = true;
  }

  void connect(std::size_t child, const Link& link) {
    const bool first = link.name == "__first__";
    if (first || link.name == "__latest__") {
      if (link.app != nodes_[child].app) ends_.push_back({child, link.app, first});
      return;
    }
    if (const auto parent = find(link)) {
      add_edge(child, *parent);
      return;
    }
    if (!apps_.contains(link.app) && comes_with_a_package(child, link)) return;
    GraphProblem problem;
    problem.kind = GraphProblem::Kind::missing_parent;
    problem.node = child;
    problem.span = link.span;
    problem.missing = link;
    graph_.problems.push_back(std::move(problem));
  }

  // The old label of this app is not another one.
  [[nodiscard]] bool comes_with_a_package(std::size_t child, const Link& link) const {
    const bool is_own = std::find(kOwnApps.begin(), kOwnApps.end(), link.app) != kOwnApps.end();
    return is_own || (other_packages_ && !is_old_label(child, link));
  }

  // An app that was renamed, and whose migrations still name each other by its old label.
  [[nodiscard]] bool is_old_label(std::size_t child, const Link& link) const {
    return link.name != "0001_initial" && by_key_.contains(Key(nodes_[child].app, link.name));
  }

  void find_leaves() {
    std::map<std::string_view, std::vector<std::size_t>> leaves;
    for (const auto& [key, index] : by_key_) {
      if (!is_replaced(index) && !has_child_[index] && nodes_[index].links != nullptr)
        leaves[nodes_[index].app].push_back(index);
    }
    for (auto& [app, all] : leaves) {
      if (all.size() < 2) continue;
      GraphProblem problem;
      problem.node = all.back();
      problem.span = nodes_[all.back()].links->dependencies.empty()
                         ? base::Span{}
                         : nodes_[all.back()].links->dependencies.front().span;
      all.pop_back();
      problem.others = std::move(all);
      graph_.problems.push_back(std::move(problem));
    }
    // `__first__` and `__latest__` of another app: whatever of it comes first, or last.
    for (const End& end : ends_) {
      for (const auto& [key, index] : by_key_) {
        if (key.first != end.app || is_replaced(index)) continue;
        const bool root =
            std::none_of(parents_[index].begin(), parents_[index].end(),
                         [&](std::size_t parent) { return nodes_[parent].app == end.app; });
        if (end.first ? root : !has_child_[index]) {
          parents_[end.child].push_back(index);
          break;
        }
      }
    }
  }

  // Without recursion: a chain of migrations may be thousands long.
  void visit(std::size_t start) {
    struct Frame {
      std::size_t node;
      std::size_t next = 0;
    };
    if (state_[start] != Visit::fresh || is_replaced(start)) return;
    std::vector<Frame> stack{{start}};
    state_[start] = Visit::open;
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.next == 0) {
        std::vector<std::size_t>& parents = parents_[frame.node];
        std::sort(parents.begin(), parents.end(), [this](std::size_t a, std::size_t b) {
          return std::tie(nodes_[a].app, nodes_[a].name) < std::tie(nodes_[b].app, nodes_[b].name);
        });
      }
      if (frame.next < parents_[frame.node].size()) {
        const std::size_t parent = parents_[frame.node][frame.next++];
        if (state_[parent] == Visit::fresh) {
          state_[parent] = Visit::open;
          stack.push_back({parent});
        } else if (state_[parent] == Visit::open) {
          GraphProblem problem;
          problem.kind = GraphProblem::Kind::cycle;
          problem.node = frame.node;
          for (auto item = stack.rbegin(); item != stack.rend() && item->node != parent; ++item) {
            if (item->node != frame.node) problem.others.push_back(item->node);
          }
          problem.others.push_back(parent);
          graph_.problems.push_back(std::move(problem));
        }
        continue;
      }
      state_[frame.node] = Visit::done;
      graph_.order.push_back(frame.node);
      stack.pop_back();
    }
  }

  struct End {
    std::size_t child;
    std::string app;
    bool first;
  };

  const std::vector<GraphNode>& nodes_;
  bool other_packages_;
  std::vector<std::vector<std::size_t>> parents_;
  std::vector<bool> has_child_;  // in its own app
  std::vector<Visit> state_;
  std::map<Key, std::size_t> by_key_;
  std::map<Key, std::size_t> stands_for_;
  std::map<std::size_t, std::size_t> replaced_by_;
  std::set<std::string> apps_;
  std::vector<End> ends_;
  MigrationGraph graph_;
};

}  // namespace

MigrationGraph order_migrations(const std::vector<GraphNode>& nodes, bool other_packages) {
  return Orderer(nodes, other_packages).run();
}

}  // namespace gate::readers::migrations
