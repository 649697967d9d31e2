// Graph: who asks for whom within one lockfile.
//
// Each format leads from a requirement to the package that answers it in its own way: npm by
// walking up folders, yarn by descriptor, pnpm by key, the others by name and version.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/lockfiles/lockfile.h"

namespace gate::readers::lockfiles {

// What a project asks for itself.
struct Root {
  std::uint32_t package = 0;  // index
  Need need = Need::production;
};

class Graph {
 public:
  // `wanted`: what the manifest asks for, where the lock does not say so itself (yarn 1, Composer,
  // Poetry), or does not say what for (berry); may be empty. The lock must outlive it.
  Graph(const Lockfile& lock, const std::vector<Requirement>& wanted);

  // Returns the packages that a package asks for.
  [[nodiscard]] const std::vector<std::uint32_t>& asks_for(std::uint32_t package) const {
    return edges_[package];
  }
  [[nodiscard]] const std::vector<Root>& roots() const { return roots_; }

  // Returns the packages that ask for one directly.
  [[nodiscard]] std::vector<std::uint32_t> asked_by(std::uint32_t package) const;

  // Returns a shortest way from what the project asks for to a package, both included; empty where
  // there is none.
  [[nodiscard]] std::vector<std::uint32_t> way_to(std::uint32_t package) const;

  // Returns for each package whether development needs it and nothing else does; nothing where the
  // lock and the manifest do not tell what the project asks for.
  [[nodiscard]] std::optional<std::vector<bool>> development_only() const;

 private:
  std::vector<std::vector<std::uint32_t>> edges_;
  std::vector<Root> roots_;
};

}  // namespace gate::readers::lockfiles
