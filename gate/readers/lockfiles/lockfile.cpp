#include "gate/readers/lockfiles/lockfile.h"

#include <utility>

namespace gate::readers::lockfiles {
namespace {

template <class T>
Slice append(std::vector<T>& list, std::span<const T> added) {
  const Slice slice{static_cast<std::uint32_t>(list.size()),
                    static_cast<std::uint32_t>(added.size())};
  list.insert(list.end(), added.begin(), added.end());
  return slice;
}

}  // namespace

std::string_view name(Source source) {
  switch (source) {
    case Source::registry:
      return "registry";
    case Source::git:
      return "git";
    case Source::url:
      return "url";
    case Source::path:
      return "path";
  }
  return "";
}

std::string_view Lockfile::keep(std::string text) {
  texts_.push_back(std::make_unique<std::string>(std::move(text)));
  return *texts_.back();
}

Slice Lockfile::add_strings(std::span<const std::string_view> added) {
  return append(strings, added);
}

Slice Lockfile::add_requirements(std::span<const Requirement> added) {
  return append(all_requirements, added);
}

void Lockfile::add_setting(std::span<const std::string_view> keys, std::string_view value,
                           base::Span span) {
  settings.push_back({add_strings(keys), value, span});
}

}  // namespace gate::readers::lockfiles
