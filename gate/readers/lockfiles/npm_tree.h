// The tree of an npm lock: which package stands where, and which one a name leads to from there.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "gate/readers/lockfiles/lockfile.h"

namespace gate::readers::lockfiles {

inline constexpr std::string_view kNodeModules = "node_modules/";

// Not thread-safe: it reuses memory from question to question. The lock must outlive it.
class NpmTree {
 public:
  // A place of the tree: a package, or the link that leads to one.
  struct Node {
    const Package* package = nullptr;
    const Link* link = nullptr;
  };

  explicit NpmTree(const Lockfile& lock);

  // Returns what stands at a key, or null.
  [[nodiscard]] const Node* find(std::string_view key) const;
  // Returns what `require(name)` finds from the place `from` ("" is the root), walking up as
  // Node.js does; or null.
  [[nodiscard]] const Node* resolve(std::string_view from, std::string_view name);
  // Returns the package of a place; of a link that of the folder where it leads, or null.
  [[nodiscard]] const Package* package_of(const Node& node) const;

 private:
  std::unordered_map<std::string_view, Node> nodes_;
  std::string probe_;
};

}  // namespace gate::readers::lockfiles
