// A project and an environment in memory, for the tests of what evaluates settings.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/project_files.h"

namespace gate::readers::test {

class MemoryFiles final : public ProjectFiles {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  [[nodiscard]] std::optional<std::string> read(std::string_view path) const override {
    const auto found = files_.find(std::string(path));
    if (found == files_.end()) return std::nullopt;
    return found->second;
  }
  [[nodiscard]] bool has(std::string_view path) const override {
    return files_.contains(std::string(path));
  }
  [[nodiscard]] std::vector<std::string> below(std::string_view folder) const override {
    std::string prefix(folder);
    if (!prefix.empty() && !prefix.ends_with('/')) prefix += '/';
    std::vector<std::string> paths;
    for (const auto& [path, text] : files_) {
      if (path.starts_with(prefix)) paths.push_back(path);
    }
    return paths;
  }
  [[nodiscard]] std::vector<std::string> named(std::string_view name) const override {
    std::vector<std::string> paths;
    for (const auto& [path, text] : files_) {
      if (path == name || path.ends_with("/" + std::string(name))) paths.push_back(path);
    }
    return paths;
  }

 private:
  std::map<std::string, std::string> files_;
};

// Variables that are set; all others are not, or unknown.
class MapEnvironment final : public EnvironmentValues {
 public:
  explicit MapEnvironment(std::map<std::string, std::string> values, std::string incomplete = {})
      : values_(std::move(values)), incomplete_(std::move(incomplete)) {}

  [[nodiscard]] EnvironmentValue find(std::string_view key) const override {
    EnvironmentValue value;
    const auto found = values_.find(std::string(key));
    if (found != values_.end()) {
      value.state = EnvironmentValue::State::set;
      value.value = found->second;
      value.place = {".env", 1, 1, 1, 1};
    } else if (!incomplete_.empty()) {
      value.state = EnvironmentValue::State::unknown;
      value.reason = incomplete_;
    }
    return value;
  }
  [[nodiscard]] std::vector<std::string> keys() const override {
    std::vector<std::string> names;
    for (const auto& [key, value] : values_)
      names.push_back(key);
    return names;
  }
  [[nodiscard]] std::string incomplete() const override { return incomplete_; }

 private:
  std::map<std::string, std::string> values_;
  std::string incomplete_;
};

}  // namespace gate::readers::test
