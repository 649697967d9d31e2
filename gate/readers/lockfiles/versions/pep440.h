// Versions and specifiers of Python packages (PEP 440,
// packaging.python.org/specifications/version-specifiers).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gate::readers::lockfiles {

struct Pep440 {
  // A suffix and its number; `word` is "" where there is none.
  struct Suffix {
    std::string word;  // "a", "b", "rc"
    std::string number;
  };

  std::string epoch;                 // digits, "0" where none is written
  std::vector<std::string> release;  // digits
  std::optional<Suffix> pre;
  std::optional<std::string> post;  // digits
  std::optional<std::string> dev;   // digits
  std::vector<std::string> local;   // small letters and digits
};

// Returns the parts of a version in any spelling that PEP 440 accepts; nothing for another text.
[[nodiscard]] std::optional<Pep440> parse_pep440(std::string_view text);

[[nodiscard]] std::weak_ordering compare(const Pep440& a, const Pep440& b);

// Returns the version in its normal form, "1.0a1.post2.dev3+local"; zeros at the end of the release
// stay.
[[nodiscard]] std::string normal_form(const Pep440& version);

// Returns whether a version satisfies all specifiers of a list, ">=1.2,<2,!=1.5.*"; nothing where
// the list cannot be read. An empty list takes every version. Pre-releases are taken like others,
// as a resolver does that found them locked.
[[nodiscard]] std::optional<bool> satisfies_pep440(std::string_view version,
                                                   std::string_view specifiers);

}  // namespace gate::readers::lockfiles
