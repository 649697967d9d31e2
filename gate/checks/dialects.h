// Which programs read the environment files of a repository.
#pragma once

#include <string>
#include <vector>

#include "gate/readers/formats/dotenv.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

struct DetectedDialect {
  // Where nothing tells: it expands what most readers do, and refuses no more than they.
  readers::EnvDialect dialect = readers::EnvDialect::compose;
  std::string because;  // "laravel/framework in composer.json"; empty where nothing tells

  friend bool operator==(const DetectedDialect&, const DetectedDialect&) = default;
};

// Returns every reader of these environment files (paths as a policy names them) of which the
// repository gives evidence, each once, the one that decides in production first: an `env_file` of
// a compose file, then the framework of the manifests, then scripts that source the file or hand it
// to `docker run`. Empty where nothing tells.
[[nodiscard]] std::vector<DetectedDialect> find_dialects(const repo::Snapshot& files,
                                                         const std::vector<std::string>& env_files);

// Returns the first of find_dialects(), or phpdotenv.
[[nodiscard]] DetectedDialect detect_dialect(const repo::Snapshot& files,
                                             const std::vector<std::string>& env_files);

}  // namespace gate::checks
