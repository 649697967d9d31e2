// Ignore rules: which untracked paths git does not want to know of, as gitignore(5) says.
//
// A pure matcher: the caller reads the files. Held against `git check-ignore` by a test. Matching
// takes time linear in pattern times path.
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gate::repo {

// The patterns of one file.
class IgnoreFile {
 public:
  enum class Answer : std::uint8_t { none, ignored, kept };

  // Reads the patterns in `text`; a line that is no valid pattern matches nothing, as with git.
  // `ignore_case`: core.ignoreCase.
  IgnoreFile(std::string_view text, bool ignore_case);

  [[nodiscard]] bool empty() const { return patterns_.empty(); }

  // Returns what the last pattern that matches says of `path`, which is relative to the folder of
  // the file.
  [[nodiscard]] Answer match(std::string_view path, bool is_folder) const;

 private:
  struct Step {
    enum class Kind : std::uint8_t {
      literal,      // one character
      any,          // `?`: one but `/`
      set,          // `[...]`: one of `sets_`
      star,         // `*`: any number but `/`
      deep,         // `**`: any number
      deep_open,    // `**/`, not yet begun: nothing, or ...
      deep_inside,  // ... any number that ends in `/`
    };
    Kind kind = Kind::literal;
    char literal = 0;
    std::uint16_t set = 0;
  };
  struct Pattern {
    bool negated = false;
    bool folder_only = false;
    bool name_only = false;  // no slash: matches the last part of a path
    std::string prefix;      // literal start
    bool is_suffix = false;  // `*` and then literal: `tail` is what a name ends in
    std::string tail;
    std::vector<Step> steps;  // after `prefix`; empty for a literal pattern
    bool is_literal = false;
    bool never = false;
  };

  void add(std::string_view line);
  void compile(Pattern& pattern, std::string_view glob);
  bool compile_set(std::string_view glob, std::size_t& at, Pattern& pattern);
  [[nodiscard]] bool matches(const Pattern& pattern, std::string_view text) const;
  [[nodiscard]] bool run(const std::vector<Step>& steps, std::string_view text) const;

  bool ignore_case_;
  std::vector<Pattern> patterns_;
  std::vector<std::bitset<256>> sets_;
};

// The rules in force while a walk goes through folders.
class IgnoreStack {
 public:
  // `shared`: rules for the whole work tree, strongest first (info/exclude, then
  // core.excludesFile).
  explicit IgnoreStack(std::vector<std::shared_ptr<const IgnoreFile>> shared)
      : shared_(std::move(shared)) {}

  // Enters `folder` ("" for the top, else "app/" in full), whose .gitignore (or null) counts from
  // now on.
  void enter(std::string_view folder, std::unique_ptr<const IgnoreFile> rules);
  void leave() { levels_.pop_back(); }

  // Returns whether a rule covers `path`, a child of the folder entered last, itself; that a folder
  // above it is ignored is for the caller to know.
  [[nodiscard]] bool ignored(std::string_view path, bool is_folder) const;

 private:
  struct Level {
    std::size_t folder_length;
    std::unique_ptr<const IgnoreFile> rules;
  };
  std::vector<std::shared_ptr<const IgnoreFile>> shared_;
  std::vector<Level> levels_;
};

}  // namespace gate::repo
