// Answers questions about versions and lockfiles from standard input, one a line, its parts between
// tabs; one answer a line:
//   compare ECOSYSTEM A B       <, = or >
//   range ECOSYSTEM VERSION R   in, out or unknown
//   agree FILE                  agrees, differs or unknown: the lockfile FILE and what lies beside
//   it
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/versions/order.h"
#include "gate/readers/lockfiles/versions/range.h"

using namespace gate;
using namespace gate::readers::lockfiles;

namespace {

namespace fs = std::filesystem;

class DiskNeighbours final : public Neighbours {
 public:
  explicit DiskNeighbours(fs::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] Result<std::shared_ptr<const base::Source>> read(
      std::string_view path) const override {
    std::ifstream file(folder_ / path, std::ios::binary);
    if (!file || fs::is_directory(folder_ / path)) return std::shared_ptr<const base::Source>();
    return std::make_shared<const base::Source>(
        std::string(path), std::string(std::istreambuf_iterator<char>(file), {}));
  }

  [[nodiscard]] std::vector<std::string> folders_with(std::string_view name) const override {
    std::vector<std::string> folders;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      const fs::path relative = entry.path().lexically_relative(folder_);
      if (relative.filename() == name && relative.has_parent_path())
        folders.push_back(relative.parent_path().generic_string());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
  }

 private:
  fs::path folder_;
};

std::string_view agree(const fs::path& path) {
  const Format* format = find_format(path.filename().string());
  const DiskNeighbours files(path.parent_path());
  const auto source = files.read(path.filename().string());
  if (format == nullptr || format->sync == nullptr || !source || !*source) return "unknown";
  const ReadResult lock = read_lockfile(*format, *source);
  if (!lock) return "unknown";
  Comparison comparison;
  format->sync(**lock, files, Strictness::tool, comparison);
  if (!comparison.disagreements.empty()) return "differs";
  const bool is_told = comparison.unknown.empty() && comparison.untold.empty();
  return is_told && !comparison.manifests.empty() ? "agrees" : "unknown";
}

std::string_view answer(const std::vector<std::string_view>& parts) {
  if (parts.size() == 2 && parts[0] == "agree") return agree(fs::path(parts[1]));
  if (parts.size() != 4) return "no question";
  const auto ecosystem = from_word(parts[1]);
  if (!ecosystem) return "no ecosystem";
  if (parts[0] == "compare") {
    const std::weak_ordering order = compare_versions(*ecosystem, parts[2], parts[3]);
    return order < 0 ? "<" : order > 0 ? ">" : "=";
  }
  const auto inside = in_range(*ecosystem, parts[2], parts[3]);
  return !inside ? "unknown" : *inside ? "in" : "out";
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    std::vector<std::string_view> parts;
    base::for_each_part(line, '\t', [&](std::string_view part) { parts.push_back(part); });
    std::cout << answer(parts) << '\n';
  }
}
