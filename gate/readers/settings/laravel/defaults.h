// What Laravel fills in where a file below config/, or a key of one, is absent.
// Only for the sources of this folder.
#pragma once

#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/project_files.h"
#include "gate/readers/settings/setting.h"

namespace gate::readers::laravel {

// From version 11 on the framework lays its own config/*.php under that of the application: keys of
// the first level that a file lacks, and whole files that are not there. Before, and where the
// application calls dontMergeFrameworkConfiguration(), what is absent stays absent. A default that
// is not a matter of configuration alone, or a map of connections and the like, is unknown. To such
// a map of the application (disks, channels) the framework adds members: it gets the key `*` with
// an unknown value, which stands for them. Source: the documented skeleton of 11 and 12 (config/)
// and Illuminate's LoadConfiguration. Debian has the framework only of version 8, which merges
// nothing, so no test holds the table against it: what releases may do differently is unknown.
void add_framework_defaults(const ProjectFiles& files, const EnvironmentValues& environment,
                            int version, Settings& settings);

}  // namespace gate::readers::laravel
