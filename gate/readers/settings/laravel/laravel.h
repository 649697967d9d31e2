// Laravel: what config() holds in production, found out without running PHP.
//
// Knows how Laravel loads config/ and what its helpers do there; knows no rule. Sources:
// laravel.com/docs/configuration, the loader and Env class of laravel/framework 8 to 12.
#pragma once

#include <string>
#include <string_view>

#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/project_files.h"
#include "gate/readers/settings/setting.h"

namespace gate::readers {

// Returns whether these are the files of a Laravel application.
[[nodiscard]] bool is_laravel(const ProjectFiles& files);

// Returns the major version of laravel/framework that is locked, or that composer.json asks for at
// least; 0 where neither says.
[[nodiscard]] int laravel_version(const ProjectFiles& files);

// Returns what each file below config/ gives in this environment, by the keys of config(): `app`,
// `services`, `sub.file`. What is absent and the framework fills in (from version 11 on) stands in
// it too; a default that is not carried here is unknown. A file that cannot be read is unknown as a
// whole.
[[nodiscard]] Settings laravel_settings(const ProjectFiles& files,
                                        const EnvironmentValues& environment);

}  // namespace gate::readers
