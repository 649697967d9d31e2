#include "gate/base/pattern.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <utility>

#include <re2/re2.h>

namespace gate::base {
namespace {

constexpr std::string_view kLines = "(?m)";

// What one walk over a pattern's text finds out. RE2 itself judges whether the text is a pattern.
struct Survey {
  std::string lenient;  // the text with every `$` (and, across lines, every `\n`) ready for a CR
  bool beyond_ascii = false;
  bool any_byte = false;  // holds `\C`
};

unsigned hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a') + 10;
  if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A') + 10;
  return 16;
}

// Walks over the text as RE2's parser does: escapes, `\Q…\E`, classes.
class Surveyor {
 public:
  Surveyor(std::string_view text, bool multi_line) : text_(text), multi_line_(multi_line) {}

  Survey survey() {
    while (at_ < text_.size())
      step();
    return std::move(survey_);
  }

 private:
  void step() {
    const char byte = text_[at_];
    if (byte == '\\') {
      escape(false);
    } else if (byte == '[') {
      char_class();
    } else if (byte == '$') {
      survey_.lenient += "(?:\\r?$)";
      ++at_;
    } else if (byte == '\n' && multi_line_) {
      survey_.lenient += "(?:\\r?\\n)";
      ++at_;
    } else {
      if (text_.substr(at_).starts_with(".{")) survey_.beyond_ascii = true;
      take();
    }
  }

  void take() {
    if (static_cast<unsigned char>(text_[at_]) >= 0x80) survey_.beyond_ascii = true;
    survey_.lenient += text_[at_++];
  }

  void escape(bool in_class) {
    if (at_ + 1 == text_.size()) {
      take();
      return;
    }
    const char kind = text_[at_ + 1];
    if (kind == 'Q' && !in_class) {
      const std::size_t end = std::min(text_.find("\\E", at_ + 2), text_.size());
      while (at_ < end)
        take();
      return;
    }
    if (kind == 'n' && multi_line_ && !in_class) {
      survey_.lenient += "(?:\\r?\\n)";
      at_ += 2;
      return;
    }
    if (kind == 'C') survey_.any_byte = true;
    if (kind == 'p' || kind == 'P') survey_.beyond_ascii = true;
    if (kind == 'x') number(at_ + 2, 16);
    if (kind >= '0' && kind <= '7') number(at_ + 1, 8);
    take();
    take();
  }

  // Notes a `\x..`, `\x{..}` or octal escape whose value is beyond ASCII.
  void number(std::size_t at, unsigned base) {
    if (base == 16 && at < text_.size() && text_[at] == '{') ++at;
    unsigned value = 0;
    for (int digits = base == 16 ? 6 : 3; digits > 0 && at < text_.size(); --digits, ++at) {
      const unsigned digit = hex_value(text_[at]);
      if (digit >= base) break;
      value = value * base + digit;
      if (base == 16 && digits == 5 && text_[at - 2] != '{') break;  // `\xHH` has two digits
    }
    if (value >= 0x80) survey_.beyond_ascii = true;
  }

  void char_class() {
    take();
    if (at_ < text_.size() && text_[at_] == '^') take();
    for (bool first = true; at_ < text_.size() && (first || text_[at_] != ']'); first = false) {
      const std::size_t named =
          text_.substr(at_).starts_with("[:") ? text_.find(":]", at_ + 2) : std::string_view::npos;
      if (text_[at_] == '\\') {
        escape(true);
      } else if (named == std::string_view::npos) {
        take();
      } else {
        while (at_ < named + 2)
          take();
      }
    }
    if (at_ < text_.size()) take();
  }

  std::string_view text_;
  bool multi_line_;
  std::size_t at_ = 0;
  Survey survey_;
};

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

// A line's CR is not part of it, but RE2 knows nothing of that, and cutting files into lines would
// cost more than the search. So the search runs `lenient`, in which `$` may take a CR along: it
// finds every line that `exact` would match without its CR, by the same alternatives in the same
// order. Only where a match reaches the CR does `exact` decide, on the text that ends before it.
//
// Bytes or characters: a pattern in ASCII is compiled for bytes, so that `.` and `[^"]` step over
// bytes that are no valid UTF-8 (one such byte must not hide what stands beside it) and so that
// `(?i)` stays within ASCII. A pattern that speaks of characters beyond ASCII, or counts what may
// be such (`.{72}`), is compiled for UTF-8.
struct Pattern::State {
  std::string text;
  Options options;

  mutable std::once_flag once;
  mutable std::optional<re2::RE2> lenient;
  mutable std::vector<std::string> groups;

  mutable std::once_flag exact_once;
  mutable std::optional<re2::RE2> exact;

  [[nodiscard]] re2::RE2::Options re2_options(bool utf8) const {
    re2::RE2::Options result(utf8 ? re2::RE2::DefaultOptions : re2::RE2::Latin1);
    result.set_log_errors(false);
    result.set_never_nl(!options.multi_line);
    result.set_case_sensitive(!options.ignore_case);
    return result;
  }

  void compile() const {
    std::call_once(once, [this] {
      const Survey survey = Surveyor(text, options.multi_line).survey();
      lenient.emplace(std::string(kLines) + survey.lenient, re2_options(survey.beyond_ascii));
      if (!lenient->ok()) return;
      groups.resize(static_cast<std::size_t>(lenient->NumberOfCapturingGroups()) + 1);
      for (const auto& [number, name] : lenient->CapturingGroupNames()) {
        groups[static_cast<std::size_t>(number)] = name;
      }
    });
  }

  [[nodiscard]] const re2::RE2& program() const {
    compile();
    if (!lenient->ok()) {
      // Only a trusted pattern gets here: going on would pass what it forbids.
      std::fprintf(stderr, "gate: a shipped pattern does not compile: %s: %s\n", text.c_str(),
                   lenient->error().c_str());
      std::abort();
    }
    return *lenient;
  }

  [[nodiscard]] const re2::RE2& exact_program() const {
    if (program().pattern().size() == text.size() + kLines.size())
      return *lenient;  // nothing was changed
    std::call_once(exact_once, [this] {
      const Survey survey = Surveyor(text, options.multi_line).survey();
      exact.emplace(std::string(kLines) + text, re2_options(survey.beyond_ascii));
    });
    return *exact;
  }

  // Searches text[from, to); fills `captures`, whose size says how many are wanted.
  bool search(std::string_view text_in, std::size_t from, std::size_t to, re2::RE2::Anchor anchor,
              std::vector<re2::StringPiece>& captures) const;
};

namespace {

// Returns whether `end` stands between a CR and its LF.
bool splits_line_end(std::string_view text, std::size_t end) {
  return end > 0 && end < text.size() && text[end] == '\n' && text[end - 1] == '\r';
}

bool match(const re2::RE2& program, std::string_view text, std::size_t from, std::size_t to,
           re2::RE2::Anchor anchor, std::vector<re2::StringPiece>& captures) {
  return program.Match(piece(text), from, to, anchor, captures.data(),
                       static_cast<int>(captures.size()));
}

// Takes the CR off every capture that ends between it and its LF.
void trim(std::string_view text, std::vector<re2::StringPiece>& captures) {
  for (re2::StringPiece& capture : captures) {
    if (capture.data() == nullptr || capture.empty()) continue;
    const auto end = static_cast<std::size_t>(capture.data() - text.data()) + capture.size();
    if (splits_line_end(text, end)) capture.remove_suffix(1);
  }
}

}  // namespace

bool Pattern::State::search(std::string_view in, std::size_t from, std::size_t to,
                            re2::RE2::Anchor anchor,
                            std::vector<re2::StringPiece>& captures) const {
  const re2::RE2& search_program = program();
  if (splits_line_end(in, to + 1)) ++to;  // `$` before a CR needs the CR in reach
  while (from <= to) {
    if (!match(search_program, in, from, to, anchor, captures)) return false;
    const auto begin = static_cast<std::size_t>(captures[0].data() - in.data());
    const std::size_t end = begin + captures[0].size();
    if (options.multi_line) {
      trim(in, captures);
      return true;
    }
    if (end == in.size() && end > begin && in[end - 1] == '\r') {  // belongs to no line end
      return match(exact_program(), in, begin, to, anchor, captures);
    }
    if (!splits_line_end(in, end)) return true;
    const std::size_t line_end = end - 1;
    if (begin <= line_end &&
        match(exact_program(), in.substr(0, line_end), begin, line_end, anchor, captures)) {
      return true;
    }
    if (anchor != re2::RE2::UNANCHORED) return false;
    from = end + 1;
  }
  return false;
}

Pattern::Pattern(std::unique_ptr<State> state) : state_(std::move(state)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(std::string text, Options options) {
  Pattern pattern = trusted(std::move(text), options);
  const State& state = *pattern.state_;
  if (Surveyor(state.text, options.multi_line).survey().any_byte) {
    return Error{"invalid escape sequence: \\C"};
  }
  state.compile();
  if (state.lenient->ok()) return pattern;
  // RE2 quotes what it does not like: from the text as written, not from ours.
  const re2::RE2 as_written(state.text, state.re2_options(true));
  return Error{as_written.ok() ? state.lenient->error() : as_written.error()};
}

Pattern Pattern::trusted(std::string text, Options options) {
  auto state = std::make_unique<State>();
  state->text = std::move(text);
  state->options = options;
  return Pattern(std::move(state));
}

const std::string& Pattern::text() const { return state_->text; }
Pattern::Options Pattern::options() const { return state_->options; }

bool Pattern::sees_characters() const {
  return Surveyor(state_->text, state_->options.multi_line).survey().beyond_ascii;
}

const std::vector<std::string>& Pattern::groups() const {
  static_cast<void>(state_->program());
  return state_->groups;
}

bool Pattern::matches(std::string_view text) const {
  if (text.find('\r') == std::string_view::npos) {
    return state_->program().Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
  }
  std::vector<re2::StringPiece> captures(1);
  return state_->search(text, 0, text.size(), re2::RE2::UNANCHORED, captures);
}

bool Pattern::matches_whole(std::string_view text) const {
  return state_->exact_program().Match(piece(text), 0, text.size(), re2::RE2::ANCHOR_BOTH, nullptr,
                                       0);
}

namespace {

void hand_over(const std::vector<re2::StringPiece>& from, std::vector<std::string_view>& into) {
  into.clear();
  for (const re2::StringPiece& capture : from)
    into.emplace_back(capture.data(), capture.size());
}

}  // namespace

bool Pattern::find(std::string_view text, std::size_t from, std::size_t to,
                   std::vector<std::string_view>& captures) const {
  static_cast<void>(state_->program());
  std::vector<re2::StringPiece> found(state_->groups.size());
  if (!state_->search(text, from, to, re2::RE2::UNANCHORED, found)) return false;
  hand_over(found, captures);
  return true;
}

bool Pattern::find_at(std::string_view text, std::size_t from, std::size_t to,
                      std::vector<std::string_view>& captures) const {
  static_cast<void>(state_->program());
  std::vector<re2::StringPiece> found(state_->groups.size());
  if (!state_->search(text, from, to, re2::RE2::ANCHOR_START, found)) return false;
  hand_over(found, captures);
  return true;
}

std::string Pattern::quote(std::string_view text) { return re2::RE2::QuoteMeta(piece(text)); }

}  // namespace gate::base
