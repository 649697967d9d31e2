// Pattern: a regular expression in RE2's syntax. The only door to RE2.
//
// A pattern works on lines unless `multi_line` is asked for: it never matches a line end, `^` and
// `$` are the borders of a line, and a CR before LF is not part of the line. Linear time in the
// text, whatever the pattern.
//
// A pattern in ASCII sees bytes: `.` and `[^"]` step over bytes that are no valid UTF-8, and
// ignoring case stays within ASCII. One that speaks of characters beyond ASCII (`é`, `\pL`,
// `\x{e9}`) or counts any (`.{72}`) sees characters. `\C` is refused.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/base/text.h"

namespace gate::base {

class Pattern {
 public:
  struct Options {
    bool multi_line = false;   // may cross line ends; `^` and `$` still match at every line
    bool ignore_case = false;  // as `(?i)` in front
  };

  // Returns the compiled pattern, or what RE2 says is wrong with it.
  static Result<Pattern> compile(std::string text, Options options);

  // Returns a pattern that is compiled on first use; for text known to be good (shipped rules,
  // proved by their tests).
  static Pattern trusted(std::string text, Options options);

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] Options options() const;

  // Returns whether it sees characters of UTF-8, not bytes.
  [[nodiscard]] bool sees_characters() const;

  // Returns the names of the capture groups by number; empty for one without a name. [0] is the
  // whole match.
  [[nodiscard]] const std::vector<std::string>& groups() const;

  // Returns whether the pattern matches anywhere in `text`. Thread-safe, as every const member.
  [[nodiscard]] bool matches(std::string_view text) const;

  // Returns whether it matches the whole of `text`.
  [[nodiscard]] bool matches_whole(std::string_view text) const;

  // Searches text[from, to) with the whole text as context (so that `^` at `from` is not a line
  // start by accident). On a match fills `captures` with the whole match and the groups; a group
  // that took no part has data() == nullptr.
  bool find(std::string_view text, std::size_t from, std::size_t to,
            std::vector<std::string_view>& captures) const;

  // As find, but only a match that begins exactly at `from`.
  bool find_at(std::string_view text, std::size_t from, std::size_t to,
               std::vector<std::string_view>& captures) const;

  // Returns `text` with every character that means something in a pattern escaped.
  [[nodiscard]] static std::string quote(std::string_view text);

 private:
  struct State;
  explicit Pattern(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace gate::base
