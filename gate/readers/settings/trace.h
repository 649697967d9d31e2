// Trace: how a value came about, from where it was set to what the code made of it.
//
// Knows steps and their places; knows no environment, no language and no rule. A trace is a handle
// on steps that never change, so a value that is copied a thousand times shares them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers {

// Where something was written. Lines and columns are 1-based, columns count bytes, ends are
// exclusive; line 0: the file as a whole; column 0: the whole line. The path is relative to the
// judged folder; empty: no file (a variable of the process).
struct SettingPlace {
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;

  friend bool operator==(const SettingPlace&, const SettingPlace&) = default;
};

// Returns the place of a span of the text that `lines` indexes.
[[nodiscard]] SettingPlace place_of(std::string path, const base::LineIndex& lines,
                                    base::Span span);

struct TraceStep {
  std::string text;  // "DEBUG=0", "bool(\"0\") is True"; holds no secret
  SettingPlace place;
};

// Returns a step as people read it: "DEBUG=0 (.env.prod:3)".
[[nodiscard]] std::string describe(const TraceStep& step);

class Trace {
 public:
  // A trace holds at most this many steps in a row and lists at most as many; what comes between
  // the first ones and the last is left out.
  static constexpr std::size_t kMostSteps = 32;

  // Without steps: a literal of which nothing is worth saying.
  Trace() = default;
  // A trace that begins here. `secret`: the value comes from where secrets lie, so that no later
  // step may quote it.
  explicit Trace(TraceStep step, bool secret = false);

  // Returns this trace with one more step.
  [[nodiscard]] Trace then(TraceStep step) const;

  // Returns the trace of a value made of two: the steps of `first`, then those of `second` which
  // are not among them.
  [[nodiscard]] static Trace join(const Trace& first, const Trace& second);

  [[nodiscard]] bool empty() const { return last_ == nullptr; }
  // Returns whether any part of the value comes from where secrets lie.
  [[nodiscard]] bool is_secret() const;
  // Returns the steps, source first, without doubles.
  [[nodiscard]] std::vector<TraceStep> steps() const;
  // Returns the last step, or null.
  [[nodiscard]] const TraceStep* last() const;

 private:
  struct Link;
  explicit Trace(std::shared_ptr<const Link> last) : last_(std::move(last)) {}

  std::shared_ptr<const Link> last_;
};

// Returns how a step quotes a text of this trace: `"0"`, escaped, cut to 60 characters; of a secret
// only its length, "12 characters".
[[nodiscard]] std::string quote(std::string_view text, const Trace& trace);

}  // namespace gate::readers
