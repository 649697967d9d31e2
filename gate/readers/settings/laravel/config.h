// The values of config/ as PHP has them. Only for readers of Laravel's code.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/php/value.h"
#include "gate/readers/settings/project_files.h"

namespace gate::readers::laravel {

// Returns what each file below config/ gives, by its name in config(), in the order of loading.
[[nodiscard]] std::vector<std::pair<std::string, php::Value>> load_config(
    const ProjectFiles& files, const EnvironmentValues& environment);

}  // namespace gate::readers::laravel
