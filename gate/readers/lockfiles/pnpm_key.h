// The keys of packages in pnpm-lock.yaml, which differ from version to version.
#pragma once

#include <string_view>

namespace gate::readers::lockfiles {

struct PnpmKey {
  std::string_view name;      // empty: the entry has to name it
  std::string_view version;   // empty: the entry has to give it
  std::string_view location;  // an address, where the key is one
  std::string_view commit;
  bool is_git = false;
};

// Returns the key without the peers behind it: "a@1.0.0(b@2.0.0)" is "a@1.0.0".
[[nodiscard]] std::string_view without_peers(std::string_view key);

// Returns the parts of a key: "/a/1.0.0_b@2.0.0" (5), "/a@1.0.0(b@2.0.0)" (6), "a@1.0.0" (9),
// "file:x", "github.com/o/r/COMMIT", "a@https://…".
[[nodiscard]] PnpmKey parse_pnpm_key(std::string_view key, std::string_view lockfile_version);

}  // namespace gate::readers::lockfiles
