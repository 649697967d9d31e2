#include "gate/checks/inventory.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/graph.h"

namespace gate::checks {
namespace {

using readers::lockfiles::Format;
using readers::lockfiles::Lockfile;

// Takes the number off "line 3, column 7: …".
std::uint32_t line_of(std::string_view problem) {
  constexpr std::string_view kLine = "line ";
  std::uint32_t line = 0;
  if (problem.starts_with(kLine)) {
    const std::string_view rest = problem.substr(kLine.size());
    (void)std::from_chars(rest.data(), rest.data() + rest.size(), line);
  }
  return line;
}

}  // namespace

std::string folder_of(std::string_view path) {
  return std::string(path.substr(0, path.rfind('/') + 1));  // npos + 1 is 0
}

std::string resolve_path(std::string_view folder, std::string_view written) {
  if (written.empty() || written.front() == '/') return {};
  std::vector<std::string_view> parts;
  bool inside = true;
  const std::string joined = std::string(folder) + std::string(written);
  base::for_each_part(joined, '/', [&](std::string_view part) {
    if (part.empty() || part == ".") return;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      inside = false;
    } else {
      parts.pop_back();
    }
  });
  std::string path;
  for (const std::string_view part : parts) {
    if (!path.empty()) path += '/';
    path += part;
  }
  return inside ? path : std::string();
}

Result<std::shared_ptr<const base::Source>> Inventory::text(std::string_view path) const {
  const std::lock_guard lock(texts_mutex_);
  const auto known = texts_.find(path);
  if (known != texts_.end()) return known->second;
  std::shared_ptr<const base::Source> source;
  if (const repo::File* file = files_.find(path)) {
    if (file->kind == repo::FileKind::symlink || file->kind == repo::FileKind::submodule) {
      return Error{
          fmt::format("`{}` is a {}, not a file", path,
                      file->kind == repo::FileKind::symlink ? "symbolic link" : "submodule")};
    }
    GATE_TRY(std::string text, repo::read_text(files_, path));
    source = std::make_shared<const base::Source>(std::string(path), std::move(text));
  }
  texts_.emplace(path, source);
  return source;
}

Result<std::shared_ptr<const readers::lockfiles::ManifestRequirements>> Inventory::manifest(
    std::string_view path) const {
  using Manifest = std::shared_ptr<const readers::lockfiles::ManifestRequirements>;
  const std::lock_guard lock(manifests_mutex_);
  const auto known = manifests_.find(path);
  if (known != manifests_.end()) return known->second;
  const readers::lockfiles::ManifestKind* kind = readers::lockfiles::find_manifest(path);
  GATE_TRY(std::shared_ptr<const base::Source> source, text(path));
  Manifest manifest;
  if (kind != nullptr && source) {
    GATE_TRY(manifest, kind->read(std::move(source)));
  }
  manifests_.emplace(path, manifest);
  return manifest;
}

std::vector<readers::lockfiles::Requirement> Inventory::wanted(const LockfileEntry& entry) const {
  std::vector<readers::lockfiles::Requirement> wanted;
  const auto add = [&](std::string_view path) {
    const auto manifest = this->manifest(path);
    if (!manifest || !*manifest) return;
    wanted.insert(wanted.end(), (*manifest)->requirements.begin(), (*manifest)->requirements.end());
  };
  constexpr std::string_view kPackageJson = "package.json";
  for (const std::string_view name : entry.format->manifests) {
    if (name != kPackageJson) {
      add(entry.folder + std::string(name));
      continue;
    }
    for (const repo::File& file : files_.below(entry.folder)) {
      const std::string_view path = file.path.substr(entry.folder.size());
      const bool is_manifest = path == kPackageJson || path.ends_with("/package.json");
      if (is_manifest && !is_installed(path)) add(file.path);
    }
  }
  return wanted;
}

bool Inventory::is_development(const LockfileEntry& entry,
                               const readers::lockfiles::Package& package) const {
  if (package.is(readers::lockfiles::Package::development)) return true;
  if (!entry.lock || entry.lock->tells_groups) return false;
  std::vector<bool>& development = entry.groups->development;
  std::call_once(entry.groups->asked, [&] {
    const std::vector<readers::lockfiles::Requirement> asked = wanted(entry);
    if (asked.empty()) return;
    const readers::lockfiles::Graph graph(*entry.lock, asked);
    development = graph.development_only().value_or(std::vector<bool>());
  });
  const auto index = static_cast<std::size_t>(&package - entry.lock->packages.data());
  return index < development.size() && development[index];
}

const Inventory& Inventory::of(const repo::Snapshot& files, const Memo& memo) {
  return *memo.get<std::shared_ptr<const Inventory>>(
      "", [&] { return std::make_shared<const Inventory>(files); });
}

// Their lockfiles are not those of this project.
bool Inventory::is_installed(std::string_view path) {
  constexpr std::array<std::string_view, 4> kFolders{"node_modules", "vendor", "site-packages",
                                                     ".venv"};
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return false;
  bool installed = false;
  base::for_each_part(path.substr(0, slash), '/', [&](std::string_view part) {
    installed = installed || std::find(kFolders.begin(), kFolders.end(), part) != kFolders.end();
  });
  return installed;
}

std::span<const LockfileEntry> Inventory::lockfiles() const {
  std::call_once(asked_, [this] { read(); });
  return entries_;
}

bool Inventory::is_passed_over(std::string_view path) const {
  // A lock, and the one beside it that its package manager reads instead.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kPairs{
      {{"package-lock.json", "npm-shrinkwrap.json"}, {"bun.lockb", "bun.lock"}}};
  const std::string folder = folder_of(path);
  return std::any_of(kPairs.begin(), kPairs.end(), [&](const auto& pair) {
    return path.substr(folder.size()) == pair.first &&
           files_.find(folder + std::string(pair.second)) != nullptr;
  });
}

void Inventory::read() const {
  for (const repo::File& file : files_.files()) {
    const Format* format = readers::lockfiles::find_format(file.path);
    if (format == nullptr || is_installed(file.path) || is_passed_over(file.path)) continue;
    add(std::string(file.path), *format, false);
  }
  add_included();
  std::sort(entries_.begin(), entries_.end(),
            [](const LockfileEntry& a, const LockfileEntry& b) { return a.path < b.path; });
}

void Inventory::add(std::string path, const Format& format, bool is_constraint) const {
  LockfileEntry& entry = entries_.emplace_back();
  entry.folder = folder_of(path);
  entry.path = std::move(path);
  entry.format = &format;
  entry.is_constraint = is_constraint;
  Result<std::shared_ptr<const base::Source>> source = text(entry.path);
  if (!source) {
    entry.problem = source.error().message;
    return;
  }
  entry.source = *source;
  readers::lockfiles::ReadResult read = readers::lockfiles::read_lockfile(format, entry.source);
  if (!read) {
    entry.problem = read.error().message;
    entry.line = line_of(entry.problem);
    return;
  }
  entry.lock = *std::move(read);
}

// `-r` and `-c` of requirements.txt lead to files of any name; they may lead in circles.
void Inventory::add_included() const {
  for (std::size_t index = 0; index < entries_.size(); ++index) {
    const std::shared_ptr<const Lockfile> lock = entries_[index].lock;
    if (!lock) continue;
    const std::string folder = entries_[index].folder;
    for (const readers::lockfiles::Include& include : lock->includes) {
      std::string path = resolve_path(folder, include.path);
      const auto same = [&](const LockfileEntry& entry) { return entry.path == path; };
      if (path.empty() || files_.find(path) == nullptr ||
          std::any_of(entries_.begin(), entries_.end(), same))
        continue;
      add(std::move(path), readers::lockfiles::kRequirements, include.is_constraint);
    }
  }
}

}  // namespace gate::checks
