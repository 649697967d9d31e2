// CycloneDX 1.5 (cyclonedx.org/docs/1.5/json): the packages of all lockfiles as one bill of
// materials.
#pragma once

#include <string>
#include <string_view>

#include "gate/checks/inventory.h"

namespace gate::cli {

// Returns the document, without a line end behind it. `name`: of the judged folder. Packages of
// several lockfiles that have the same package URL are one component, which names all their places;
// members of a workspace are none. Lockfiles that cannot be read are left out. The same input gives
// the same bytes: the document has no serial number and no time.
[[nodiscard]] std::string write_cyclonedx(const checks::Inventory& inventory,
                                          std::string_view name);

}  // namespace gate::cli
