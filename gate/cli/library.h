// Library: rules as data, for commands that talk about rules and judge nothing.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/diagnostic.h"
#include "gate/cli/place.h"
#include "gate/engine/check_list.h"
#include "gate/policy/policy.h"

namespace gate::cli {

// Later members point into earlier ones: it does not move.
struct Library {
  Place place;  // of the user's own policy, where there is one
  engine::CheckList checks;
  policy::Policy policy;
};

// Loads the shipped packs named (all where none is) without any policy of the user's, settled.
[[nodiscard]] std::unique_ptr<Library> load_shipped(const std::vector<std::string>& packs,
                                                    base::Diagnostics& diagnostics);

// Loads all shipped packs together with the policy of the current folder, where it has one.
[[nodiscard]] std::unique_ptr<Library> load_all(base::Diagnostics& diagnostics);

// Returns the rule with this id or alias, also without the tool in front of it, or null; `help`
// then says what to type.
[[nodiscard]] const policy::Rule* find_rule(const Library& library, std::string_view id,
                                            std::string& help);

}  // namespace gate::cli
