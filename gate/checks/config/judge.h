// Judges structured files, or the effective settings, by one rule of kind `config`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gate/base/glob.h"
#include "gate/checks/check.h"
#include "gate/checks/config/value_tests.h"
#include "gate/checks/file_formats.h"
#include "gate/readers/formats/json_path.h"

namespace gate::checks {

// `compare`: how a value stands to one at another place.
struct ConfigComparison {
  enum class Operator : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };
  Operator comparison = Operator::equal;
  std::string sign;  // as the rule writes it: "<"
  readers::JsonPath other;
  std::string other_file;  // empty: the same document
};

struct ConfigRule {
  base::GlobSet paths;
  std::optional<FileFormat> format;  // none: by the file's name
  bool settings = false;             // the effective settings in place of files
  std::optional<readers::JsonPath> at;
  std::optional<readers::JsonPath> forall;  // below each value that `at` selects
  // Of what `at` selects only members of the maps at `among` that `named_by` names by their keys,
  // or that the member it names, by `follow`, names in turn. All three, or none but `follow`.
  std::optional<readers::JsonPath> among;
  std::optional<readers::JsonPath> named_by;
  std::optional<readers::JsonPath> follow;
  std::optional<bool> exists;
  bool missing_fails = true;  // a path that selects nothing
  bool unparsable = false;
  bool duplicates = false;
  std::optional<ConfigComparison> comparison;
};

[[nodiscard]] Answer judge(const ConfigRule& rule, const ConfigValueTests& tests,
                           const Context& context);

}  // namespace gate::checks
