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
// is not a matter of configuration alone, or a map of connections and the like, is unknown. The
// members that the framework adds to such a map of the application (a disk, a channel) are not
// listed.
// Source: the documented skeleton of 11 and 12 (config/) and Illuminate's LoadConfiguration; the
// table is not held against an installed framework by a test.
void add_framework_defaults(const ProjectFiles& files, const EnvironmentValues& environment,
                            int version, Settings& settings);

}  // namespace gate::readers::laravel
