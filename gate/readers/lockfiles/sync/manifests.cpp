#include "gate/readers/lockfiles/sync/manifests.h"

#include <utility>

#include <fmt/format.h>

#include "gate/readers/lockfiles/toml_fields.h"

namespace gate::readers::lockfiles {

std::shared_ptr<const base::Source> load_text(const Neighbours& files, const std::string& path,
                                              Comparison& comparison) {
  Result<std::shared_ptr<const base::Source>> source = files.read(path);
  if (!source) {
    comparison.unknown.push_back(fmt::format("read {}: {}", path, source.error().message));
    return nullptr;
  }
  return *std::move(source);
}

std::unique_ptr<const PackageJson> load_package_json(const Neighbours& files,
                                                     const std::string& path,
                                                     Comparison& comparison) {
  std::shared_ptr<const base::Source> source = load_text(files, path, comparison);
  if (!source) return nullptr;
  const std::string& name = source->name();
  auto package = read_package_json(source);
  if (!package) {
    comparison.unknown.push_back(fmt::format("{}: {}", name, package.error().message));
    return nullptr;
  }
  comparison.manifests.push_back(name);
  return *std::move(package);
}

std::shared_ptr<const Document> load_toml(const Neighbours& files, const std::string& path,
                                          Comparison& comparison) {
  std::shared_ptr<const base::Source> source = load_text(files, path, comparison);
  if (!source) return nullptr;
  const std::string& name = source->name();
  auto document = read_toml(source);
  if (!document) {
    comparison.unknown.push_back(fmt::format("{}: {}", name, document.error().message));
    return nullptr;
  }
  comparison.manifests.push_back(name);
  return *std::move(document);
}

}  // namespace gate::readers::lockfiles
