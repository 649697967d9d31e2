// Prints what gate takes for the settings of Django projects, as JSON, one project a line.
//
// values FOLDER... : each a project on disk; its environment is the file `environment` in it, lines
// of KEY=VALUE as they are.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "gate/base/json_writer.h"
#include "gate/readers/settings/django/settings.h"
#include "tests/oracle/variables.h"

namespace {

namespace fs = std::filesystem;
using namespace gate::readers;

std::optional<std::string> read_file(const fs::path& path) {
  if (!fs::is_regular_file(path)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

class Folder final : public ProjectFiles {
 public:
  explicit Folder(fs::path root) : root_(std::move(root)) {}

  [[nodiscard]] std::optional<std::string> read(std::string_view path) const override {
    return read_file(root_ / path);
  }
  [[nodiscard]] bool has(std::string_view path) const override {
    return fs::is_regular_file(root_ / path);
  }
  [[nodiscard]] std::vector<std::string> below(std::string_view folder) const override {
    std::vector<std::string> paths;
    if (!fs::is_directory(root_ / folder)) return paths;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / folder)) {
      if (entry.is_regular_file()) paths.push_back(fs::relative(entry.path(), root_));
    }
    std::sort(paths.begin(), paths.end());
    return paths;
  }
  [[nodiscard]] std::vector<std::string> named(std::string_view name) const override {
    std::vector<std::string> paths = below("");
    std::erase_if(paths,
                  [&](const std::string& path) { return fs::path(path).filename() != name; });
    return paths;
  }

 private:
  fs::path root_;
};

Variables read_variables(const fs::path& path) {
  Variables variables;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    variables.set(line);
  return variables;
}

}  // namespace

int main(int count, char** words) {
  for (int index = 1; index < count; ++index) {
    const fs::path root = words[index];
    const Folder files(root);
    const Variables environment = read_variables(root / "environment");
    const django::DjangoSettings settings = django::evaluate(files, environment);
    gate::base::JsonWriter json;
    json.begin_object();
    json.key("module").string(settings.module());
    json.key("trouble").string(settings.trouble());
    json.key("problems").begin_array();
    for (const django::Notice& notice : settings.problems())
      json.string(notice.message);
    json.end_array();
    json.key("text_truths").begin_array();
    for (const django::Notice& notice : settings.text_truths())
      json.string(notice.message);
    json.end_array();
    json.key("settings");
    write_settings(json, settings.settings());
    json.end_object();
    std::string line = std::move(json).text();
    std::erase(line, '\n');
    std::cout << line << '\n';
  }
  return 0;
}
