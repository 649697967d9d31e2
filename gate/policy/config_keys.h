// Which keys the configuration files at the top of a repository hold; what conditions need and no
// more.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gate/readers/formats/document.h"
#include "gate/repo/snapshot.h"

namespace gate::policy {

// `when.key` as it is written: "pyproject.toml: tool.mypy".
struct ConfigKey {
  std::string_view file;
  std::string_view path;  // keys with dots between them; in .cfg and .ini the name of a section
};

// Returns the parts of a text, which they are views of; nothing where it does not have them or the
// file is none of .toml, .json, .cfg and .ini.
[[nodiscard]] std::optional<ConfigKey> parse_config_key(std::string_view text);

// Answers for one snapshot; reads each file once. Not thread-safe.
class ConfigKeys {
 public:
  explicit ConfigKeys(const repo::Snapshot& files) : files_(files) {}

  // Returns whether the file holds the key. One that cannot be read as its format holds it where
  // the key's last part stands in its text, one whose bytes cannot be had holds every key: a broken
  // file does not switch rules off.
  [[nodiscard]] bool holds(const ConfigKey& key);

 private:
  struct File {
    bool there = false;
    std::optional<std::string> text;                    // none: its bytes could not be had
    std::shared_ptr<const readers::Document> document;  // null: it cannot be read as its format
  };

  const File& file(std::string_view path);

  const repo::Snapshot& files_;
  std::map<std::string, File, std::less<>> read_;
};

}  // namespace gate::policy
