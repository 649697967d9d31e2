// What packages ask of PHP and Node.js, against the images on which the repository's Dockerfiles
// build.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/checks/lockfile/target.h"
#include "gate/checks/lockfile/wanted.h"
#include "gate/readers/formats/dockerfile_images.h"
#include "gate/readers/lockfiles/versions/range.h"

namespace gate::checks::lockfile {
namespace {

using readers::BaseImage;
using readers::lockfiles::Ecosystem;
using readers::lockfiles::Need;
using readers::lockfiles::Package;
using readers::lockfiles::Requirement;

// An image of PHP or Node.js that the packages of a lock run on.
struct Runtime {
  std::string version;  // the newest that the tag may mean: "8.2.999" of `php:8.2-fpm`
  std::string image;    // as messages name it
  std::string place;    // "Dockerfile:3"
};

bool is_dockerfile(std::string_view path) {
  const std::string name = base::to_lower(path.substr(path.rfind('/') + 1));  // npos + 1 is 0
  return name == "dockerfile" || name == "containerfile" || name.starts_with("dockerfile.") ||
         name.ends_with(".dockerfile");
}

// Images for work and tests are not what production runs on.
bool is_for_development(std::string_view path) {
  const std::string lowered = base::to_lower(path);
  constexpr std::array<std::string_view, 6> kWords{"dev", "test",    "local",
                                                   "ci",  "fixture", "example"};
  bool found = false;
  std::string word;
  for (const char c : lowered + "/") {
    if (base::is_letter(c)) {
      word += c;
      continue;
    }
    found = found || std::any_of(kWords.begin(), kWords.end(), [&](std::string_view known) {
              return word == known || word == std::string(known) + "s" ||
                     (known == "dev" && word.starts_with("devel"));
            });
    word.clear();
  }
  return found;
}

// Returns the newest version that a tag may stand for: "8.2-fpm" is whatever 8.2 has come to;
// nothing where it begins with no number.
std::optional<std::string> newest_of(std::string_view tag) {
  if (tag.empty() || !base::is_digit(tag.front())) return std::nullopt;
  std::string version;
  std::size_t parts = 1;
  for (const char c : tag) {
    if (!base::is_digit(c) && c != '.') break;
    if (c == '.') ++parts;
    version += c;
  }
  if (version.back() == '.' || parts > 3) return std::nullopt;
  // 8.3.0RC1 and the like are no releases.
  const std::string_view rest = tag.substr(version.size());
  if (!rest.empty() && rest.front() != '-') return std::nullopt;
  for (; parts < 3; ++parts)
    version += ".999";
  return version;
}

// Returns the images named `wanted` in the Dockerfiles of the lock's folder, or else of the nearest
// folder above that has some.
std::vector<Runtime> runtimes(const Target& target, std::string_view wanted) {
  std::vector<Runtime> found;
  std::string folder = target.entry.folder;
  while (true) {
    bool has_dockerfile = false;
    for (const repo::File& file : target.inventory.files().below(folder)) {
      if (!is_dockerfile(file.path) || is_for_development(file.path.substr(folder.size())))
        continue;
      if (Inventory::is_installed(file.path)) continue;
      // Another service of the same repository has its own lock beside its Dockerfile.
      const std::string own = folder_of(file.path);
      const bool is_foreign =
          own != target.entry.folder &&
          std::any_of(target.inventory.lockfiles().begin(), target.inventory.lockfiles().end(),
                      [&](const LockfileEntry& other) {
                        return other.folder == own &&
                               other.format->ecosystem == target.lock.ecosystem;
                      });
      if (is_foreign) continue;
      const auto source = target.inventory.text(file.path);
      if (!source) {
        target.tally.unknown(fmt::format("read {}: {}", file.path, source.error().message));
        continue;
      }
      has_dockerfile = true;
      for (const BaseImage& image : readers::read_base_images((*source)->text())) {
        const std::string_view repository = image.repository;
        if (repository.substr(repository.rfind('/') + 1) != wanted) continue;
        const auto version = newest_of(image.tag);
        if (!version) continue;
        found.push_back(
            {*version, fmt::format("{}:{}", image.repository, image.tag),
             fmt::format("{}:{}", file.path, (*source)->lines().position(image.span.begin).line)});
      }
    }
    if (has_dockerfile || folder.empty()) return found;
    folder.pop_back();
    folder.resize(folder.rfind('/') + 1);  // npos + 1 is 0
  }
}

// The name of the runtime as requirements write it; empty where it is none.
std::string_view runtime_of(const Target& target, const Requirement& requirement) {
  if (target.lock.ecosystem == Ecosystem::packagist) {
    const std::string name = base::to_lower(requirement.name);
    return name == "php" || name == "php-64bit" ? "php" : "";
  }
  return requirement.need == Need::platform && requirement.name == "node" ? "node" : "";
}

// What composer.json asks for itself.
void judge_manifest(const Target& target, const Runtime& image) {
  for (const Wanted& wanted : wanted_with_places(target)) {
    if (runtime_of(target, wanted.requirement).empty()) continue;
    const std::string_view range = wanted.requirement.range;
    const auto fits = readers::lockfiles::in_range(target.lock.ecosystem, image.version, range);
    if (!fits || *fits) continue;
    target.report_at(wanted.source.get(), wanted.requirement.span,
                     fmt::format("{} asks for php `{}`, the image is `{}` ({})",
                                 wanted.source->name(), range, image.image, image.place),
                     "image php");
  }
}

}  // namespace

void judge_images(const Target& target) {
  const bool php = target.lock.ecosystem == Ecosystem::packagist;
  if (!php && target.lock.ecosystem != Ecosystem::npm) return;
  const std::string_view wanted = php ? "php" : "node";
  const std::vector<Runtime> images = runtimes(target, wanted);
  if (images.empty()) {
    target.tally.skipped(fmt::format("{}: no Dockerfile names a version of the image {}",
                                     target.entry.path, wanted));
    return;
  }
  target.tally.judged();
  for (const Runtime& image : images) {
    if (php) judge_manifest(target, image);
    for (const Package& package : target.lock.packages) {
      if (!target.is_asked(package) || package.is(Package::optional)) continue;
      for (const Requirement& requirement : target.lock.requirements(package.requirements)) {
        if (runtime_of(target, requirement) != wanted) continue;
        const auto fits =
            readers::lockfiles::in_range(target.lock.ecosystem, image.version, requirement.range);
        if (!fits || *fits) continue;
        target.report(package,
                      fmt::format("{} needs {} `{}`, the image is `{}` ({})", spell(package),
                                  wanted, requirement.range, image.image, image.place),
                      fmt::format("image {}", wanted));
      }
    }
  }
}

}  // namespace gate::checks::lockfile
