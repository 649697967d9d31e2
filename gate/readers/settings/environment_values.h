// EnvironmentValues: the variables that a program finds in its environment when it starts.
//
// An evaluator asks here and nowhere else, so that it knows no file, no process and no dialect.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/settings/trace.h"

namespace gate::readers {

struct EnvironmentValue {
  enum class State : std::uint8_t {
    unset,    // the default of the code counts
    set,      // to `value`
    unknown,  // nobody knows, because `reason`
  };
  State state = State::unset;
  std::string value;  // of one that is set; bytes as the program gets them
  bool has_value =
      true;             // false: named in the file without a value, which its reader takes as null
  bool secret = false;  // by its name or value: not to be shown
  std::string reason;   // of unknown
  SettingPlace place;   // of the value in its file

  // Returns the trace that begins at this variable: "DEBUG=0 (.env.prod:3)", of a secret only
  // "SECRET_KEY is set, 50 characters (.env.prod:4)", of one that is not set "DEBUG is not set".
  [[nodiscard]] Trace trace(std::string_view key) const;
};

class EnvironmentValues {
 public:
  virtual ~EnvironmentValues() = default;

  // Returns the variable of this name. Const and thread-safe.
  [[nodiscard]] virtual EnvironmentValue find(std::string_view key) const = 0;

  // Returns the names that are set, in the order of the files, each once.
  [[nodiscard]] virtual std::vector<std::string> keys() const = 0;

  // Returns why names that keys() lacks may be set all the same; empty: they are not.
  [[nodiscard]] virtual std::string incomplete() const = 0;
};

}  // namespace gate::readers
