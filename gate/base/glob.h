// Glob: path patterns as git and CI files write them.
//
// `*` and `?` stay inside one path segment, `**` crosses them, `[a-z]` and `[!a-z]` are classes,
// `{a,b}` alternatives,
// `\` takes the next character literally. A pattern without `/` matches the last segment of a path
// at any depth
// (`*.php`), one with `/` the whole path from the top (`app/**/*.php`); a leading `/` anchors and
// is dropped; a trailing
// `/` means everything below. Matching is linear in pattern times path, without recursion over
// input.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"

namespace gate::base {

class Glob {
 public:
  // Returns the compiled glob, or what is wrong with it (empty, unclosed bracket or brace).
  static Result<Glob> compile(std::string_view text);

  [[nodiscard]] bool matches(std::string_view path) const;
  [[nodiscard]] const std::string& text() const { return text_; }

  // Returns the one path that it matches, from the top; empty where it may match others.
  [[nodiscard]] std::string_view literal() const;

 private:
  struct Token;
  class Machine;
  struct Alternative;
  class Parser;
  Glob() = default;

  std::string text_;
  std::shared_ptr<const std::vector<Alternative>> alternatives_;  // braces expanded
};

// A list as in `paths = ["app/**", "!app/Legacy/**"]`: the last glob that matches decides, `!`
// takes back. A list whose globs are all negative starts from everything. An empty list matches
// everything.
class GlobSet {
 public:
  GlobSet() = default;
  // Adds one element, `!` in front allowed.
  Result<void> add(std::string_view text);

  [[nodiscard]] bool matches(std::string_view path) const;
  [[nodiscard]] bool empty() const { return items_.empty(); }

  // Returns the path where the set is one literal file name ("composer.json" as "/composer.json" or
  // with a slash), so that a caller can look it up; empty otherwise.
  [[nodiscard]] std::string_view literal() const;
  // Returns the elements as written, for messages.
  [[nodiscard]] std::vector<std::string> texts() const;

  // Returns the set as it is below a folder ("services/api/"): it matches the paths below the
  // folder whose rest this set matches.
  [[nodiscard]] GlobSet below(std::string_view folder) const;

 private:
  struct Item {
    bool take_back;
    Glob glob;
  };
  std::vector<Item> items_;
  bool from_everything_ = true;
  std::string folder_;
};

}  // namespace gate::base
