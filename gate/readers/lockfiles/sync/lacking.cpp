#include "gate/readers/lockfiles/sync/lacking.h"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/lockfiles/manifest_requirements.h"
#include "gate/readers/lockfiles/versions/range.h"

namespace gate::readers::lockfiles {
namespace {

// Poetry has the carets and tildes of Cargo beside the operators of PEP 440 (python-poetry.org,
// "Dependency specification"). Nothing where a version or range is of another form.
std::optional<bool> satisfies(std::string_view version, std::string_view range) {
  const bool caret = range.starts_with('^');
  if (!caret && (!range.starts_with('~') || range.starts_with("~=")))
    return in_range(Ecosystem::pypi, version, range);
  std::string padded(version);
  if (!std::all_of(version.begin(), version.end(),
                   [](char c) { return base::is_digit(c) || c == '.'; }))
    return std::nullopt;
  for (auto dots = std::count(version.begin(), version.end(), '.'); dots < 2; ++dots)
    padded += ".0";
  return in_range(Ecosystem::crates, padded, range);
}

}  // namespace

void add_lacking(const Lockfile& lock, const Neighbours& files, std::string_view path,
                 Comparison& comparison) {
  const ManifestKind* kind = find_manifest(path);
  const auto source = files.read(path);
  if (kind == nullptr || !source || !*source) return;
  const auto manifest = kind->read(*source);
  if (!manifest) return;
  for (const Requirement& wanted : (*manifest)->requirements) {
    const std::string name = canonical_name(lock.ecosystem, wanted.name);
    const Package* other = nullptr;
    bool answered = false;
    for (const Package& package : lock.packages) {
      if (canonical_name(lock.ecosystem, package.name) != name) continue;
      answered = answered || wanted.range.empty() || package.source != Source::registry ||
                 satisfies(package.version, wanted.range).value_or(true);
      other = &package;
    }
    if (answered) continue;
    const std::string range =
        wanted.range.empty() ? std::string() : fmt::format(" `{}`", wanted.range);
    comparison.add(
        other == nullptr
            ? fmt::format("{} asks for {}{}, {} does not have it", (*source)->name(), wanted.name,
                          range, lock.path())
            : fmt::format("{} asks for {}{}, locked is {} ({})", (*source)->name(), wanted.name,
                          range, other->version, place_text(*lock.source(), other->span)),
        *source, wanted.span, fmt::format("lacking {}", name));
  }
}

}  // namespace gate::readers::lockfiles
