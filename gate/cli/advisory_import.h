// Collects advisories from what people have: folders, archives and files of OSV records, and the
// repository of FriendsOfPHP.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gate/readers/lockfiles/advisories/advisory.h"

namespace gate::cli {

struct Collected {
  std::vector<readers::lockfiles::Advisory> advisories;  // each id once, in the order of ids
  std::vector<std::string> problems;                     // records that cannot be read, and why
  std::size_t passed_over = 0;                           // files that are no advisories
};

// Reads `path`: a folder (all *.json and *.yaml below it), a .zip, a file with one record, or one
// with a record a line (.jsonl, .ndjson). Withdrawn records are kept and marked.
[[nodiscard]] Collected collect_advisories(const std::filesystem::path& path);

// Returns the first list with the second laid over it: an id that both have is taken from the
// second.
[[nodiscard]] std::vector<readers::lockfiles::Advisory> merge_advisories(
    std::vector<readers::lockfiles::Advisory> before,
    std::vector<readers::lockfiles::Advisory> added);

}  // namespace gate::cli
