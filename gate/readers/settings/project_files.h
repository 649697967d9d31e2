// ProjectFiles: the files of the judged project, as an evaluator of its code asks for them.
//
// An evaluator asks here and nowhere else, so that it knows no disk and no repository.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gate::readers {

class ProjectFiles {
 public:
  virtual ~ProjectFiles() = default;

  // Returns the text of a file, by its path from the judged folder ("shop/settings.py"); nothing
  // where there is none or where it cannot be read. Thread-safe.
  [[nodiscard]] virtual std::optional<std::string> read(std::string_view path) const = 0;

  // Returns whether there is such a file.
  [[nodiscard]] virtual bool has(std::string_view path) const = 0;

  // Returns the paths of all files below a folder, sorted; of the judged folder itself for "".
  [[nodiscard]] virtual std::vector<std::string> below(std::string_view folder) const = 0;

  // Returns the paths of all files of this name, sorted.
  [[nodiscard]] virtual std::vector<std::string> named(std::string_view name) const {
    std::vector<std::string> paths = below("");
    std::erase_if(paths, [&](std::string_view path) {
      return !path.ends_with(name) ||
             (path.size() > name.size() && path[path.size() - name.size() - 1] != '/');
    });
    return paths;
  }
};

}  // namespace gate::readers
