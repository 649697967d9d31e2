#include "gate/base/glob.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace gate::base {
namespace {

constexpr std::size_t kMostAlternatives = 1024;
constexpr char32_t kInvalidByte = 0x110000;  // + the byte: a unit that is no character

// Takes the next character off the front of `text`; a byte that begins no valid UTF-8 sequence is a
// unit of its own.
char32_t next_character(std::string_view& text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(0);
  std::size_t length = 1;
  char32_t value = first;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
    value = first & 0x1FU;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    value = first & 0x0FU;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    value = first & 0x07U;
  } else if (first >= 0x80) {
    value = kInvalidByte + first;
  }
  for (std::size_t at = 1; at < length; ++at) {
    if (at >= text.size() || (byte(at) & 0xC0U) != 0x80) {
      text.remove_prefix(1);
      return kInvalidByte + first;
    }
    value = (value << 6U) | (byte(at) & 0x3FU);
  }
  text.remove_prefix(length);
  return value;
}

// Returns the end of the class that opens at `at`, just after its `]`, or npos.
std::size_t class_end(std::string_view text, std::size_t at) {
  std::size_t i = at + 1;
  if (i < text.size() && (text[i] == '!' || text[i] == '^')) ++i;
  for (bool first = true; i < text.size(); first = false, ++i) {
    if (text[i] == ']' && !first) return i + 1;
    if (text[i] == '\\') ++i;
  }
  return std::string_view::npos;
}

// Cuts `{a,b}` at its level: the pieces between the commas, and the end just after its `}`.
struct Braces {
  std::vector<std::string_view> choices;
  std::size_t end = std::string_view::npos;
};

Braces braces_at(std::string_view text, std::size_t open) {
  Braces braces;
  std::size_t begin = open + 1;
  std::size_t depth = 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    switch (text[i]) {
      case '\\':
        ++i;
        break;
      case '[':
        if (const std::size_t end = class_end(text, i); end != std::string_view::npos) i = end - 1;
        break;
      case '{':
        ++depth;
        break;
      case ',':
        if (depth != 0) break;
        braces.choices.push_back(text.substr(begin, i - begin));
        begin = i + 1;
        break;
      case '}':
        if (depth != 0) {
          --depth;
          break;
        }
        braces.choices.push_back(text.substr(begin, i - begin));
        braces.end = i + 1;
        return braces;
      default:
        break;
    }
  }
  return braces;
}

// Returns the first `{` that is neither escaped nor in a class.
std::size_t find_brace(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '[') {
      if (const std::size_t end = class_end(text, i); end != std::string_view::npos) i = end - 1;
    } else if (text[i] == '{') {
      return i;
    }
  }
  return std::string_view::npos;
}

// Returns the text without braces, once for each choice.
Result<std::vector<std::string>> expand(std::string_view text) {
  std::vector<std::string> open{std::string(text)};
  std::vector<std::string> done;
  while (!open.empty()) {
    const std::string current = std::move(open.back());
    open.pop_back();
    const std::size_t at = find_brace(current);
    if (at == std::string::npos) {
      done.push_back(current);
    } else {
      const Braces braces = braces_at(current, at);
      if (braces.end == std::string::npos) return Error{"`{` is not closed"};
      for (auto choice = braces.choices.rbegin(); choice != braces.choices.rend(); ++choice) {
        open.push_back(current.substr(0, at) + std::string(*choice) + current.substr(braces.end));
      }
    }
    if (open.size() + done.size() > kMostAlternatives) {
      return Error{fmt::format("the braces stand for more than {} paths", kMostAlternatives)};
    }
  }
  return done;
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

  [[nodiscard]] bool may_be_empty() const {
    return kind == Kind::star || kind == Kind::globstar || kind == Kind::folders;
  }
};

// One choice of a glob without its braces.
struct Glob::Alternative {
  bool any_depth = false;  // matches the last segment
  std::string prefix;      // every match begins with these bytes
  std::string suffix;      // every match ends with these
  std::vector<Token> tokens;
};

namespace {

// Appends the character in UTF-8, or the byte that an invalid unit stands for.
void append(std::string& text, char32_t unit) {
  const auto put = [&](char32_t byte) {
    text += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (unit >= kInvalidByte) {
    put(unit - kInvalidByte);
  } else if (unit < 0x80) {
    put(unit);
  } else if (unit < 0x800) {
    put(0xC0U | (unit >> 6U));
    put(0x80U | (unit & 0x3FU));
  } else if (unit < 0x10000) {
    put(0xE0U | (unit >> 12U));
    put(0x80U | ((unit >> 6U) & 0x3FU));
    put(0x80U | (unit & 0x3FU));
  } else {
    put(0xF0U | (unit >> 18U));
    put(0x80U | ((unit >> 12U) & 0x3FU));
    put(0x80U | ((unit >> 6U) & 0x3FU));
    put(0x80U | (unit & 0x3FU));
  }
}

}  // namespace

// Turns the text of one alternative into tokens.
class Glob::Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

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
    set_borders(result);
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
    const std::size_t end = class_end(rest_, 0);
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

  static void set_borders(Alternative& alternative) {
    const std::vector<Token>& tokens = alternative.tokens;
    const auto plain = [](const Token& token) { return token.kind == Token::Kind::character; };
    const auto first = std::find_if_not(tokens.begin(), tokens.end(), plain);
    for (auto token = tokens.begin(); token != first; ++token)
      append(alternative.prefix, token->character);
    const auto last = std::find_if_not(tokens.rbegin(), tokens.rend(), plain).base();
    for (auto token = std::max(first, last); token != tokens.end(); ++token) {
      append(alternative.suffix, token->character);
    }
  }

  std::string_view rest_;
  std::vector<Token> tokens_;
};

namespace {

// Follows all ways through the tokens at once (Thompson 1968): `active[i]` says that tokens [0, i)
// took what was read.
template <class Token>
bool follow(const std::vector<Token>& tokens, std::string_view text) {
  const std::size_t count = tokens.size() + 1;
  constexpr std::size_t kUsual = 128;
  std::array<bool, kUsual> small_now{};
  std::array<bool, kUsual> small_next{};
  bool* now = small_now.data();
  bool* next = small_next.data();
  std::unique_ptr<bool[]> heap;
  if (count > kUsual) {
    heap = std::make_unique<bool[]>(count * 2);
    now = heap.get();
    next = heap.get() + count;
  }
  const auto enter = [&](bool* states, std::size_t at) {
    states[at] = true;
    while (at < tokens.size() && tokens[at].may_be_empty())
      states[++at] = true;
  };
  enter(now, 0);
  while (!text.empty()) {
    const char32_t unit = next_character(text);
    std::fill_n(next, count, false);
    bool alive = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!now[i]) continue;
      // `folders` that stays inside a folder must not be left again: only its step, on `/`, leaves
      // it.
      if (tokens[i].stays(unit)) {
        alive = true;
        if (tokens[i].kind == Token::Kind::folders) {
          next[i] = true;
        } else {
          enter(next, i);
        }
      }
      if (tokens[i].steps(unit)) {
        alive = true;
        enter(next, i + 1);
      }
    }
    if (!alive) return false;
    std::swap(now, next);
  }
  return now[tokens.size()];
}

}  // namespace

Result<Glob> Glob::compile(std::string_view text) {
  if (text.empty()) return Error{"the path is empty"};
  GATE_TRY(const std::vector<std::string> choices, expand(text));
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
    if (!subject.starts_with(alternative.prefix) || !subject.ends_with(alternative.suffix))
      continue;
    if (follow(alternative.tokens, subject)) return true;
  }
  return false;
}

std::string_view Glob::literal() const {
  if (alternatives_->size() != 1) return {};
  const Alternative& only = alternatives_->front();
  const bool plain = std::all_of(only.tokens.begin(), only.tokens.end(), [](const Token& token) {
    return token.kind == Token::Kind::character;
  });
  return plain && !only.any_depth ? std::string_view(only.prefix) : std::string_view();
}

Result<void> GlobSet::add(std::string_view text) {
  const bool take_back = text.starts_with('!');
  GATE_TRY(Glob glob, Glob::compile(take_back ? text.substr(1) : text));
  if (!take_back) from_everything_ = false;
  items_.push_back({take_back, std::move(glob)});
  return {};
}

bool GlobSet::matches(std::string_view path) const {
  for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
    if (item->glob.matches(path)) return !item->take_back;
  }
  return from_everything_;
}

std::string_view GlobSet::literal() const {
  return items_.size() == 1 && !items_.front().take_back ? items_.front().glob.literal()
                                                         : std::string_view();
}

std::vector<std::string> GlobSet::texts() const {
  std::vector<std::string> texts;
  for (const Item& item : items_)
    texts.push_back((item.take_back ? "!" : "") + item.glob.text());
  return texts;
}

}  // namespace gate::base
