// Manifests read for a comparison: what cannot be read is unknown, what is not there is not
// compared.
#pragma once

#include <memory>
#include <string>

#include "gate/readers/formats/document.h"
#include "gate/readers/lockfiles/package_json.h"
#include "gate/readers/lockfiles/sync/sync.h"

namespace gate::readers::lockfiles {

// Each returns null where there is no such file, or it cannot be read.
[[nodiscard]] std::shared_ptr<const base::Source> load_text(const Neighbours& files,
                                                            const std::string& path,
                                                            Comparison& comparison);
[[nodiscard]] std::unique_ptr<const PackageJson> load_package_json(const Neighbours& files,
                                                                   const std::string& path,
                                                                   Comparison& comparison);
[[nodiscard]] std::shared_ptr<const Document> load_toml(const Neighbours& files,
                                                        const std::string& path,
                                                        Comparison& comparison);

}  // namespace gate::readers::lockfiles
