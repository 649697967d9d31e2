// Decides a rule about Markdown documents.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/pattern.h"
#include "gate/checks/check.h"

namespace gate::checks {

struct DocumentRule {
  base::GlobSet paths;
  bool require = true;                  // there is such a document
  std::vector<base::Pattern> sections;  // each matches a heading with something below it
  std::optional<std::int64_t> min_words;
  bool links = false;
  bool ticked = false;
  base::GlobSet newer_than;  // empty: not asked
  std::optional<std::chrono::days> max_age;
};

[[nodiscard]] Answer judge(const DocumentRule& rule, const Context& context);

}  // namespace gate::checks
