#include "gate/readers/lockfiles/formats.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace gate::readers::lockfiles {
namespace {

constexpr std::array kTable{
    &kNpm, &kYarn,   &kPnpm,         &kBun,     &kComposer, &kPoetry, &kPipenv, &kUv,
    &kPdm, &kPylock, &kRequirements, &kBundler, &kGo,       &kCargo,  &kGradle,
};

using Names = std::unordered_map<std::string_view, const Format*>;

Names make_names() {
  Names names;
  for (const Format* format : kTable) {
    for (const std::string_view name : format->locks)
      names.emplace(name, format);
  }
  return names;
}

// Returns the line on which git left a conflict, "<<<<<<< ours" (git-merge, "HOW CONFLICTS ARE
// PRESENTED").
std::optional<std::uint32_t> conflict_line(const base::Source& source) {
  const std::string_view text = source.text();
  for (const std::string_view marker : {"<<<<<<< ", ">>>>>>> "}) {
    for (std::size_t at = text.find(marker); at != std::string_view::npos;
         at = text.find(marker, at + 1)) {
      if (at == 0 || text[at - 1] == '\n')
        return source.lines().position(static_cast<std::uint32_t>(at)).line;
    }
  }
  return std::nullopt;
}

}  // namespace

std::span<const Format* const> formats() { return kTable; }

const Format* find_format(std::string_view path) {
  static const Names kNames = make_names();
  const auto found = kNames.find(path.substr(path.rfind('/') + 1));  // npos + 1 is 0
  if (found != kNames.end()) return found->second;
  const auto also = std::find_if(kTable.begin(), kTable.end(), [&](const Format* format) {
    return format->is_lock != nullptr && format->is_lock(path);
  });
  return also == kTable.end() ? nullptr : *also;
}

const Format* format_named(std::string_view name) {
  const auto found = std::find_if(kTable.begin(), kTable.end(),
                                  [&](const Format* format) { return format->name == name; });
  return found == kTable.end() ? nullptr : *found;
}

ReadResult read_lockfile(const Format& format, std::shared_ptr<const base::Source> source) {
  if (const auto line = conflict_line(*source))
    return Error{fmt::format("line {}, column 1: a merge conflict was left unresolved", *line)};
  return format.read(std::move(source));
}

}  // namespace gate::readers::lockfiles
