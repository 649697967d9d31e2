// The kinds of rules there are: one line each, in the order of the documentation.
#pragma once

#include <span>
#include <string_view>

#include "gate/checks/check.h"

namespace gate::checks {

extern const Kind kFiles;
extern const Kind kContent;
extern const Kind kEnv;
extern const Kind kConfig;
extern const Kind kMigrations;
extern const Kind kSchema;
extern const Kind kLockfile;
extern const Kind kGit;
extern const Kind kDocument;
extern const Kind kDjango;
extern const Kind kRoutes;
extern const Kind kCommand;
extern const Kind kGroup;
extern const Kind kSuppression;

[[nodiscard]] std::span<const Kind* const> kinds();

// Returns the kind of this name, or null.
[[nodiscard]] const Kind* find_kind(std::string_view name);

}  // namespace gate::checks
