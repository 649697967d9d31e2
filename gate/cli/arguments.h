// The argument table's own types, and the reading of a command line by it.
//
// Help, docs/cli.md and the checks of a command line all come from the same entries.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/base/diagnostic.h"

namespace gate::cli {

struct Option {
  std::string_view name;   // "--stage"
  std::string_view value;  // "STAGE"; empty for a switch
  std::string_view text;   // one sentence for help
  bool repeatable = false;
  std::span<const std::string_view> choices = {};  // where the value is one of few
};

// Where a command writes; kept apart from the process so that tests can read it.
struct Streams {
  std::string out;
  std::string err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t width = 80;
  bool is_github_log = false;
};

class Arguments;

struct Command {
  std::string_view name;       // "run", "rules list"
  std::string_view arguments;  // "[PATH]"
  std::string_view summary;    // one line
  std::string_view details;    // paragraphs for the command's own help; lines as they shall stand
  std::size_t least = 0;       // number of arguments
  std::size_t most = 0;
  std::span<const Option> options;
  int (*run)(const Arguments& arguments, Streams& streams);
};

// A command line, read and checked: which command, its options and its arguments.
class Arguments {
 public:
  struct Value {
    const Option* option;
    std::string text;
    base::Span span;  // in source()
  };

  Arguments(const Command* command, std::shared_ptr<const base::Source> source)
      : command_(command), source_(std::move(source)) {}

  [[nodiscard]] const Command& command() const { return *command_; }
  [[nodiscard]] bool has(std::string_view option) const { return find(option) != nullptr; }
  // Returns the value of an option, the last where it was given twice; nothing where it was not
  // given.
  [[nodiscard]] std::optional<std::string> text(std::string_view option) const;
  [[nodiscard]] std::vector<Value> all(std::string_view option) const;
  [[nodiscard]] const std::vector<std::string>& positional() const { return positional_; }

  // Returns a mistake about the value of an option, with its place on the command line.
  [[nodiscard]] base::Diagnostic mistake(const Value& value, std::string message) const;
  [[nodiscard]] const Value* find(std::string_view option) const;

 private:
  friend class Reader;
  const Command* command_;
  std::shared_ptr<const base::Source> source_;
  std::vector<Value> values_;
  std::vector<std::string> positional_;
};

// Options that every command takes.
[[nodiscard]] std::span<const Option> common_options();

// Returns whether to colour what goes to a stream: --color, or on a terminal unless the environment
// says no.
[[nodiscard]] bool use_color(const Arguments& arguments, bool is_terminal);

// Reads `words` (without the program's name) by the table. Mistakes go to `diagnostics`, all of
// them; the result is then empty. A command line that names no command is one for `default_command`
// where its first word is an option, nothing at all or an existing path.
[[nodiscard]] std::optional<Arguments> read_arguments(std::span<const Command* const> commands,
                                                      const Command& default_command,
                                                      const std::vector<std::string>& words,
                                                      base::Diagnostics& diagnostics);

}  // namespace gate::cli
