// The environment that the judged code will run in: variables with the places where they were set.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gate/finding/finding.h"
#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/setting.h"

namespace gate::checks {

struct Variable {
  std::string key;
  std::string value;
  bool has_value = true;  // false: named without a value, which unsets it
  finding::Place place;   // of the value; path empty for a process variable
  std::string unknown{};  // why the value is not known; empty: it is
};

// A key that one file sets again: the earlier line has no effect.
struct RepeatedKey {
  std::string key;
  finding::Place place;  // of the later one
  std::uint32_t earlier_line = 0;
};

// A declared file that is not there, beside one of almost that name.
struct MisspeltFile {
  std::string declared;
  std::string near;
  finding::Place place;  // of its name in the policy; path empty where that is not known
};

// A file of the environment, as it was found.
struct EnvironmentText {
  std::string name;
  std::string text;
};

struct Environment {
  std::string name;                    // "production"
  std::string dialect;                 // of its files: "phpdotenv"; empty without files
  std::string dialect_because;         // what in the repository told which; empty: it was set
  std::vector<std::string> sources;    // what was read: ".env.production", "process"
  std::vector<std::string> from_disk;  // those of them that are none of the judged files
  std::vector<EnvironmentText> texts;  // of the files, in their order
  std::vector<MisspeltFile> misspelt;
  std::vector<Variable> variables;  // effective; a later source has replaced an earlier
  std::vector<RepeatedKey> repeated;
  std::vector<finding::Finding> problems;     // what its reader refuses, drops or changes
  std::vector<finding::Finding> open_quotes;  // the same of quotes that nobody closes

  // The three ways in which the variables are not the truth; each says why in words for people.
  std::string missing;  // declared, but not on this machine: nothing is known
  std::string refused;  // here, but its reader takes nothing from it, or it cannot be read: nothing
                        // is known
  std::string dropped;  // its reader stops halfway without a word: a key that is absent may have
                        // been meant to be set

  // Returns the variable where it is set to a value, even an empty one, or null.
  [[nodiscard]] const Variable* find(std::string_view key) const;
};

// The environment as an evaluator of code asks it. A declared environment is complete: a key that
// its sources lack is not set. Where nothing is known of it, or none is declared, every key is
// unknown.
class EnvironmentView final : public readers::EnvironmentValues {
 public:
  // `environment` may be null (none is declared) and outlives this.
  explicit EnvironmentView(const Environment* environment);

  [[nodiscard]] readers::EnvironmentValue find(std::string_view key) const override;
  [[nodiscard]] std::vector<std::string> keys() const override;
  [[nodiscard]] std::string incomplete() const override { return unknown_; }

 private:
  const Environment* environment_;
  std::map<std::string_view, const Variable*> index_;
  std::string unknown_;  // why nothing is known
};

// Returns the variables as settings: what a program without a framework finds.
[[nodiscard]] readers::Settings environment_settings(const Environment& environment);

}  // namespace gate::checks
