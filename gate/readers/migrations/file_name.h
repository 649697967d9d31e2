// Names of migration files: which runner writes them so, their version, their order. For
// folders.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gate/readers/migrations/folders.h"

namespace gate::readers::migrations {

// What a path says of itself.
struct FileName {
  enum class Role : std::uint8_t { up, down, dump };
  Runner runner = Runner::plain;
  Role role = Role::up;
  std::string folder;  // that holds the sequence
  std::string version;
  std::string name;  // with the version, without endings: what pairs a file with its down file
  std::string order;
  std::string app_folder;        // of Django: the folder of the app
  std::optional<Engine> engine;  // written in the name or the folder
  bool other_engine = false;     // of a database that gate does not know
};

// Returns what `path` is, or nothing where it is no migration.
[[nodiscard]] std::optional<FileName> read_file_name(std::string_view path);

}  // namespace gate::readers::migrations
