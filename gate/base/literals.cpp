#include "gate/base/literals.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "gate/base/byte_frequency.h"

// Two steps. A parser of RE2's syntax (re2/syntax.txt) turns the pattern into pieces, each
// described by what it can match; on anything it does not know it gives up. Then pieces are put
// together from the inside out: what a piece matches is either a small set of texts, or has a best
// set of texts of which it contains one. The idea is that of R. Cox, "Regular Expression Matching
// with a Trigram Index", and of RE2's own prefilter; places are added here.
namespace gate::base {
namespace {

constexpr std::size_t kMostTexts = 64;      // of one set
constexpr std::size_t kMostClassBytes = 8;  // a class of more bytes is no text
constexpr std::size_t kLongestText = 64;
constexpr int kMostNesting = 200;
constexpr int kMostRepeats = 1000;  // RE2's own limit

using Bytes = std::bitset<256>;
using Texts = std::vector<Literal>;

std::size_t plus(std::size_t a, std::size_t b) { return a > kUnbounded - b ? kUnbounded : a + b; }
std::size_t times(std::size_t a, std::size_t b) {
  if (a == 0 || b == 0) return 0;
  return a > kUnbounded / b ? kUnbounded : a * b;
}

bool is_letter(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}
char lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
}
char upper(char byte) {
  return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - ('a' - 'A')) : byte;
}
std::size_t index(char byte) { return static_cast<unsigned char>(byte); }

// A set of texts of which the match contains one, and where.
struct Candidate {
  Texts texts;
  std::size_t before = 0;
  Bytes before_bytes;
  std::size_t after = 0;
};

// What a piece of a pattern can match. Always too much rather than too little.
struct Piece {
  std::optional<Texts> texts;     // all texts that it can match
  std::optional<Candidate> best;  // where `texts` is none
  std::size_t shortest = 0;
  std::size_t longest = 0;
  Bytes bytes;
  bool at_line_start = false;
  std::vector<Piece>
      sequence;  // of a piece that is others in a row, so that texts join across groups
};

// Estimates the share of places in source code at which a text stands.
double occurrences(const Literal& literal) {
  double bits = 0;
  for (const char text : literal.text) {
    const auto byte = static_cast<unsigned char>(text);
    const bool both = literal.ignore_case && is_letter(byte);
    bits += std::log2(byte_frequency(byte) +
                      (both ? byte_frequency(static_cast<unsigned char>(upper(text))) : 0));
  }
  // Neighbours predict each other: n letters in a row tell less than n letters on their own.
  constexpr double kIndependence = 0.75;
  return std::exp2(bits * kIndependence);
}

// Returns what looking for the candidate costs: occurrences expected in a byte, weighed by what
// happens at one.
double cost(const Candidate& candidate) {
  double sum = 0;
  for (const Literal& literal : candidate.texts)
    sum += occurrences(literal);
  return sum * (candidate.before == 0 ? 1 : 4);
}

bool usable(const Texts& texts) {
  return !texts.empty() && std::all_of(texts.begin(), texts.end(), [](const Literal& literal) {
    return literal.text.size() >= kShortestLiteral;
  });
}

void consider(std::optional<Candidate>& best, Candidate candidate) {
  if (!usable(candidate.texts)) return;
  if (!best || cost(candidate) < cost(*best)) best = std::move(candidate);
}

Literal join(const Literal& a, const Literal& b) {
  Literal joined{a.text + b.text, a.ignore_case || b.ignore_case};
  if (joined.ignore_case)
    std::transform(joined.text.begin(), joined.text.end(), joined.text.begin(), lower);
  return joined;
}

void make_unique(Texts& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

std::optional<Texts> product(const Texts& a, const Texts& b) {
  if (a.size() * b.size() > kMostTexts) return std::nullopt;
  Texts result;
  for (const Literal& left : a) {
    for (const Literal& right : b) {
      if (left.text.size() + right.text.size() > kLongestText) return std::nullopt;
      result.push_back(join(left, right));
    }
  }
  make_unique(result);
  return result;
}

Piece empty_piece() {
  Piece piece;
  piece.texts = Texts{Literal{}};
  return piece;
}

// Puts pieces in a row together: texts of neighbours are joined as far as they go.
Piece concatenate(std::vector<Piece> row) {
  std::vector<Piece> flat;
  for (Piece& piece : row) {
    if (piece.sequence.empty()) {
      flat.push_back(std::move(piece));
    } else {
      for (Piece& inner : piece.sequence)
        flat.push_back(std::move(inner));
    }
  }

  std::vector<std::size_t> rest(flat.size() + 1, 0);  // longest from piece i to the end
  for (std::size_t i = flat.size(); i-- > 0;)
    rest[i] = plus(rest[i + 1], flat[i].longest);

  Piece whole;
  std::optional<Candidate> best;
  Texts run{Literal{}};
  std::size_t run_begin = 0;   // piece at which the run begins
  std::size_t run_before = 0;  // longest, and bytes, before it
  Bytes run_bytes;
  bool one_run = true;
  const auto close = [&] { consider(best, {run, run_before, run_bytes, rest[run_begin]}); };
  for (std::size_t i = 0; i < flat.size(); ++i) {
    const Piece& piece = flat[i];
    if (whole.longest == 0 && piece.at_line_start) whole.at_line_start = true;
    std::optional<Texts> joined = piece.texts ? product(run, *piece.texts) : std::nullopt;
    if (joined) {
      run = std::move(*joined);
    } else {
      close();
      one_run = false;
      if (piece.best) {
        Candidate inner = *piece.best;
        inner.before = plus(inner.before, whole.longest);
        inner.before_bytes |= whole.bytes;
        inner.after = plus(inner.after, rest[i + 1]);
        consider(best, std::move(inner));
      }
      run = piece.texts ? *piece.texts : Texts{Literal{}};
      run_begin = piece.texts ? i : i + 1;
      run_before = piece.texts ? whole.longest : plus(whole.longest, piece.longest);
      run_bytes = piece.texts ? whole.bytes : whole.bytes | piece.bytes;
    }
    whole.shortest = plus(whole.shortest, piece.shortest);
    whole.longest = plus(whole.longest, piece.longest);
    whole.bytes |= piece.bytes;
  }
  if (one_run) {
    whole.texts = std::move(run);
  } else {
    close();
    whole.best = std::move(best);
  }
  if (flat.size() > 1) whole.sequence = std::move(flat);
  return whole;
}

// Returns what one occurrence of the piece must contain.
std::optional<Candidate> candidate_of(const Piece& piece) {
  if (!piece.texts) return piece.best;
  if (!usable(*piece.texts)) return std::nullopt;
  return Candidate{*piece.texts, 0, {}, piece.longest};
}

Piece alternate(std::vector<Piece> choices) {
  if (choices.size() == 1) return std::move(choices.front());
  Piece whole;
  whole.shortest = kUnbounded;
  whole.at_line_start = true;
  whole.texts = Texts{};
  Candidate any;
  bool known = true;
  for (const Piece& choice : choices) {
    whole.shortest = std::min(whole.shortest, choice.shortest);
    whole.longest = std::max(whole.longest, choice.longest);
    whole.bytes |= choice.bytes;
    whole.at_line_start = whole.at_line_start && choice.at_line_start;
    if (whole.texts && choice.texts) {
      whole.texts->insert(whole.texts->end(), choice.texts->begin(), choice.texts->end());
    } else {
      whole.texts.reset();
    }
    if (const std::optional<Candidate> one = candidate_of(choice)) {
      any.texts.insert(any.texts.end(), one->texts.begin(), one->texts.end());
      any.before = std::max(any.before, one->before);
      any.before_bytes |= one->before_bytes;
      any.after = std::max(any.after, one->after);
    } else {
      known = false;
    }
  }
  if (whole.texts) {
    make_unique(*whole.texts);
    if (whole.texts->size() > kMostTexts) whole.texts.reset();
  }
  if (!whole.texts && known) {
    make_unique(any.texts);
    if (any.texts.size() <= kMostTexts * 4) whole.best = std::move(any);
  }
  return whole;
}

// Returns the piece with nothing known of it but its lengths and bytes, `least` to `most` times.
Piece blur(const Piece& piece, std::size_t least, std::size_t most) {
  Piece result;
  result.shortest = times(piece.shortest, least);
  result.longest = times(piece.longest, most);
  result.bytes = piece.bytes;
  if (result.longest == 0) result.texts = Texts{Literal{}};
  return result;
}

Piece repeat(Piece piece, std::size_t least, std::size_t most) {
  constexpr std::size_t kCopies = 8;
  if (least == 0 && most == 1) {
    std::vector<Piece> choices;
    choices.push_back(empty_piece());
    choices.push_back(std::move(piece));
    return alternate(std::move(choices));
  }
  std::vector<Piece> row;
  const std::size_t copies = std::min(least, kCopies);
  for (std::size_t i = 0; i < copies; ++i)
    row.push_back(piece);
  if (most != copies) {
    row.push_back(blur(piece, least - copies, most == kUnbounded ? kUnbounded : most - copies));
  }
  return concatenate(std::move(row));
}

void encode(std::string& text, char32_t value) {
  const auto put = [&](char32_t byte) {
    text += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0U | (value >> 6U));
    put(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    put(0xE0U | (value >> 12U));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  } else {
    put(0xF0U | (value >> 18U));
    put(0x80U | ((value >> 12U) & 0x3FU));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  }
}

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

  std::optional<Piece> parse() {
    Piece piece = alternation();
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

  Piece alternation() {
    const bool ignore_case = ignore_case_;  // flags set inside a group end with it
    if (++nesting_ > kMostNesting) failed_ = true;
    std::vector<Piece> choices;
    do {
      choices.push_back(row());
    } while (!failed_ && take("|"));
    --nesting_;
    ignore_case_ = ignore_case;
    return alternate(std::move(choices));
  }

  Piece row() {
    std::vector<Piece> pieces;
    bool repeated = false;  // RE2 refuses a repetition of a repetition
    while (!done() && text_[at_] != '|' && text_[at_] != ')') {
      if (std::size_t least = 0, most = 0; repetition(least, most)) {
        if (pieces.empty() || repeated) {
          failed_ = true;
          break;
        }
        Piece last = std::move(pieces.back());
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
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      value = value * 10 + static_cast<std::size_t>(text_[at_++] - '0');
      if (value > kMostRepeats) failed_ = true;
      if (failed_) return std::nullopt;
    }
    if (at_ == begin) return std::nullopt;
    if (text_[begin] == '0' && at_ - begin > 1) failed_ = true;
    return value;
  }

  void atom(std::vector<Piece>& pieces) {
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

  void group(std::vector<Piece>& pieces) {
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

  void escape(std::vector<Piece>& pieces) {
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
    switch (lower(kind)) {
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
    if (kind != lower(kind)) {
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
      char32_t value = static_cast<char32_t>(kind - '0');
      for (int digits = 1;
           digits < 3 && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '7'; ++digits) {
        value = value * 8 + static_cast<char32_t>(text_[at_++] - '0');
      }
      return value;
    }
    const auto byte = static_cast<unsigned char>(kind);
    if (byte >= 0x80 || is_letter(byte) || (kind >= '0' && kind <= '9') || kind == '_')
      failed_ = true;
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
    if (value > 0x10FFFF) failed_ = true;
    return value;
  }

  // Takes a character as it stands.
  char32_t next() {
    if (done()) {
      failed_ = true;
      return 0;
    }
    const auto first = static_cast<unsigned char>(text_[at_]);
    if (first < 0x80) {
      ++at_;
      return first;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (at_ + length > text_.size()) {
      failed_ = true;
      return 0;
    }
    char32_t value = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      value = (value << 6U) | (static_cast<unsigned char>(text_[at_ + i]) & 0x3FU);
    }
    at_ += length;
    return value;
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
      group.ascii.set(index(lower(byte)));
      group.ascii.set(index(upper(byte)));
      // U+212A and U+017F fold to `k` and `s`.
      if (characters_ && (lower(byte) == 'k' || lower(byte) == 's')) group.others = true;
    }
    if (to >= 0x80) {
      for (const char byte : {'k', 'K', 's', 'S'})
        group.ascii.set(index(byte));
      group.exact = false;
    }
  }

  [[nodiscard]] Piece class_piece(const Class& group) const {
    Piece piece;
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
  static Texts texts_of(const Bytes& bytes) {
    Texts texts;
    for (std::size_t byte = 0; byte < 128; ++byte) {
      const char text = static_cast<char>(byte);
      if (!bytes[byte]) continue;
      const bool both = is_letter(static_cast<unsigned char>(text)) && bytes[index(lower(text))] &&
                        bytes[index(upper(text))];
      if (!both) {
        texts.push_back({std::string(1, text), false});
      } else if (text == lower(text)) {
        texts.push_back({std::string(1, text), true});
      }
    }
    return texts;
  }

  [[nodiscard]] Piece character(char32_t value) const {
    Class one;
    if (value == U'\n') {
      // Across lines a CR may stand before it (pattern.cpp); for lines it never matches.
      Piece piece;
      piece.shortest = 1;
      piece.longest = 2;
      piece.bytes.set('\n');
      piece.bytes.set('\r');
      return piece;
    }
    if (value < 0x80) {
      one.add(value, value);
      if (ignore_case_) fold(one, value, value);
      return class_piece(one);
    }
    if (ignore_case_) {
      one.add_anything();  // its other cases
      return class_piece(one);
    }
    Piece piece;
    Literal literal;
    encode(literal.text, value);
    piece.shortest = literal.text.size();
    piece.longest = literal.text.size();
    for (const char byte : literal.text)
      piece.bytes.set(index(byte));
    piece.texts = Texts{std::move(literal)};
    return piece;
  }

  static Piece line_start() {
    Piece piece = empty_piece();
    piece.at_line_start = true;
    return piece;
  }

  // Across lines `$` may take the CR of the line end along.
  [[nodiscard]] Piece line_end() const {
    if (!multi_line_) return empty_piece();
    Piece piece;
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
  const std::optional<Piece> whole = Parser(pattern).parse();
  if (!whole) return required;
  required.at_line_start = whole->at_line_start;
  std::optional<Candidate> best = candidate_of(*whole);
  if (!best || cost(*best) > kTooCommon) return required;
  required.any_of = std::move(best->texts);
  required.before = best->before;
  required.before_bytes = best->before_bytes;
  required.after = best->after;
  return required;
}

}  // namespace gate::base
