#include "gate/checks/lockfile/uses.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gate::checks::lockfile {

template <class List, class Text>
void Uses::add_unmet(std::vector<std::string>& texts, std::string_view key, const List& list,
                     Text text) const {
  std::vector<std::string_view> names;
  for (const auto& entry : list) {
    // An empty name: an entry that need not meet anything.
    if (!met_.contains(&entry) && !text(entry).empty()) names.push_back(text(entry));
  }
  if (!names.empty()) texts.push_back(fmt::format("{}: `{}`", key, fmt::join(names, "`, `")));
}

std::vector<std::string> Uses::unmet(const LockfileRule& rule) const {
  std::vector<std::string> texts;
  const auto name = [](const auto& entry) -> std::string_view { return entry.name.text(); };
  const auto pattern = [](const NamePattern& entry) -> std::string_view { return entry.text(); };
  const auto host = [](const AllowedHost& entry) -> std::string_view {
    return entry.glob ? std::string_view(entry.text) : std::string_view();
  };
  const auto itself = [](const std::string& entry) -> std::string_view { return entry; };
  for (const Ban& ban : rule.deny)
    add_unmet(texts, fmt::format("wrappers of {}", ban.name.text()), ban.wrappers, pattern);
  if (rule.licenses) {
    // A pack allows what is commonly allowed; a team lists what it uses.
    if (!rule.is_shipped) add_unmet(texts, "allow", rule.licenses->allow, itself);
    add_unmet(texts, "exceptions", rule.licenses->exceptions, name);
    add_unmet(texts, "clarify", rule.licenses->clarify, name);
  }
  if (rule.install_scripts) add_unmet(texts, "install_scripts", *rule.install_scripts, pattern);
  add_unmet(texts, "max_versions_of", rule.max_versions_of, pattern);
  add_unmet(texts, "hosts", rule.hosts, host);
  return texts;
}

}  // namespace gate::checks::lockfile
