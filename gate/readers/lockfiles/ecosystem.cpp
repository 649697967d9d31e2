#include "gate/readers/lockfiles/ecosystem.h"

#include <algorithm>
#include <array>

#include "gate/base/ascii.h"

namespace gate::readers::lockfiles {
namespace {

// In the order of the enumerators.
constexpr std::array kAll{Ecosystem::npm,      Ecosystem::packagist, Ecosystem::pypi,
                          Ecosystem::rubygems, Ecosystem::go,        Ecosystem::crates,
                          Ecosystem::maven};
constexpr std::array<EcosystemNames, kAll.size()> kNames{{
    {"npm", "npm", "npm"},
    {"Packagist", "composer", "composer"},
    {"PyPI", "pypi", "pypi"},
    {"RubyGems", "gem", "rubygems"},
    {"Go", "golang", "go"},
    {"crates"
     ".io",
     "cargo", "cargo"},
    {"Maven", "maven", "maven"},
}};

bool is_separator(char c) { return c == '-' || c == '_' || c == '.'; }

}  // namespace

const EcosystemNames& names(Ecosystem ecosystem) {
  return kNames[static_cast<std::size_t>(ecosystem)];
}

std::span<const Ecosystem> ecosystems() { return kAll; }

std::optional<Ecosystem> from_osv(std::string_view name) {
  name = name.substr(0, name.find(':'));
  for (const Ecosystem ecosystem : kAll) {
    if (names(ecosystem).osv == name) return ecosystem;
  }
  return std::nullopt;
}

std::optional<Ecosystem> from_word(std::string_view word) {
  const std::string wanted = base::to_lower(word);
  for (const Ecosystem ecosystem : kAll) {
    const EcosystemNames& known = names(ecosystem);
    if (wanted == known.word || wanted == base::to_lower(known.osv) || wanted == known.purl)
      return ecosystem;
  }
  return std::nullopt;
}

std::string pep503(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (!is_separator(c)) {
      out += base::to_lower(c);
    } else if (out.empty() || out.back() != '-') {
      out += '-';
    }
  }
  return out;
}

std::string canonical_name(Ecosystem ecosystem, std::string_view name) {
  if (ecosystem == Ecosystem::pypi) return pep503(name);
  if (ecosystem == Ecosystem::packagist) return base::to_lower(name);
  return std::string(name);
}

bool is_canonical_name(Ecosystem ecosystem, std::string_view name) {
  if (ecosystem != Ecosystem::pypi && ecosystem != Ecosystem::packagist) return true;
  char before = '\0';
  return std::none_of(name.begin(), name.end(), [&](char c) {
    const bool twice = before == '-' && c == '-';
    before = c;
    return base::is_upper(c) || (ecosystem == Ecosystem::pypi && (twice || c == '_' || c == '.'));
  });
}

}  // namespace gate::readers::lockfiles
