#include "gate/checks/lockfile/package_names.h"

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::checks::lockfile {

using readers::lockfiles::Ecosystem;

CanonicalName::CanonicalName(Ecosystem ecosystem, std::string_view name)
    : ecosystem_(ecosystem), written_(name) {
  if (!readers::lockfiles::is_canonical_name(ecosystem, name))
    own_ = readers::lockfiles::canonical_name(ecosystem, name);
}

Result<NamePattern> NamePattern::compile(std::string_view text) {
  constexpr std::string_view kSpecial = "*?[]{}\\";
  NamePattern pattern;
  pattern.text_ = text;
  if (text.empty()) return Error{"the name is empty"};
  if (text.find_first_of(kSpecial) == std::string_view::npos) {
    pattern.lower_ = base::to_lower(text);
    pattern.pep503_ = readers::lockfiles::pep503(text);
    return pattern;
  }
  // A glob of one part would look at the last part of a path only; a name is matched from its
  // start.
  GATE_TRY(pattern.glob_, base::Glob::compile(text == "*" ? "**" : "/" + std::string(text)));
  return pattern;
}

bool NamePattern::matches(const CanonicalName& name) const {
  if (glob_) return glob_->matches(name.text()) || glob_->matches(name.written());
  switch (name.ecosystem()) {
    case Ecosystem::packagist:
      return lower_ == name.text();
    case Ecosystem::pypi:
      return pep503_ == name.text();
    default:
      return text_ == name.text();
  }
}

std::optional<NamePattern> read_name(policy::TableReader& table, std::string_view key) {
  const std::string text = table.required_text(key);
  if (text.empty()) return std::nullopt;
  Result<NamePattern> name = NamePattern::compile(text);
  if (name) return *std::move(name);
  table.complain(key, fmt::format("`{}` is no glob: {}", text, name.error().message));
  return std::nullopt;
}

std::vector<NamePattern> read_names(policy::TableReader& table, std::string_view key) {
  std::vector<NamePattern> names;
  const std::vector<std::string> texts = table.texts(key);
  for (std::size_t index = 0; index < texts.size(); ++index) {
    Result<NamePattern> name = NamePattern::compile(texts[index]);
    if (name) {
      names.push_back(*std::move(name));
    } else {
      table.complain(key, index,
                     fmt::format("`{}` is no glob: {}", texts[index], name.error().message));
    }
  }
  return names;
}

}  // namespace gate::checks::lockfile
