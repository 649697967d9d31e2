// A file that bash reads with `set -a; . FILE`: shell code of which only assignments, `export` and
// their expansions are understood. Words, quoting and expansions as in the Bash Reference Manual,
// sections 3.1 to 3.5. What needs another program, another shell variable or the state of a shell
// is unknown; what is more than a list of simple commands is refused.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"
#include "gate/readers/formats/dotenv/readers.h"

namespace gate::readers {
namespace {

constexpr std::size_t kDeepest = 32;

bool begins_name(char c) { return base::is_letter(c) || c == '_'; }
bool is_name_char(char c) { return base::is_alphanumeric(c) || c == '_'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// One word of a command.
struct Word {
  std::string text;     // after expansion and removal of quotes
  std::string unknown;  // why the text is not known; empty: it is
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t name = 0;  // bytes of the name where it is an assignment
  bool appends = false;  // NAME+=
  bool plain = true;     // without quotes and expansions: may be a reserved word
};

class Bash {
 public:
  Bash(std::string_view text, const EnvScope& scope) : text_(text), scope_(scope) {}

  EnvFile read() {
    const std::size_t nul = text_.find('\0');
    if (nul != std::string_view::npos) stop(nul, "a NUL byte");
    while (!stopped_ && at_ < text_.size())
      read_command();
    if (!stopped_ && goes_on()) refuse_line();
    return std::move(file_);
  }

 private:
  enum class End : std::uint8_t { line, background, pipe, both, either, text };

  static base::Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  void report(std::size_t begin, std::size_t end, EnvEffect effect, std::string message,
              bool open_quote = false) {
    file_.problems.push_back({span(begin, end), effect, std::move(message), open_quote});
  }
  void stop(std::size_t at, std::string_view what, bool open_quote = false) {
    if (stopped_) return;
    stopped_ = true;
    report(at, std::min(at + 1, text_.size()), EnvEffect::drops_keys,
           fmt::format("{}: bash stops here, without this key and all that follow", what),
           open_quote);
  }

  // Reads up to the end of one simple command and carries it out.
  void read_command() {
    std::vector<Word> words;
    End end = End::text;
    while (!stopped_) {
      skip_blanks();
      if (at_ == text_.size()) break;
      const char c = text_[at_];
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (const std::size_t length = separator(end); length > 0) {
        // Between two operators there has to be a command; behind one it may stand on the next
        // line.
        if (words.empty() && (c != '\n')) return refuse_line();
        at_ += length;
        if (words.empty() && goes_on()) continue;
        break;
      } else if (c == '<' || c == '>') {
        return stop(at_, "a redirection");
      } else if (c == '(' || c == ')') {
        return stop(at_, "shell code that gate does not run");
      } else {
        words.push_back(read_word());
      }
    }
    if (!stopped_ && !words.empty()) run_next(std::move(words), end);
    // A line is read whole before any of it is run.
    if (end == End::line && at_ > 0 && text_[at_ - 1] == '\n')
      entries_of_line_ = file_.entries.size();
  }

  // Whether the command at hand belongs to the one before it.
  [[nodiscard]] bool goes_on() const {
    return before_ == End::both || before_ == End::either || before_ == End::pipe;
  }

  void refuse_line() {
    file_.entries.resize(entries_of_line_);
    stop(at_, "an operator without a command before it");
  }

  // Carries a command out where the one before it lets it: `A=1 || B=2` sets A alone.
  void run_next(std::vector<Word> words, End end) {
    const End before = std::exchange(before_, end);
    if (goes_on_after(before) && !succeeded_)
      return stop(words.front().begin, "shell code that gate does not run");
    const bool skips = (before == End::both && succeeded_ == false) ||
                       (before == End::either && succeeded_ == true);
    if (skips) return;
    succeeded_ = status_of(words);
    carry_out(std::move(words), before == End::pipe ? End::pipe : end);
  }

  static bool goes_on_after(End end) { return end == End::both || end == End::either; }

  // Whether a command ends well; nothing where that is not known.
  static std::optional<bool> status_of(const std::vector<Word>& words) {
    const auto command =
        std::find_if(words.begin(), words.end(), [](const Word& word) { return word.name == 0; });
    const auto is_unknown = [](const Word& word) { return !word.unknown.empty(); };
    if (std::any_of(words.begin(), words.end(), is_unknown)) return std::nullopt;
    if (command == words.end()) return true;
    if (!command->plain) return std::nullopt;
    if (command->text == "false") return false;
    const bool ends_well = command->text == "true" || command->text == ":" || is_export(*command);
    return ends_well ? std::optional(true) : std::nullopt;
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      if (is_blank(text_[at_])) {
        ++at_;
      } else if (text_.substr(at_, 2) == "\\\n") {
        at_ += 2;
      } else {
        break;
      }
    }
  }

  // Returns the length of the separator that stands here, 0 for none.
  std::size_t separator(End& end) const {
    const std::string_view two = text_.substr(at_, 2);
    if (two == "&&" || two == "||") {
      end = two == "&&" ? End::both : End::either;
      return 2;
    }
    switch (text_[at_]) {
      case '\n':
      case ';':
        end = End::line;
        return 1;
      case '&':
        end = End::background;
        return 1;
      case '|':
        end = End::pipe;
        return 1;
      default:
        return 0;
    }
  }

  Word read_word() {
    Word word;
    word.begin = at_;
    std::size_t name = at_;
    if (begins_name(text_[name])) {
      while (name < text_.size() && is_name_char(text_[name]))
        ++name;
      word.appends = text_.substr(name, 2) == "+=";
      if (text_.substr(name, 1) == "=" || word.appends) {
        word.name = name - at_;
        at_ = name + (word.appends ? 2 : 1);
      } else if (text_.substr(name, 1) == "[") {
        stop(at_, "an array");
      }
    }
    if (word.name > 0 && text_.substr(at_, 1) == "(") stop(at_, "an array");
    if (word.name > 0 && text_.substr(at_, 1) == "~")
      word.unknown = "`~` is a folder of the server";
    read_pieces(word);
    word.end = at_;
    return word;
  }

  // Reads the pieces of a word up to white space or an operator.
  void read_pieces(Word& word) {
    while (!stopped_ && at_ < text_.size()) {
      const char c = text_[at_];
      if (is_blank(c) || c == '\n' || std::string_view(";&|<>()").find(c) != std::string_view::npos)
        return;
      if (c == '\\') {
        word.plain = false;
        // At the end of the file it stands for itself.
        if (text_.substr(at_, 2) != "\\\n")
          word.text += at_ + 1 == text_.size() ? text_.substr(at_, 1) : text_.substr(at_ + 1, 1);
        at_ += std::min<std::size_t>(2, text_.size() - at_);
      } else if (c == '\'') {
        read_single_quoted(word);
      } else if (c == '"') {
        read_double_quoted(word);
      } else if (text_.substr(at_, 2) == "$'") {
        read_ansi_quoted(word);
      } else if (text_.substr(at_, 2) == "$\"") {
        ++at_;
      } else if (c == '$' || c == '`') {
        word.plain = false;
        read_expansion(word, 0);
      } else {
        word.text += c;
        ++at_;
      }
    }
  }

  void read_single_quoted(Word& word) {
    word.plain = false;
    const std::size_t close = text_.find('\'', at_ + 1);
    if (close == std::string_view::npos) return stop(at_, "a quote that is never closed", true);
    word.text += text_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
  }

  void read_double_quoted(Word& word) {
    word.plain = false;
    const std::size_t open = at_++;
    while (!stopped_) {
      if (at_ >= text_.size()) return stop(open, "a quote that is never closed", true);
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return;
      }
      read_quoted_piece(word, 0);
    }
  }

  // One piece of a text in double quotes.
  void read_quoted_piece(Word& word, std::size_t depth) {
    const char c = text_[at_];
    if (c == '\\' && at_ + 1 < text_.size()) {
      const char next = text_[at_ + 1];
      const bool escape = std::string_view("$`\"\\\n").find(next) != std::string_view::npos;
      if (!escape) word.text += c;
      if (next != '\n') word.text += next;
      at_ += 2;
    } else if (c == '$' || c == '`') {
      read_expansion(word, depth);
    } else {
      word.text += c;
      ++at_;
    }
  }

  // $'…': the escapes of ANSI C.
  void read_ansi_quoted(Word& word) {
    constexpr std::string_view kNames = "abeEfnrtv\\'\"?";
    constexpr std::string_view kValues = "\a\b\x1b\x1b\f\n\r\t\v\\'\"?";
    word.plain = false;
    const std::size_t open = at_;
    for (at_ += 2; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\'') {
        ++at_;
        return;
      }
      const char next = c == '\\' && at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
      const std::size_t found = next == '\0' ? std::string_view::npos : kNames.find(next);
      if (found != std::string_view::npos) {
        word.text += kValues[found];
        ++at_;
      } else if (next != '\0') {
        word.unknown = "an escape of a character code";
        ++at_;
      } else {
        word.text += c;
      }
    }
    stop(open, "a quote that is never closed", true);
  }

  void read_expansion(Word& word, std::size_t depth) {
    const std::size_t begin = at_;
    if (text_[at_] == '`') {
      const std::size_t close = find_plain_quote(text_, at_ + 1, at_ + 1, '`');
      if (close == std::string_view::npos)
        return stop(begin, "a `` ` `` that is never closed", true);
      at_ = close + 1;
      word.unknown = "the output of a command";
      return;
    }
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (begins_name(next)) {
      std::size_t end = at_ + 2;
      while (end < text_.size() && is_name_char(text_[end]))
        ++end;
      append(word, text_.substr(at_ + 1, end - at_ - 1));
      at_ = end;
    } else if (next == '{') {
      read_braces(word, depth);
    } else if (next == '[') {
      word.text += '$';
      ++at_;
      word.unknown = "the output of a command, or arithmetic";
    } else if (next == '(') {
      skip_parentheses();
      word.unknown = "the output of a command, or arithmetic";
    } else if (base::is_digit(next) ||
               (next != '\0' && std::string_view("$!?#*@-").find(next) != std::string_view::npos)) {
      at_ += 2;
      word.unknown = next == '$' ? "`$$` is the number of a process" : "a parameter of the shell";
    } else {
      word.text += '$';
      ++at_;
    }
  }

  // Passes over `$( … )`, with what is quoted in it.
  void skip_parentheses() {
    const std::size_t begin = at_++;
    std::size_t open = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\') {
        ++at_;
      } else if (c == '\'' || c == '"') {
        at_ = find_plain_quote(text_, at_ + 1, at_ + 1, c);
        if (at_ == std::string_view::npos) break;
      } else if (c == '(') {
        ++open;
      } else if (c == ')' && --open == 0) {
        ++at_;
        return;
      }
    }
    at_ = text_.size();
    stop(begin, "a `$(` that is never closed", true);
  }

  // ${NAME}, ${NAME:-word} and its like.
  void read_braces(Word& word, std::size_t depth) {
    const std::size_t begin = at_;
    at_ += 2;
    std::size_t end = at_;
    while (end < text_.size() && is_name_char(text_[end]))
      ++end;
    const std::string_view name = text_.substr(at_, end - at_);
    at_ = end;
    const char sign_of_shell = end < text_.size() ? text_[end] : '}';
    if (name.empty() && std::string_view("#?!@*$-").find(sign_of_shell) == std::string_view::npos)
      return stop(begin, "an expansion that bash refuses");
    if (name.empty() || !begins_name(name.front()) || depth >= kDeepest) {
      word.unknown = "an expansion that gate does not know";
      return skip_braces(begin);
    }
    const bool colon = text_.substr(at_, 1) == ":";
    const char sign = at_ + colon < text_.size() ? text_[at_ + colon] : '\0';
    if (!colon && sign == '}') {
      ++at_;
      return append(word, name);
    }
    if (sign == '\0' || std::string_view("-=+?").find(sign) == std::string_view::npos) {
      word.unknown = "an expansion that gate does not know";
      return skip_braces(begin);
    }
    at_ += colon ? 2 : 1;
    Word other;
    while (!stopped_ && at_ < text_.size() && text_[at_] != '}') {
      if (text_[at_] == '"') {
        read_double_quoted(other);  // quotes inside quotes only group
      } else if (text_[at_] == '\'') {
        read_single_quoted(other);
      } else {
        read_quoted_piece(other, depth + 1);
      }
    }
    if (at_ >= text_.size()) return stop(begin, "a `${` that is never closed", true);
    ++at_;
    choose(word, name, colon, sign, other);
  }

  void choose(Word& word, std::string_view name, bool colon, char sign, const Word& other) {
    Word own;
    append(own, name);
    const bool counts = is_set(name) && !(colon && own.text.empty());
    if (sign == '?' && !counts && own.unknown.empty())
      return stop(word.begin, "a variable that has to be set");
    const bool takes_other = sign == '+' ? counts : !counts;
    if (!own.unknown.empty()) {
      word.unknown = own.unknown;
    } else if (takes_other && sign != '?') {
      word.text += other.text;
      if (!other.unknown.empty()) word.unknown = other.unknown;
      if (sign == '=') {
        known_.insert_or_assign(std::string(name), other.text);
        EnvEntry entry;
        entry.key = name;
        entry.value = other.text;
        entry.unknown = other.unknown;
        entry.key_span = entry.value_span = span(word.begin, std::min(at_, text_.size()));
        file_.entries.push_back(std::move(entry));
      }
    } else if (sign != '+') {
      word.text += own.text;
    }
  }

  void skip_braces(std::size_t begin) {
    std::size_t open = 0;
    for (at_ = begin; at_ < text_.size(); ++at_) {
      if (text_[at_] == '{') ++open;
      if (text_[at_] == '}' && --open == 0) {
        ++at_;
        return;
      }
    }
    stop(begin, "a `${` that is never closed", true);
  }

  [[nodiscard]] std::optional<std::string> find(std::string_view name) const {
    // The file's own value wins: an assignment replaces what the shell had.
    if (const auto known = known_.find(name); known != known_.end()) return known->second;
    if (scope_.process) {
      if (auto value = scope_.process(name)) return value;
    }
    return scope_.earlier ? scope_.earlier(name) : std::nullopt;
  }

  [[nodiscard]] bool is_set(std::string_view name) const { return find(name).has_value(); }

  void append(Word& word, std::string_view name) {
    constexpr auto kOfTheShell = std::to_array<std::string_view>(
        {"HOME",         "PATH",          "PWD",    "OLDPWD",  "USER",   "LOGNAME",      "HOSTNAME",
         "SHELL",        "UID",           "EUID",   "PPID",    "RANDOM", "SRANDOM",      "SECONDS",
         "EPOCHSECONDS", "EPOCHREALTIME", "LINENO", "BASHPID", "BASH",   "BASH_VERSION", "HOSTTYPE",
         "MACHTYPE",     "OSTYPE",        "SHLVL",  "IFS"});
    if (const auto value = find(name)) {
      word.text += *value;
      grown_ += value->size();
      if (word.text.size() > kEnvValueLimit)
        stop(word.begin, "references that make a value larger than 1 MB");
      if (grown_ > kEnvGrowthLimit)
        stop(word.begin, "references that make the values larger than 8 MB");
    } else if (is_one_of(name, kOfTheShell)) {
      word.unknown = fmt::format("{} is a variable of the shell", name);
    }
    const auto unknown = unknown_.find(name);
    if (unknown != unknown_.end()) word.unknown = unknown->second;
  }

  void carry_out(std::vector<Word> words, End end) {
    const auto command =
        std::find_if(words.begin(), words.end(), [](const Word& word) { return word.name == 0; });
    if (end == End::background || end == End::pipe) {
      report(
          words.front().begin, words.back().end, EnvEffect::drops_key,
          "`&` or `|` without quotes: bash runs this part in a process of its own and drops what "
          "it sets");
      return;
    }
    if (command == words.end()) {
      // One after the other: `A=1 B=$A` sets both to 1.
      const std::size_t behind = at_;
      for (Word& word : words) {
        at_ = word.begin;
        assign(&word == &words.front() ? std::move(word) : read_word());
      }
      at_ = behind;
      return;
    }
    constexpr auto kHarmless = std::to_array<std::string_view>({"set", "true", "false", ":"});
    constexpr auto kCode = std::to_array<std::string_view>(
        {"if",   "then",   "else",  "elif",   "fi",       "for",    "while",  "until", "do",
         "done", "case",   "esac",  "select", "function", "{",      "}",      "[[",    "!",
         "time", "coproc", "eval",  "exec",   "exit",     "return", "source", ".",     "[",
         "test", "read",   "shift", "trap",   "cd",       "unset",  "printf"});
    const bool changes_rules =
        command->plain && ((command->text == "set" && !exports_all(command, words)) ||
                           (is_export(*command) && has_options(command, words)));
    if (changes_rules || (command->plain && is_one_of(command->text, kCode))) {
      stop(command->begin, "shell code that gate does not run");
    } else if (command == words.begin() && is_export(*command)) {
      for (auto word = command + 1; word != words.end(); ++word) {
        const std::string name(text_.substr(word->begin, word->name));
        if (word->name > 0)
          assign(std::move(*word));
        else
          assign_text(*word);
        if (command->text == "readonly") readonly_.insert(name);
      }
    } else if (!is_one_of(command->text, kHarmless)) {
      report(words.front().begin, words.back().end, EnvEffect::drops_key,
             command == words.begin()
                 ? "a line that is not `NAME=value`: bash runs it as a command"
                 : "white space in a value without quotes: bash runs the word behind it as a "
                   "command and does not set the variable");
    }
  }

  using Words = std::vector<Word>;

  // `set -a`, which is what the file is read with.
  static bool exports_all(Words::const_iterator command, const Words& words) {
    const std::size_t count = static_cast<std::size_t>(words.end() - command);
    return (count == 2 && (command + 1)->text == "-a") ||
           (count == 3 && (command + 1)->text == "-o" && (command + 2)->text == "allexport");
  }

  // Options of export and declare that make another thing of a value.
  static bool has_options(Words::const_iterator command, const Words& words) {
    return std::any_of(command + 1, words.end(), [](const Word& word) {
      return word.text.starts_with('-') && word.text != "-x" && word.text != "--";
    });
  }

  static bool is_export(const Word& word) {
    constexpr auto kExports =
        std::to_array<std::string_view>({"export", "declare", "typeset", "readonly"});
    return word.plain && is_one_of(word.text, kExports);
  }

  // `export "NAME"=value`: the name stands in what is left when the quotes are gone.
  void assign_text(const Word& word) {
    const std::string_view text = word.text;
    std::size_t end = 0;
    while (end < text.size() && (end == 0 ? begins_name(text[0]) : is_name_char(text[end])))
      ++end;
    const bool appends = text.substr(end, 2) == "+=";
    if (end == 0 || (text.substr(end, 1) != "=" && !appends)) return;
    EnvEntry entry;
    entry.key = text.substr(0, end);
    entry.key_span = entry.value_span = span(word.begin, word.end);
    entry.value = text.substr(end + (appends ? 2 : 1));
    if (appends) entry.value.insert(0, find(entry.key).value_or(""));
    entry.unknown = word.unknown;
    // What an expansion gives falls apart at its blanks.
    const std::string_view written = text_.substr(word.begin, word.end - word.begin);
    if (written.find_first_of("$`") != std::string_view::npos)
      entry.unknown = "an expansion that gate does not know";
    if (!entry.unknown.empty()) unknown_.insert_or_assign(entry.key, entry.unknown);
    known_.insert_or_assign(entry.key, entry.value);
    file_.entries.push_back(std::move(entry));
  }

  void assign(Word word) {
    EnvEntry entry;
    entry.key = text_.substr(word.begin, word.name);
    if (readonly_.contains(entry.key)) {
      return report(word.begin, word.end, EnvEffect::drops_key,
                    "a variable that is read-only: bash refuses to set it anew");
    }
    entry.key_span = span(word.begin, word.begin + word.name);
    const std::size_t value = word.begin + word.name + (word.appends ? 2 : 1);
    entry.value_span = span(std::min(value, word.end), word.end);
    entry.value = word.appends ? find(entry.key).value_or("") + word.text : word.text;
    entry.unknown = word.unknown;
    if (word.unknown.empty()) {
      if (!word.appends) unknown_.erase(entry.key);
    } else {
      unknown_.insert_or_assign(entry.key, word.unknown);
    }
    known_.insert_or_assign(entry.key, entry.value);
    file_.entries.push_back(std::move(entry));
  }

  std::string_view text_;
  const EnvScope& scope_;
  KnownVariables known_;
  std::map<std::string, std::string, std::less<>> unknown_;
  std::size_t at_ = 0;
  EnvFile file_;
  std::size_t grown_ = 0;  // bytes that references have put in
  std::set<std::string, std::less<>> readonly_;
  bool stopped_ = false;
  End before_ = End::line;           // what ended the command before
  std::optional<bool> succeeded_;    // whether that command ended well
  std::size_t entries_of_line_ = 0;  // entries that were there when the line began
};

}  // namespace

EnvFile read_bash(std::string_view text, const EnvScope& scope) { return Bash(text, scope).read(); }

}  // namespace gate::readers
