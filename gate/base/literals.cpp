#include "gate/base/literals.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/pattern_piece.h"
#include "gate/base/utf8.h"

// A parser of RE2's syntax (re2/syntax.txt) turns the pattern into pieces, each described by what
// it can match; on anything that it does not know it gives up.
namespace gate::base {
namespace {

constexpr std::size_t kMostClassBytes = 8;  // a class of more bytes is no text
constexpr int kMostNesting = 200;
constexpr std::size_t kMostRepeats = 1000;  // RE2's own limit

constexpr char to_upper(char byte) {
  return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - ('a' - 'A')) : byte;
}
constexpr std::size_t index(char byte) { return static_cast<unsigned char>(byte); }

// A set of characters: those in ASCII, and whether there may be others (in a pattern that sees
// bytes: other bytes).
struct Class {
  std::bitset<128> ascii;
  bool others = false;
  bool exact = true;  // false: too much, so that its complement says nothing

  void add(char32_t from, char32_t to) {
    for (char32_t value = from; value <= to && value < 0x80; ++value)
      ascii.set(value);
    if (to >= 0x80) others = true;
  }
  void add(const Class& more) {
    ascii |= more.ascii;
    others = others || more.others;
    exact = exact && more.exact;
  }
  void add_anything() {
    add(0, 0x80);
    exact = false;
  }
};

// Reads a pattern that RE2 has accepted. Every function leaves `failed_` set where it does not know
// what it sees.
class Parser {
 public:
  explicit Parser(const Pattern& pattern)
      : text_(pattern.text()),
        multi_line_(pattern.options().multi_line),
        characters_(pattern.sees_characters()),
        ignore_case_(pattern.options().ignore_case) {}

  std::optional<PatternPiece> parse() {
    PatternPiece piece = alternation();
    if (failed_ || at_ != text_.size()) return std::nullopt;
    return piece;
  }

 private:
  [[nodiscard]] bool done() const { return failed_ || at_ >= text_.size(); }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool take(std::string_view word) {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  PatternPiece alternation() {
    const bool ignore_case = ignore_case_;  // flags set inside a group end with it
    if (++nesting_ > kMostNesting) failed_ = true;
    std::vector<PatternPiece> choices;
    do {
      choices.push_back(row());
    } while (!failed_ && take("|"));
    --nesting_;
    ignore_case_ = ignore_case;
    return alternate(std::move(choices));
  }

  PatternPiece row() {
    std::vector<PatternPiece> pieces;
    bool repeated = false;  // RE2 refuses a repetition of a repetition
    while (!done() && text_[at_] != '|' && text_[at_] != ')') {
      if (std::size_t least = 0, most = 0; repetition(least, most)) {
        if (pieces.empty() || repeated) {
          failed_ = true;
          break;
        }
        PatternPiece last = std::move(pieces.back());
        pieces.back() = repeat(std::move(last), least, most);
        repeated = true;
      } else {
        atom(pieces);
        repeated = false;
      }
    }
    if (pieces.empty()) return empty_piece();
    return concatenate(std::move(pieces));
  }

  // Takes `*`, `+`, `?`, `{n,m}` with the `?` behind it.
  bool repetition(std::size_t& least, std::size_t& most) {
    if (take("*")) {
      least = 0;
      most = kUnbounded;
    } else if (take("+")) {
      least = 1;
      most = kUnbounded;
    } else if (take("?")) {
      least = 0;
      most = 1;
    } else if (!counted(least, most)) {
      return false;
    }
    static_cast<void>(take("?"));
    return true;
  }

  bool counted(std::size_t& least, std::size_t& most) {
    if (!rest().starts_with('{')) return false;
    const std::size_t begin = at_++;
    const auto low = number();
    if (low && take(",")) {
      const auto high = number();
      least = *low;
      most = high.value_or(kUnbounded);
    } else if (low) {
      least = *low;
      most = *low;
    }
    if (low && take("}")) {
      if (most < least) failed_ = true;
      return true;
    }
    at_ = begin;  // then `{` stands for itself
    return false;
  }

  std::optional<std::size_t> number() {
    const std::size_t begin = at_;
    std::size_t value = 0;
    while (at_ < text_.size() && is_digit(text_[at_])) {
      value = value * 10 + static_cast<std::size_t>(text_[at_++] - '0');
      if (value > kMostRepeats) failed_ = true;
      if (failed_) return std::nullopt;
    }
    if (at_ == begin) return std::nullopt;
    if (text_[begin] == '0' && at_ - begin > 1) failed_ = true;
    return value;
  }

  void atom(std::vector<PatternPiece>& pieces) {
    switch (text_[at_]) {
      case '(':
        group(pieces);
        return;
      case '[':
        pieces.push_back(class_piece(bracket()));
        return;
      case '\\':
        escape(pieces);
        return;
      case '.': {
        ++at_;
        Class all;
        all.add(0, 0x80);
        pieces.push_back(class_piece(all));
        return;
      }
      case '^': {
        ++at_;
        pieces.push_back(line_start());
        return;
      }
      case '$': {
        ++at_;
        pieces.push_back(line_end());
        return;
      }
      default:
        pieces.push_back(character(next()));
        return;
    }
  }

  void group(std::vector<PatternPiece>& pieces) {
    ++at_;
    if (take("?")) {
      if (take("P<")) {
        const std::size_t end = text_.find('>', at_);
        if (end == std::string_view::npos) {
          failed_ = true;
          return;
        }
        at_ = end + 1;
      } else {
        bool ignore_case = ignore_case_;
        if (!flags(ignore_case)) {
          failed_ = true;
          return;
        }
        if (take(")")) {
          ignore_case_ = ignore_case;  // for what follows in this group
          return;
        }
        ++at_;  // the `:`
        const bool outside = std::exchange(ignore_case_, ignore_case);
        pieces.push_back(alternation());
        ignore_case_ = outside;
        if (!take(")")) failed_ = true;
        return;
      }
    }
    pieces.push_back(alternation());
    if (!take(")")) failed_ = true;
  }

  // Takes flags up to the `:` or `)`, which stays.
  bool flags(bool& ignore_case) {
    bool on = true;
    while (!done()) {
      switch (text_[at_]) {
        case ':':
        case ')':
          return true;
        case '-':
          on = false;
          break;
        case 'i':
          ignore_case = on;
          break;
        case 'm':  // every flag but `i` leaves what we say true
        case 's':
        case 'U':
          break;
        default:
          return false;
      }
      ++at_;
    }
    return false;
  }

  void escape(std::vector<PatternPiece>& pieces) {
    if (at_ + 1 >= text_.size()) {
      failed_ = true;
      return;
    }
    switch (text_[at_ + 1]) {
      case 'A':
        at_ += 2;
        pieces.push_back(line_start());
        return;
      case 'z':
      case 'b':
      case 'B':
        at_ += 2;
        pieces.push_back(empty_piece());
        return;
      case 'Q': {
        at_ += 2;
        while (!done() && !take("\\E"))
          pieces.push_back(character(next()));
        return;
      }
      default:
        break;
    }
    Class group;
    if (class_escape(group)) {
      pieces.push_back(class_piece(group));
    } else {
      pieces.push_back(character(escaped_character()));
    }
  }

  // Takes `\d`, `\W`, `\pL`, `\p{Greek}` and the like.
  bool class_escape(Class& group) {
    const char kind = text_[at_ + 1];
    if (kind == 'p' || kind == 'P') {
      at_ += 2;
      if (take("{")) {
        const std::size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) failed_ = true;
        at_ = failed_ ? at_ : end + 1;
      } else {
        static_cast<void>(next());
      }
      group.add_anything();
      return true;
    }
    Class named;
    switch (to_lower(kind)) {
      case 'd':
        named.add('0', '9');
        break;
      case 's':
        for (const char32_t space : {U'\t', U'\n', U'\f', U'\r', U' '})
          named.add(space, space);
        break;
      case 'w':
        named.add('0', '9');
        named.add('A', 'Z');
        named.add('a', 'z');
        named.add('_', '_');
        break;
      default:
        return false;
    }
    at_ += 2;
    if (kind != to_lower(kind)) {
      named.ascii.flip();
      named.others = true;
    }
    group.add(named);
    return true;
  }

  // Takes an escape that stands for one character.
  char32_t escaped_character() {
    if (at_ + 1 >= text_.size()) {
      failed_ = true;
      return 0;
    }
    const char kind = text_[at_ + 1];
    at_ += 2;
    switch (kind) {
      case 'a':
        return U'\a';
      case 'f':
        return U'\f';
      case 'n':
        return U'\n';
      case 'r':
        return U'\r';
      case 't':
        return U'\t';
      case 'v':
        return U'\v';
      case 'x':
        return hexadecimal();
      default:
        break;
    }
    if (kind >= '0' && kind <= '7') {
      auto value = static_cast<char32_t>(kind - '0');
      for (int digits = 1;
           digits < 3 && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '7'; ++digits) {
        value = value * 8 + static_cast<char32_t>(text_[at_++] - '0');
      }
      return value;
    }
    const auto byte = static_cast<unsigned char>(kind);
    if (byte >= 0x80 || is_alphanumeric(kind) || kind == '_') failed_ = true;
    return byte;
  }

  char32_t hexadecimal() {
    const auto digit = [](char byte) -> int {
      if (byte >= '0' && byte <= '9') return byte - '0';
      if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
      if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
      return -1;
    };
    const bool braces = take("{");
    char32_t value = 0;
    for (int digits = 0; at_ < text_.size() && digits < (braces ? 8 : 2); ++digits) {
      const int one = digit(text_[at_]);
      if (one < 0) break;
      value = value * 16 + static_cast<char32_t>(one);
      ++at_;
    }
    if (braces && !take("}")) failed_ = true;
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value > 0x10FFFF || surrogate) failed_ = true;
    return value;
  }

  // Takes a character as it stands.
  char32_t next() {
    if (done()) {
      failed_ = true;
      return 0;
    }
    const Decoded decoded = decode(rest());
    if (!decoded.valid) failed_ = true;
    at_ += decoded.size;
    return static_cast<char32_t>(decoded.code);
  }

  Class bracket() {
    ++at_;
    Class group;
    const bool negated = take("^");
    for (bool first = true; !done() && (first || text_[at_] != ']'); first = false) {
      if (rest().starts_with("[:") && text_.find(":]", at_ + 2) != std::string_view::npos) {
        named_class(group);
      } else if (text_[at_] != '\\' || at_ + 1 >= text_.size() || !class_escape(group)) {
        const char32_t from = class_character();
        char32_t to = from;
        if (rest().size() >= 2 && rest()[0] == '-' && rest()[1] != ']') {
          ++at_;
          to = class_character();
        }
        group.add(from, to);
        if (ignore_case_) fold(group, from, to);
      }
    }
    if (!take("]")) failed_ = true;
    if (negated) {
      // What is beyond ASCII is not told apart: its complement may still hold some of it.
      group.ascii.flip();
      group.others = true;
      if (!group.exact) group.ascii.set();
    }
    return group;
  }

  char32_t class_character() {
    return !done() && text_[at_] == '\\' ? escaped_character() : next();
  }

  // `[[:alpha:]]` and the like: RE2 knows them in ASCII. Told apart no further than that.
  void named_class(Class& group) {
    at_ = text_.find(":]", at_ + 2) + 2;
    group.add_anything();
  }

  void fold(Class& group, char32_t from, char32_t to) const {
    for (char32_t value = from; value <= to && value < 0x80; ++value) {
      const char byte = static_cast<char>(value);
      group.ascii.set(index(to_lower(byte)));
      group.ascii.set(index(to_upper(byte)));
      // U+212A and U+017F fold to `k` and `s`.
      if (characters_ && (to_lower(byte) == 'k' || to_lower(byte) == 's')) group.others = true;
    }
    if (to >= 0x80) {
      for (const char byte : {'k', 'K', 's', 'S'})
        group.ascii.set(index(byte));
      group.exact = false;
    }
  }

  [[nodiscard]] PatternPiece class_piece(const Class& group) const {
    PatternPiece piece;
    for (std::size_t byte = 0; byte < 128; ++byte) {
      if (group.ascii[byte]) piece.bytes.set(byte);
    }
    // In a pattern for lines nothing matches an LF.
    if (!multi_line_) piece.bytes.reset('\n');
    if (!group.others) {
      piece.shortest = 1;
      piece.longest = 1;
      if (piece.bytes.count() <= kMostClassBytes && !piece.bytes['\n'])
        piece.texts = texts_of(piece.bytes);
      return piece;
    }
    for (std::size_t byte = 0x80; byte < 256; ++byte)
      piece.bytes.set(byte);
    piece.shortest = 1;
    piece.longest = characters_ ? 4 : 1;
    return piece;
  }

  // One text a byte; a letter in both cases is one text whose case is ignored.
  static Texts texts_of(const ByteSet& bytes) {
    Texts texts;
    for (std::size_t byte = 0; byte < 128; ++byte) {
      const char text = static_cast<char>(byte);
      if (!bytes[byte]) continue;
      const bool both =
          is_letter(text) && bytes[index(to_lower(text))] && bytes[index(to_upper(text))];
      if (!both) {
        texts.push_back({std::string(1, text), false});
      } else if (text == to_lower(text)) {
        texts.push_back({std::string(1, text), true});
      }
    }
    return texts;
  }

  [[nodiscard]] PatternPiece character(char32_t value) const {
    Class one;
    if (value == U'\n') {
      // Across lines a CR may stand before it (pattern.cpp); for lines it never matches.
      PatternPiece piece;
      piece.shortest = 1;
      piece.longest = 2;
      piece.bytes.set('\n');
      piece.bytes.set('\r');
      return piece;
    }
    const bool has_cases = ignore_case_ && (value >= 0x80 || is_letter(static_cast<char>(value)));
    if (has_cases && value < 0x80) {
      fold(one, value, value);
      return class_piece(one);
    }
    if (has_cases) {
      one.add_anything();  // its other cases
      return class_piece(one);
    }
    PatternPiece piece;
    Literal literal;
    append_utf8(literal.text, static_cast<CodePoint>(value));
    piece.shortest = literal.text.size();
    piece.longest = literal.text.size();
    for (const char byte : literal.text)
      piece.bytes.set(index(byte));
    piece.texts = Texts{std::move(literal)};
    return piece;
  }

  static PatternPiece line_start() {
    PatternPiece piece = empty_piece();
    piece.at_line_start = true;
    return piece;
  }

  // Across lines `$` may take the CR of the line end along.
  [[nodiscard]] PatternPiece line_end() const {
    if (!multi_line_) return empty_piece();
    PatternPiece piece;
    piece.longest = 1;
    piece.bytes.set('\r');
    return piece;
  }

  std::string_view text_;
  bool multi_line_;
  bool characters_;
  bool ignore_case_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  bool failed_ = false;
};

// What RE2 takes for a byte, in occurrences followed: where more are to be expected, it had better
// read everything.
constexpr double kTooCommon = 1.0 / 32;

}  // namespace

RequiredLiterals required_literals(const Pattern& pattern) {
  RequiredLiterals required;
  const std::optional<PatternPiece> whole = Parser(pattern).parse();
  if (!whole) return required;
  required.at_line_start = whole->at_line_start;
  std::optional<RequiredTexts> best = required_texts(*whole);
  if (!best || cost(*best) > kTooCommon) return required;
  required.any_of = std::move(best->texts);
  required.before = best->before;
  required.before_bytes = best->before_bytes;
  required.after = best->after;
  return required;
}

}  // namespace gate::base
