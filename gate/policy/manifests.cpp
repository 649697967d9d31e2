#include "gate/policy/manifests.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "gate/readers/formats/json.h"
#include "gate/readers/formats/toml.h"

namespace gate::policy {
namespace {

using readers::Document;
using readers::NodeKind;
using readers::Value;
using Names = std::set<std::string, std::less<>>;

// Steps down a chain of keys.
std::optional<Value> walk(const Document& document, std::initializer_list<std::string_view> keys) {
  std::optional<Value> at = document.root();
  for (const std::string_view key : keys) {
    at = at->find(key);
    if (!at) return std::nullopt;
  }
  return at;
}

void add_keys(const std::optional<Value>& table, Names& names) {
  if (!table) return;
  for (const Value& child : table->children()) {
    if (!child->key.empty()) names.insert(package_name(child->key));
  }
}

// Adds the name in front of a requirement (PEP 508): "Django[argon2] >= 4.2 ; python_version >
// '3.8'".
void add_requirement(std::string_view line, Names& names) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return;
  const std::string_view rest = line.substr(begin);
  const std::string_view name = rest.substr(0, rest.find_first_of(" \t\r[<>=!~;@(,#"));
  if (!name.empty() && name.front() != '-') names.insert(package_name(name));
}

void add_requirements(const std::optional<Value>& list, Names& names) {
  if (!list) return;
  for (const Value& element : list->children()) {
    if (element->kind == NodeKind::string) add_requirement(element->text, names);
  }
}

void read_composer(const Document& document, Names& names) {
  add_keys(walk(document, {"require"}), names);
  add_keys(walk(document, {"require-dev"}), names);
}

void read_npm(const Document& document, Names& names) {
  for (const std::string_view key :
       {"dependencies", "devDependencies", "optionalDependencies", "peerDependencies"})
    add_keys(walk(document, {key}), names);
}

void read_pyproject(const Document& document, Names& names) {
  add_requirements(walk(document, {"project", "dependencies"}), names);
  for (const auto& groups : {walk(document, {"project", "optional-dependencies"}),
                             walk(document, {"dependency-groups"})}) {
    if (!groups) continue;
    for (const Value& group : groups->children())
      add_requirements(group, names);
  }
  add_keys(walk(document, {"tool", "poetry", "dependencies"}), names);
  if (const auto groups = walk(document, {"tool", "poetry", "group"})) {
    for (const Value& group : groups->children())
      add_keys(group.find("dependencies"), names);
  }
}

void read_pipfile(const Document& document, Names& names) {
  add_keys(walk(document, {"packages"}), names);
  add_keys(walk(document, {"dev-packages"}), names);
}

enum class Format : std::uint8_t { json, toml };

struct Reader {
  std::string_view path;
  Format format;
  void (*read)(const Document& document, Names& names);
};

constexpr std::array kReaders = std::to_array<Reader>({
    {"composer.json", Format::json, read_composer},
    {"package.json", Format::json, read_npm},
    {"pyproject.toml", Format::toml, read_pyproject},
    {"Pipfile", Format::toml, read_pipfile},
});

bool is_requirements(std::string_view path) {
  const bool named = path.starts_with("requirements") && path.ends_with(".txt");
  const std::size_t slash = path.find('/');
  return named && (slash == std::string_view::npos || (slash == 12 && path.rfind('/') == slash));
}

std::shared_ptr<const Document> parse(Format format, const std::string& path,
                                      const std::string& text) {
  auto source = std::make_shared<const base::Source>(path, text);
  if (format == Format::toml) {
    base::Diagnostics unheard;
    return readers::parse_toml(std::move(source), unheard);
  }
  Result<std::shared_ptr<const Document>> document = readers::parse_json(std::move(source));
  return document ? std::move(*document) : nullptr;
}

}  // namespace

std::string package_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool dash = c == '-' || c == '_' || c == '.';
    if (dash && !out.empty() && out.back() == '-') continue;
    if (dash) {
      out += '-';
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return out;
}

std::vector<Manifest> read_manifests(const repo::Snapshot& files) {
  std::vector<Manifest> manifests;
  for (const Reader& reader : kReaders) {
    if (files.find(reader.path) == nullptr) continue;
    Manifest& manifest = manifests.emplace_back();
    manifest.path = reader.path;
    const Result<std::string> text = repo::read_text(files, reader.path);
    manifest.unknown = !text.has_value();
    if (manifest.unknown) continue;
    if (const auto document = parse(reader.format, manifest.path, *text)) {
      reader.read(*document, manifest.packages);
    } else {
      manifest.unreadable = *text;
    }
  }
  for (const repo::File& file : files.files()) {
    if (!is_requirements(file.path)) continue;
    Manifest& manifest = manifests.emplace_back();
    manifest.path = file.path;
    const Result<std::string> text = repo::read_text(files, file.path);
    manifest.unknown = !text.has_value();
    if (manifest.unknown) continue;
    for (std::string_view rest = *text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      add_requirement(rest.substr(0, end), manifest.packages);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return manifests;
}

bool declares(const Manifest& manifest, std::string_view package) {
  return manifest.unknown || manifest.packages.contains(package_name(package)) ||
         (!package.empty() && manifest.unreadable.find(package) != std::string::npos);
}

}  // namespace gate::policy
