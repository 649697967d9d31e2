// Licence expressions: "(MIT OR Apache-2.0) AND BSD-3-Clause" (SPDX 2.3, annex D).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gate::readers::lockfiles {

// One licence of an expression.
struct LicenseTerm {
  std::string id;         // in its own spelling; "LicenseRef-…" as written
  std::string exception;  // behind WITH; empty where there is none
  bool or_later = false;  // `+`
};

class LicenseExpression {
 public:
  // Returns nothing for a text that is no expression of known licences: "SEE LICENSE IN x",
  // "UNLICENSED", a free text.
  [[nodiscard]] static std::optional<LicenseExpression> parse(std::string_view text);

  // Returns the expression that takes any of several; of one the same.
  [[nodiscard]] static LicenseExpression any_of(std::vector<LicenseExpression> alternatives);

  // Returns whether who may use only what `is_allowed` takes may use this: of an OR one side is
  // enough, of an AND it takes both.
  [[nodiscard]] bool is_satisfied(
      const std::function<bool(const LicenseTerm& term)>& is_allowed) const;

 private:
  enum class Kind : std::uint8_t { term, all, any };
  // In postfix order: operators come behind their two sides.
  struct Step {
    Kind kind = Kind::term;
    LicenseTerm term;
  };
  class Parser;

  std::vector<Step> steps_;
};

// Returns "GPL-2.0-only WITH Classpath-exception-2.0", "MIT+".
[[nodiscard]] std::string spell(const LicenseTerm& term);

}  // namespace gate::readers::lockfiles
