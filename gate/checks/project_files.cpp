#include "gate/checks/project_files.h"

namespace gate::checks {
namespace {

constexpr std::uint64_t kMaxFile = std::uint64_t{4} << 20;

}  // namespace

std::optional<std::string> SnapshotFiles::read(std::string_view path) const {
  const repo::File* file = files_.find(path);
  if (file == nullptr || !file->is_plain()) return std::nullopt;
  const std::unique_ptr<repo::FileReader> reader = files_.reader();
  std::string buffer;
  const Result<std::string_view> text = repo::read_all(*reader, *file, buffer, kMaxFile);
  if (!text) return std::nullopt;
  return std::string(*text);
}

bool SnapshotFiles::has(std::string_view path) const {
  const repo::File* file = files_.find(path);
  return file != nullptr && file->is_plain();
}

std::vector<std::string> SnapshotFiles::below(std::string_view folder) const {
  std::vector<std::string> paths;
  for (const repo::File& file : folder.empty() ? files_.files() : files_.below(folder)) {
    if (file.is_plain()) paths.emplace_back(file.path);
  }
  return paths;
}

std::vector<std::string> SnapshotFiles::named(std::string_view name) const {
  std::vector<std::string> paths;
  for (const repo::File& file : files_.files()) {
    if (!file.path.ends_with(name) || !file.is_plain()) continue;
    const std::size_t before = file.path.size() - name.size();
    if (before == 0 || file.path[before - 1] == '/') paths.emplace_back(file.path);
  }
  return paths;
}

std::vector<std::string> FolderFiles::below(std::string_view folder) const {
  std::string path = root_ + std::string(folder);
  if (path.ends_with('/')) path.pop_back();
  return without_root(files_.below(path));
}

std::vector<std::string> FolderFiles::named(std::string_view name) const {
  return without_root(files_.named(name));
}

std::vector<std::string> FolderFiles::without_root(std::vector<std::string> paths) const {
  std::erase_if(paths, [this](const std::string& path) { return !path.starts_with(root_); });
  for (std::string& path : paths)
    path.erase(0, root_.size());
  return paths;
}

}  // namespace gate::checks
