// Diagnostic: a mistake in what the user wrote for gate (policy, command line), with its place and
// its remedy.
//
// Style: lower case, no full stop, code in backticks; the message says what is wrong, only `help`
// says what to do. Diagnostics are collected, never thrown, so that one run names every mistake of
// every file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::base {

// A place in a source, with words for it where it is not the primary place.
struct Label {
  std::shared_ptr<const Source> source;
  Span span;
  std::string text;
};

struct Diagnostic {
  enum class Level { error, warning };

  Level level = Level::error;
  std::string message;
  std::optional<Label> place;  // none: the mistake has no place (a missing file)
  std::vector<Label> notes;    // other places involved: "first defined here"
  std::string help;            // what to type; may be empty

  [[nodiscard]] static Diagnostic error(std::string message) {
    return {Level::error, std::move(message), std::nullopt, {}, {}};
  }
  [[nodiscard]] Diagnostic at(std::shared_ptr<const Source> source, Span span) && {
    place = Label{std::move(source), span, {}};
    return std::move(*this);
  }
  [[nodiscard]] Diagnostic note(std::shared_ptr<const Source> source, Span span,
                                std::string text) && {
    notes.push_back({std::move(source), span, std::move(text)});
    return std::move(*this);
  }
  [[nodiscard]] Diagnostic hint(std::string text) && {
    help = std::move(text);
    return std::move(*this);
  }
};

// The mistakes of one run, in the order in which they were found.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic);

  [[nodiscard]] bool has_errors() const { return errors_ != 0; }
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

// Returns the diagnostic as text for a terminal: message, `--> file:line:column`, the line with the
// span underlined (carets as wide as the text on screen; a long line is cut around the span),
// notes, help. Ends with a line end.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, bool color);

// Returns all of them, an empty line between two; at most `limit`, the rest as "and N more".
[[nodiscard]] std::string render(const Diagnostics& diagnostics, bool color,
                                 std::size_t limit = 50);

}  // namespace gate::base
