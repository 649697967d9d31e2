#include "gate/base/glob.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include "gate/base/braces.h"
#include "gate/base/utf8.h"

namespace gate::base {
namespace {

constexpr char32_t kInvalidByte = 0x110000;  // + the byte: a unit that is no character

// Takes the next character off the front of `text`; a byte that begins no valid UTF-8 sequence is a
// unit of its own.
char32_t next_character(std::string_view& text) {
  const Decoded decoded = decode(text);
  const char32_t unit =
      decoded.valid ? static_cast<char32_t>(decoded.code) : kInvalidByte + byte_at(text, 0);
  text.remove_prefix(decoded.valid ? decoded.size : 1);
  return unit;
}

}  // namespace

struct Glob::Token {
  enum class Kind : std::uint8_t {
    character,  // `from`
    any,        // `?`
    in_class,   // one of `ranges`, or none of them where `negated`
    star,       // `*`: any run inside a segment
    globstar,   // `**`: any run
    folders,    // `**/`: nothing, or any run that ends with `/`
  };
  Kind kind = Kind::character;
  bool negated = false;
  char32_t character = 0;
  std::vector<std::pair<char32_t, char32_t>> ranges;

  // Returns whether it loops on `unit`, staying where it is.
  [[nodiscard]] bool stays(char32_t unit) const {
    return kind == Kind::globstar || kind == Kind::folders || (kind == Kind::star && unit != U'/');
  }

  // Returns whether it takes `unit` and is done.
  [[nodiscard]] bool steps(char32_t unit) const {
    switch (kind) {
      case Kind::character:
        return unit == character;
      case Kind::any:
        return unit != U'/';
      case Kind::folders:
        return unit == U'/';
      case Kind::in_class: {
        if (unit == U'/') return false;
        const bool inside = std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) {
          return range.first <= unit && unit <= range.second;
        });
        return inside != negated;
      }
      case Kind::star:
      case Kind::globstar:
        return false;
    }
    return false;
  }

  [[nodiscard]] bool may_end_anywhere() const {
    return kind == Kind::star || kind == Kind::globstar;
  }

  // `folders` that has entered a folder ends with its `/` only.
  [[nodiscard]] bool may_be_empty() const { return may_end_anywhere() || kind == Kind::folders; }
};

// Follows all ways through the tokens at once (Thompson 1968), a bit a state: bit i says that
// tokens [0, i) took what was read (R. Baeza-Yates and G. Gonnet, "A new approach to text
// searching", 1992).
class Glob::Machine {
 public:
  static constexpr std::size_t kStates = 64;

  explicit Machine(const std::vector<Token>& tokens) : tokens_(tokens.size()) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const std::uint64_t bit = std::uint64_t{1} << i;
      const Token& token = tokens[i];
      if (token.stays(U'a')) stays_ |= bit;
      if (token.stays(U'/')) stays_on_slash_ |= bit;
      if (token.may_end_anywhere()) ends_anywhere_ |= bit;
      if (token.may_be_empty()) may_be_empty_ |= bit;
      if (token.kind == Token::Kind::character) {
        if (token.character < kAscii) steps_[token.character] |= bit;
      } else if (token.kind == Token::Kind::folders) {
        steps_[U'/'] |= bit;
      } else if (!token.may_end_anywhere()) {
        for (char32_t unit = 0; unit < kAscii; ++unit) {
          if (token.steps(unit)) steps_[unit] |= bit;
        }
      }
    }
  }

  [[nodiscard]] bool matches(const std::vector<Token>& tokens, std::string_view text) const {
    std::uint64_t now = enter(1);
    while (!text.empty() && now != 0) {
      const char32_t unit = next_character(text);
      const std::uint64_t kept = now & (unit == U'/' ? stays_on_slash_ : stays_);
      const std::uint64_t stepped = (now & (unit < kAscii ? steps_[unit] : steps_on(tokens, unit)))
                                    << 1U;
      now = kept | enter(stepped | (kept & ends_anywhere_));
    }
    return ((now >> tokens_) & 1U) != 0;
  }

 private:
  static constexpr char32_t kAscii = 128;

  // Adds the states that are reached without a character.
  [[nodiscard]] std::uint64_t enter(std::uint64_t states) const {
    for (std::uint64_t more = states; (more &= may_be_empty_) != 0;) {
      more <<= 1U;
      states |= more;
    }
    return states;
  }

  [[nodiscard]] static std::uint64_t steps_on(const std::vector<Token>& tokens, char32_t unit) {
    std::uint64_t steps = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].steps(unit)) steps |= std::uint64_t{1} << i;
    }
    return steps;
  }

  std::size_t tokens_;
  std::uint64_t stays_ = 0;
  std::uint64_t stays_on_slash_ = 0;
  std::uint64_t ends_anywhere_ = 0;
  std::uint64_t may_be_empty_ = 0;
  std::array<std::uint64_t, kAscii> steps_{};
};

// One choice of a glob without its braces: a fixed beginning and end, and what may stand between.
struct Glob::Alternative {
  bool any_depth = false;  // matches the last segment
  std::string prefix;
  std::string suffix;
  std::vector<Token> tokens;
  std::optional<Machine> machine;  // of the tokens where there are few enough

  [[nodiscard]] bool matches_middle(std::string_view text) const;
};

namespace {

// Appends the character in UTF-8, or the byte that an invalid unit stands for.
void append(std::string& text, char32_t unit) {
  if (unit >= kInvalidByte) {
    text += static_cast<char>(unit - kInvalidByte);
  } else {
    append_utf8(text, static_cast<CodePoint>(unit));
  }
}

}  // namespace

// Turns the text of one alternative into tokens.
class Glob::Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) { tokens_.reserve(text.size()); }

  Result<Alternative> parse() {
    Alternative result;
    result.any_depth = rest_.find('/') == std::string_view::npos;
    if (rest_.starts_with('/')) rest_.remove_prefix(1);
    if (rest_.empty()) return Error{"the path is empty"};
    const bool below = rest_.ends_with('/') && !rest_.ends_with("\\/");
    while (!rest_.empty()) {
      if (rest_.front() == '*') {
        stars();
      } else if (rest_.front() == '?') {
        rest_.remove_prefix(1);
        push(Token::Kind::any);
      } else if (rest_.front() == '[') {
        GATE_CHECK(char_class());
      } else {
        if (rest_.front() == '\\') rest_.remove_prefix(1);
        if (rest_.empty()) return Error{"`\\` at the end takes no character"};
        push(Token::Kind::character).character = next_character(rest_);
      }
    }
    if (below) push(Token::Kind::globstar);
    result.tokens = std::move(tokens_);
    cut_borders(result);
    if (result.tokens.size() < Machine::kStates) result.machine.emplace(result.tokens);
    return result;
  }

 private:
  Token& push(Token::Kind kind) {
    tokens_.emplace_back();
    tokens_.back().kind = kind;
    return tokens_.back();
  }

  [[nodiscard]] bool at_segment_start() const {
    return tokens_.empty() || tokens_.back().kind == Token::Kind::folders ||
           (tokens_.back().kind == Token::Kind::character && tokens_.back().character == U'/');
  }

  void stars() {
    const bool starts = at_segment_start();
    const std::size_t count = std::min(rest_.find_first_not_of('*'), rest_.size());
    rest_.remove_prefix(count);
    if (count == 1) {
      push(Token::Kind::star);
    } else if (starts && rest_.starts_with('/') && rest_.size() > 1) {
      rest_.remove_prefix(1);
      push(Token::Kind::folders);
    } else {
      push(Token::Kind::globstar);
    }
  }

  Result<void> char_class() {
    const std::size_t end = bracket_end(rest_, 0);
    if (end == std::string_view::npos) return Error{"`[` is not closed"};
    std::string_view inside = rest_.substr(1, end - 2);
    rest_.remove_prefix(end);
    Token& token = push(Token::Kind::in_class);
    if (inside.starts_with('!') || inside.starts_with('^')) {
      token.negated = true;
      inside.remove_prefix(1);
    }
    const auto character = [&] {
      if (inside.front() == '\\' && inside.size() > 1) inside.remove_prefix(1);
      return next_character(inside);
    };
    while (!inside.empty()) {
      const char32_t from = character();
      char32_t to = from;
      if (inside.size() > 1 && inside.front() == '-') {
        inside.remove_prefix(1);
        to = character();
      }
      if (to < from) return Error{"a range in `[` `]` runs backwards"};
      token.ranges.emplace_back(from, to);
    }
    return {};
  }

  // Cuts the fixed characters at both ends off the tokens.
  static void cut_borders(Alternative& alternative) {
    std::vector<Token>& tokens = alternative.tokens;
    const auto fixed = [](const Token& token) { return token.kind == Token::Kind::character; };
    const auto first = std::find_if_not(tokens.begin(), tokens.end(), fixed);
    const auto last =
        std::find_if_not(tokens.rbegin(), std::make_reverse_iterator(first), fixed).base();
    for (auto token = tokens.begin(); token != first; ++token)
      append(alternative.prefix, token->character);
    for (auto token = last; token != tokens.end(); ++token)
      append(alternative.suffix, token->character);
    tokens = std::vector<Token>(first, last);
  }

  std::string_view rest_;
  std::vector<Token> tokens_;
};

namespace {

// Follows all ways through the tokens at once, as Machine does, for any number of tokens.
template <class Token>
bool follow(const std::vector<Token>& tokens, std::string_view text) {
  std::vector<bool> now(tokens.size() + 1);
  std::vector<bool> next(tokens.size() + 1);
  const auto enter = [&](std::vector<bool>& states, std::size_t at) {
    states[at] = true;
    while (at < tokens.size() && tokens[at].may_be_empty())
      states[++at] = true;
  };
  enter(now, 0);
  while (!text.empty()) {
    const char32_t unit = next_character(text);
    next.assign(next.size(), false);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!now[i]) continue;
      if (tokens[i].stays(unit)) {
        next[i] = true;
        if (tokens[i].may_end_anywhere()) enter(next, i);
      }
      if (tokens[i].steps(unit)) enter(next, i + 1);
    }
    std::swap(now, next);
  }
  return now[tokens.size()];
}

}  // namespace

bool Glob::Alternative::matches_middle(std::string_view text) const {
  if (tokens.empty()) return text.empty();
  if (tokens.size() == 1 && tokens.front().kind == Token::Kind::globstar) return true;
  if (tokens.size() == 1 && tokens.front().kind == Token::Kind::star) {
    return text.find('/') == std::string_view::npos;
  }
  return machine ? machine->matches(tokens, text) : follow(tokens, text);
}

Result<Glob> Glob::compile(std::string_view text) {
  if (text.empty()) return Error{"the path is empty"};
  GATE_TRY(const std::vector<std::string> choices, expand_braces(text));
  auto alternatives = std::make_shared<std::vector<Alternative>>();
  for (const std::string& choice : choices) {
    GATE_TRY(Alternative alternative, Parser(choice).parse());
    alternatives->push_back(std::move(alternative));
  }
  Glob glob;
  glob.text_ = text;
  glob.alternatives_ = std::move(alternatives);
  return glob;
}

bool Glob::matches(std::string_view path) const {
  for (const Alternative& alternative : *alternatives_) {
    std::string_view subject = path;
    if (alternative.any_depth) {
      if (const std::size_t slash = path.rfind('/'); slash != std::string_view::npos)
        subject.remove_prefix(slash + 1);
    }
    const std::size_t borders = alternative.prefix.size() + alternative.suffix.size();
    if (subject.size() < borders || !subject.starts_with(alternative.prefix) ||
        !subject.ends_with(alternative.suffix)) {
      continue;
    }
    const std::string_view middle =
        subject.substr(alternative.prefix.size(), subject.size() - borders);
    if (alternative.matches_middle(middle)) return true;
  }
  return false;
}

std::string_view Glob::literal() const {
  if (alternatives_->size() != 1) return {};
  const Alternative& only = alternatives_->front();
  return only.tokens.empty() && !only.any_depth ? std::string_view(only.prefix)
                                                : std::string_view();
}

Result<void> GlobSet::add(std::string_view text) {
  const bool take_back = text.starts_with('!');
  GATE_TRY(Glob glob, Glob::compile(take_back ? text.substr(1) : text));
  if (!take_back) from_everything_ = false;
  items_.push_back({take_back, std::move(glob)});
  return {};
}

bool GlobSet::matches(std::string_view path) const {
  if (!path.starts_with(folder_)) return false;
  path.remove_prefix(folder_.size());
  const auto last = std::find_if(items_.rbegin(), items_.rend(),
                                 [path](const Item& item) { return item.glob.matches(path); });
  return last == items_.rend() ? from_everything_ : !last->take_back;
}

std::string_view GlobSet::literal() const {
  return folder_.empty() && items_.size() == 1 && !items_.front().take_back
             ? items_.front().glob.literal()
             : std::string_view();
}

GlobSet GlobSet::below(std::string_view folder) const {
  GlobSet set = *this;
  set.folder_.insert(0, folder);
  return set;
}

std::vector<std::string> GlobSet::texts() const {
  std::vector<std::string> texts;
  for (const Item& item : items_)
    texts.push_back((item.take_back ? "!" : "") + item.glob.text());
  return texts;
}

}  // namespace gate::base
