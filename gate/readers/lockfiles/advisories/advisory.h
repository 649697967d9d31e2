// Advisory: a known hole of a package and the versions that have it, whoever wrote it down.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/lockfiles/ecosystem.h"

namespace gate::readers::lockfiles {

// In the order of their weight; `unknown` is no weight.
enum class Severity : std::uint8_t { unknown, none, low, medium, high, critical };

[[nodiscard]] std::string_view name(Severity severity);
// Returns the severity of a word, "high", "MODERATE"; nothing for another word.
[[nodiscard]] std::optional<Severity> severity_of_word(std::string_view word);
// Returns the qualitative rating of a CVSS score in tenths (CVSS 3.1, section 5).
[[nodiscard]] Severity severity_of_score(int tenths);

// A point in the order of versions (OSV schema, "affected[].ranges[].events").
struct VersionEvent {
  enum class Kind : std::uint8_t { introduced, fixed, last_affected };
  Kind kind = Kind::introduced;
  std::string version;  // "0": before all others
};

struct VersionRange {
  std::vector<VersionEvent> events;  // in the order of versions
};

// The versions of one package.
struct Affected {
  Ecosystem ecosystem = Ecosystem::npm;
  std::string name;  // as canonical_name() spells it
  std::vector<std::string> versions;
  std::vector<VersionRange> ranges;
};

struct Advisory {
  std::string id;
  std::vector<std::string> aliases;
  std::string summary;
  std::string url;
  std::string modified;  // RFC 3339, as written
  Severity severity = Severity::unknown;
  int score = -1;  // CVSS in tenths; negative: none
  bool withdrawn = false;
  std::vector<Affected> affected;  // of ecosystems that are known here
};

// Returns whether the entry covers a version. An empty version is covered: nobody can tell that it
// is not.
[[nodiscard]] bool covers(const Affected& affected, std::string_view version);

// Returns the first fixed version above `version`, as far as the entry knows one.
[[nodiscard]] std::string fixed_in(const Affected& affected, std::string_view version);

// Brings the events of a range into the order of versions.
void sort_events(Ecosystem ecosystem, VersionRange& range);

}  // namespace gate::readers::lockfiles
