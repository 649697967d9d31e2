#include "gate/checks/kinds.h"

#include <algorithm>
#include <array>

namespace gate::checks {
namespace {

constexpr std::array<const Kind*, 14> kTable{
    &kFiles,  &kContent,  &kEnv, &kConfig,   &kDjango,  &kRoutes, &kMigrations,
    &kSchema, &kLockfile, &kGit, &kDocument, &kCommand, &kGroup,  &kSuppression,
};

}  // namespace

std::span<const Kind* const> kinds() { return kTable; }

const Kind* find_kind(std::string_view name) {
  const auto found = std::find_if(kTable.begin(), kTable.end(),
                                  [&](const Kind* kind) { return kind->name == name; });
  return found == kTable.end() ? nullptr : *found;
}

}  // namespace gate::checks
