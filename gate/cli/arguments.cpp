#include "gate/cli/arguments.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"

namespace gate::cli {
namespace {

constexpr std::array<std::string_view, 3> kColorChoices{"auto", "always", "never"};

constexpr std::array kCommonOptions{
    Option{"--color", "WHEN",
           "colour the output: auto (on a terminal, unless NO_COLOR is set), always or never",
           false, kColorChoices},
    Option{"--help", "", "print help for the command"},
    Option{"--version", "", "print the version"},
};

// The words of the command line as one text with places, so that a mistake can be underlined like
// one in a file.
struct Line {
  std::shared_ptr<const base::Source> source;
  std::vector<base::Span> spans;  // of each word
};

Line join(const std::vector<std::string>& words) {
  std::string text = "gate";
  std::vector<base::Span> spans;
  for (const std::string& word : words) {
    text += ' ';
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += word;
    spans.push_back({begin, static_cast<std::uint32_t>(text.size())});
  }
  return {std::make_shared<base::Source>("command line", std::move(text)), std::move(spans)};
}

}  // namespace

std::span<const Option> common_options() { return kCommonOptions; }

const Arguments::Value* Arguments::find(std::string_view option) const {
  const auto found = std::find_if(values_.rbegin(), values_.rend(),
                                  [&](const Value& value) { return value.option->name == option; });
  return found == values_.rend() ? nullptr : &*found;
}

std::optional<std::string> Arguments::text(std::string_view option) const {
  const Value* value = find(option);
  return value == nullptr ? std::nullopt : std::optional(value->text);
}

std::vector<Arguments::Value> Arguments::all(std::string_view option) const {
  std::vector<Value> values;
  std::copy_if(values_.begin(), values_.end(), std::back_inserter(values),
               [&](const Value& value) { return value.option->name == option; });
  return values;
}

base::Diagnostic Arguments::mistake(const Value& value, std::string message) const {
  return base::Diagnostic::error(std::move(message)).at(source_, value.span);
}

// Reads one command line; keeps account of where it is.
class Reader {
 public:
  Reader(std::span<const Command* const> commands, const std::vector<std::string>& words,
         base::Diagnostics& diagnostics)
      : commands_(commands), words_(words), line_(join(words)), diagnostics_(diagnostics) {}

  std::optional<Arguments> read(const Command& default_command) {
    const Command* command = find_command(default_command);
    if (command == nullptr) return std::nullopt;
    Arguments arguments(command, line_.source);
    bool only_positional = false;
    while (at_ < words_.size()) {
      const std::string& word = words_[at_];
      if (!only_positional && word == "--") {
        only_positional = true;
        ++at_;
      } else if (!only_positional && word.size() > 1 && word.front() == '-') {
        read_option(arguments);
      } else {
        arguments.positional_.push_back(word);
        ++at_;
      }
    }
    check_count(arguments);
    if (diagnostics_.has_errors()) return std::nullopt;
    return arguments;
  }

 private:
  const Command* find_command(const Command& default_command) {
    if (words_.empty() || words_.front().starts_with('-')) return &default_command;
    // "rules list" before "rules": the longest name wins.
    const Command* best = nullptr;
    for (const Command* command : commands_) {
      const std::size_t count = word_count(command->name);
      if (matches(command->name, count) && (best == nullptr || count > word_count(best->name)))
        best = command;
    }
    if (best != nullptr) {
      at_ = word_count(best->name);
      return best;
    }
    std::error_code ignored;
    const bool group = is_group(words_.front());
    if (!group && std::filesystem::exists(words_.front(), ignored)) return &default_command;
    report_unknown_command(group);
    return nullptr;
  }

  [[nodiscard]] bool is_group(std::string_view word) const {
    return std::any_of(commands_.begin(), commands_.end(), [&](const Command* command) {
      return command->name.starts_with(word) && command->name.size() > word.size() &&
             command->name[word.size()] == ' ';
    });
  }

  static std::size_t word_count(std::string_view name) {
    return 1 + static_cast<std::size_t>(std::count(name.begin(), name.end(), ' '));
  }

  [[nodiscard]] bool matches(std::string_view name, std::size_t count) const {
    if (words_.size() < count) return false;
    std::string typed = words_[0];
    for (std::size_t i = 1; i < count; ++i)
      typed += ' ' + words_[i];
    return typed == name;
  }

  void report_unknown_command(bool group) {
    std::vector<std::string_view> names;
    std::string typed = words_.front();
    std::size_t last = 0;
    for (const Command* command : commands_) {
      if (!group || command->name.starts_with(words_.front() + " ")) names.push_back(command->name);
    }
    if (group && words_.size() > 1 && !words_[1].starts_with('-')) {
      typed += ' ' + words_[1];
      last = 1;
    }
    const base::Span span{line_.spans[0].begin, line_.spans[last].end};
    std::string help = base::suggest(typed, names);
    if (help.empty()) help = "`gate --help` lists the commands";
    diagnostics_.add(base::Diagnostic::error(group && last == 0
                                                 ? fmt::format("`{}` needs a second word", typed)
                                                 : fmt::format("unknown command `{}`", typed))
                         .at(line_.source, span)
                         .hint(std::move(help)));
  }

  void read_option(Arguments& arguments) {
    const std::string& word = words_[at_];
    const base::Span span = line_.spans[at_];
    ++at_;
    const std::size_t equals = word.find('=');
    std::string_view name = std::string_view(word).substr(0, equals);
    const base::Span name_span{span.begin, span.begin + static_cast<std::uint32_t>(name.size())};
    if (name == "-h") name = "--help";
    if (name == "-V") name = "--version";
    const Option* option = find_option(arguments.command(), name);
    if (option == nullptr) {
      report_unknown_option(arguments.command(), name, name_span);
      return;
    }
    if (option->value.empty()) {
      if (equals != std::string::npos) {
        add(base::Diagnostic::error(fmt::format("`{}` takes no value", option->name)), span);
      }
      arguments.values_.push_back({option, "", span});
      return;
    }
    if (equals != std::string::npos) {
      take(arguments, *option, word.substr(equals + 1), {name_span.end + 1, span.end});
    } else if (at_ < words_.size() && (words_[at_].size() < 2 || words_[at_].front() != '-')) {
      take(arguments, *option, words_[at_], line_.spans[at_]);
      ++at_;
    } else {
      add(base::Diagnostic::error(fmt::format("`{}` needs a value: `{} {}`", option->name,
                                              option->name, option->value)),
          name_span);
    }
  }

  void take(Arguments& arguments, const Option& option, std::string text, base::Span span) {
    if (!option.choices.empty() &&
        std::find(option.choices.begin(), option.choices.end(), text) == option.choices.end()) {
      add(base::Diagnostic::error(fmt::format("`{}` is no value of `{}`", text, option.name))
              .hint(base::suggest(text, option.choices)),
          span);
    }
    if (!option.repeatable && arguments.has(option.name)) {
      add(base::Diagnostic::error(fmt::format("`{}` is given twice", option.name))
              .note(line_.source, arguments.find(option.name)->span, "first here"),
          span);
    }
    arguments.values_.push_back({&option, std::move(text), span});
  }

  static const Option* find_option(const Command& command, std::string_view name) {
    for (const std::span<const Option> options : {command.options, common_options()}) {
      for (const Option& option : options) {
        if (option.name == name) return &option;
      }
    }
    return nullptr;
  }

  void report_unknown_option(const Command& command, std::string_view name, base::Span span) {
    std::vector<std::string_view> names;
    for (const std::span<const Option> options : {command.options, common_options()}) {
      for (const Option& option : options)
        names.push_back(option.name);
    }
    std::string help = base::suggest(name, names);
    if (!help.starts_with("did"))
      help = fmt::format("`gate {} --help` lists the options", command.name);
    add(base::Diagnostic::error(fmt::format("`gate {}` has no option `{}`", command.name, name))
            .hint(std::move(help)),
        span);
  }

  void check_count(const Arguments& arguments) {
    const Command& command = arguments.command();
    if (arguments.has("--help") || arguments.has("--version")) return;
    const std::size_t count = arguments.positional().size();
    if (count < command.least) {
      add(base::Diagnostic::error(
              fmt::format("`gate {}` needs {}", command.name, command.arguments))
              .hint(fmt::format("gate {} {}", command.name, command.arguments)),
          {0, static_cast<std::uint32_t>(line_.source->text().size())});
    } else if (count > command.most) {
      const std::string& extra = arguments.positional()[command.most];
      const auto at = std::find(words_.begin(), words_.end(), extra) - words_.begin();
      add(base::Diagnostic::error(
              command.most == 0
                  ? fmt::format("`gate {}` takes no argument", command.name)
                  : fmt::format("`gate {}` takes {} only", command.name, command.arguments)),
          line_.spans[static_cast<std::size_t>(at)]);
    }
  }

  void add(base::Diagnostic diagnostic, base::Span span) {
    diagnostics_.add(std::move(diagnostic).at(line_.source, span));
  }

  std::span<const Command* const> commands_;
  const std::vector<std::string>& words_;
  Line line_;
  base::Diagnostics& diagnostics_;
  std::size_t at_ = 0;
};

std::optional<Arguments> read_arguments(std::span<const Command* const> commands,
                                        const Command& default_command,
                                        const std::vector<std::string>& words,
                                        base::Diagnostics& diagnostics) {
  return Reader(commands, words, diagnostics).read(default_command);
}

}  // namespace gate::cli
