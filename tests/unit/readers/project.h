// Files and variables for tests of evaluators.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/project_files.h"

namespace gate::readers::test {

class Project final : public ProjectFiles {
 public:
  Project(std::initializer_list<std::pair<const std::string, std::string>> files) : files_(files) {}

  [[nodiscard]] std::optional<std::string> read(std::string_view path) const override {
    const auto found = files_.find(path);
    return found == files_.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] bool has(std::string_view path) const override { return files_.contains(path); }
  [[nodiscard]] std::vector<std::string> below(std::string_view folder) const override {
    std::vector<std::string> paths;
    for (const auto& [path, text] : files_) {
      const bool inside =
          folder.empty() ||
          (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
      if (inside) paths.push_back(path);
    }
    return paths;
  }

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

class Variables final : public EnvironmentValues {
 public:
  Variables() = default;
  Variables(std::initializer_list<std::pair<const std::string, std::string>> values)
      : values_(values) {}

  [[nodiscard]] EnvironmentValue find(std::string_view key) const override {
    EnvironmentValue value;
    value.secret = key == secret;
    if (!unknown.empty()) {
      value.state = EnvironmentValue::State::unknown;
      value.reason = unknown;
      return value;
    }
    const auto found = values_.find(key);
    if (found == values_.end()) return value;
    value.state = EnvironmentValue::State::set;
    value.value = found->second;
    value.has_value = key != without_value;
    value.place = {".env", 1, 1, 1, 2};
    return value;
  }
  [[nodiscard]] std::vector<std::string> keys() const override {
    std::vector<std::string> names;
    for (const auto& [key, value] : values_)
      names.push_back(key);
    return names;
  }
  [[nodiscard]] std::string incomplete() const override { return unknown; }

  std::string unknown;        // why nothing is known; empty: all is
  std::string secret;         // the key of a secret
  std::string without_value;  // the key that stands without one

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace gate::readers::test
