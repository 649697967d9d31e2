// YAML 1.2 into documents: events of libyaml, composed here.
//
// Plain scalars follow the core schema, so that `on`, `yes` and `2026-01-31` stay strings. Merge
// keys (`<<`) are filled in, the map's own keys first. An alias is a copy of what it names; copies
// count towards the budget. A tag of an application (`!reference`, `!reset`) stands in Node::tag
// and leaves the value as it is written.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "gate/base/result.h"
#include "gate/readers/formats/document.h"

namespace gate::readers {

// More is an error that names the limit: a reader must not take longer than its file is worth.
inline constexpr std::size_t kYamlDepth = 100;
inline constexpr std::size_t kYamlNodes = 100'000;  // of all documents, after aliases
inline constexpr std::size_t kYamlBytes = std::size_t{4} << 20;

// A key that a map has twice. Readers differ: some refuse the file, some take the last.
struct DuplicateKey {
  std::string key;
  base::Span first;
  base::Span again;
};

struct YamlFile {
  std::vector<std::shared_ptr<const Document>> documents;  // one for an empty file: null
  std::vector<DuplicateKey> duplicates;                    // in file order
};

// Returns what a file holds, or what is wrong with it and where ("line 3, column 7: …").
[[nodiscard]] Result<YamlFile> parse_yaml(const std::shared_ptr<const base::Source>& source);

}  // namespace gate::readers
