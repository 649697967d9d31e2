// What npm, yarn, pnpm and bun write where a version could stand: an alias, a repository, an
// address, a folder (github.com/npm/npm-package-arg).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gate/readers/lockfiles/lockfile.h"

namespace gate::readers::lockfiles {

struct NpmSpec {
  Source source = Source::registry;
  bool is_address = false;    // no version, range or tag
  std::string_view commit{};  // or branch or tag: what follows `#`
};

// Returns what a text is: "git+ssh://…#c0ffee", "github:o/r", "o/r#branch", "file:../x",
// "https://…". An address of an archive counts as one of a registry where its path has the form
// that registries share (".../-/name-1.2.3.tgz").
[[nodiscard]] NpmSpec parse_npm_location(std::string_view text);

// Returns what a section of a manifest means, "devDependencies"; nothing for another key.
[[nodiscard]] std::optional<Need> npm_section(std::string_view key);

struct NpmAlias {
  std::string_view name;
  std::string_view range;  // empty where none is written
};

// Returns the parts of "npm:real-name@^1.2.3".
[[nodiscard]] std::optional<NpmAlias> split_npm_alias(std::string_view text);

// Returns the parts of "@scope/name@rest"; `range` is empty without a second `@`.
[[nodiscard]] NpmAlias split_npm_descriptor(std::string_view text);

}  // namespace gate::readers::lockfiles
