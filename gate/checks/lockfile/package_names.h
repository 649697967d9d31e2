// Names of packages as a rule writes them: `lodash`, `@acme/*`, `symfony/**`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/result.h"
#include "gate/policy/table_reader.h"
#include "gate/readers/lockfiles/lockfile.h"

namespace gate::checks::lockfile {

// A name as its ecosystem compares it; no copy where it is written that way. The name must outlive
// it.
class CanonicalName {
 public:
  CanonicalName(readers::lockfiles::Ecosystem ecosystem, std::string_view name);

  [[nodiscard]] readers::lockfiles::Ecosystem ecosystem() const { return ecosystem_; }
  [[nodiscard]] std::string_view written() const { return written_; }
  [[nodiscard]] std::string_view text() const { return own_.empty() ? written_ : own_; }

 private:
  readers::lockfiles::Ecosystem ecosystem_;
  std::string_view written_;
  std::string own_;
};

// One name, or a glob over whole names: `jest` is not `@types/jest`. `*` alone is every name.
class NamePattern {
 public:
  static Result<NamePattern> compile(std::string_view text);

  [[nodiscard]] bool matches(const CanonicalName& name) const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  NamePattern() = default;

  std::string text_;
  std::string lower_;               // as Composer compares names
  std::string pep503_;              // as Python does
  std::optional<base::Glob> glob_;  // nothing: one name
};

// Reads the element or elements under a key; what is no glob is complained about and left out.
[[nodiscard]] std::optional<NamePattern> read_name(policy::TableReader& table,
                                                   std::string_view key);
[[nodiscard]] std::vector<NamePattern> read_names(policy::TableReader& table, std::string_view key);

}  // namespace gate::checks::lockfile
