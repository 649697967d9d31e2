// JSON as Python's json.dumps writes it with sort_keys: what the hashes of Poetry and Pipenv are
// taken over.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/document.h"

namespace gate::readers::lockfiles {

struct PythonJsonStyle {
  std::string_view item = ", ";
  std::string_view key = ": ";
};

// A map put together from parts of documents: keys in the order of code points.
using PythonMap = std::map<std::string, std::string, std::less<>>;

// Returns a value as JSON; keys sorted at every level.
[[nodiscard]] std::string python_json(const Value& value, const PythonJsonStyle& style);

// Returns a map whose values are JSON already.
[[nodiscard]] std::string python_json(const PythonMap& map, const PythonJsonStyle& style);

}  // namespace gate::readers::lockfiles
