#include "gate/base/pattern_piece.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/byte_frequency.h"

// The idea is that of R. Cox, "Regular Expression Matching with a Trigram Index", and of RE2's own
// prefilter: what a piece matches is either a small set of texts, or has a best set of texts of
// which it contains one. Places are added here.
namespace gate::base {
namespace {

constexpr std::size_t kMostTexts = 64;  // of one set
constexpr std::size_t kLongestText = 64;

std::size_t plus(std::size_t a, std::size_t b) { return a > kUnbounded - b ? kUnbounded : a + b; }
std::size_t times(std::size_t a, std::size_t b) {
  if (a == 0 || b == 0) return 0;
  return a > kUnbounded / b ? kUnbounded : a * b;
}

// Estimates the share of places in source code at which a text stands.
double occurrences(const Literal& literal) {
  double bits = 0;
  for (const char text : literal.text) {
    double frequency = byte_frequency(static_cast<unsigned char>(text));
    if (literal.ignore_case && is_letter(text)) {
      frequency += byte_frequency(static_cast<unsigned char>(text - ('a' - 'A')));
    }
    bits += std::log2(frequency);
  }
  // Neighbours predict each other: n letters in a row tell less than n letters on their own.
  constexpr double kIndependence = 0.75;
  return std::exp2(bits * kIndependence);
}

bool usable(const Texts& texts) {
  return !texts.empty() && std::all_of(texts.begin(), texts.end(), [](const Literal& literal) {
    return literal.text.size() >= kShortestLiteral;
  });
}

void consider(std::optional<RequiredTexts>& best, RequiredTexts candidate) {
  if (!usable(candidate.texts)) return;
  if (!best || cost(candidate) < cost(*best)) best = std::move(candidate);
}

Literal join(const Literal& a, const Literal& b) {
  Literal joined{a.text + b.text, a.ignore_case || b.ignore_case};
  if (joined.ignore_case) joined.text = to_lower(std::string_view(joined.text));
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

// Returns the piece with nothing known of it but its lengths and bytes, `least` to `most` times.
PatternPiece blur(const PatternPiece& piece, std::size_t least, std::size_t most) {
  PatternPiece result;
  result.shortest = times(piece.shortest, least);
  result.longest = times(piece.longest, most);
  result.bytes = piece.bytes;
  if (result.longest == 0) result.texts = Texts{Literal{}};
  return result;
}

}  // namespace

double cost(const RequiredTexts& candidate) {
  double sum = 0;
  for (const Literal& literal : candidate.texts)
    sum += occurrences(literal);
  return sum * (candidate.before == 0 ? 1 : 4);
}

PatternPiece empty_piece() {
  PatternPiece piece;
  piece.texts = Texts{Literal{}};
  return piece;
}

PatternPiece concatenate(std::vector<PatternPiece> row) {
  std::vector<PatternPiece> flat;
  for (PatternPiece& piece : row) {
    if (piece.sequence.empty()) {
      flat.push_back(std::move(piece));
    } else {
      for (PatternPiece& inner : piece.sequence)
        flat.push_back(std::move(inner));
    }
  }

  std::vector<std::size_t> rest(flat.size() + 1, 0);  // longest from piece i to the end
  for (std::size_t i = flat.size(); i-- > 0;)
    rest[i] = plus(rest[i + 1], flat[i].longest);

  PatternPiece whole;
  std::optional<RequiredTexts> best;
  Texts run{Literal{}};
  std::size_t run_begin = 0;   // piece at which the run begins
  std::size_t run_before = 0;  // longest, and bytes, before it
  ByteSet run_bytes;
  bool one_run = true;
  const auto close = [&] { consider(best, {run, run_before, run_bytes, rest[run_begin]}); };
  for (std::size_t i = 0; i < flat.size(); ++i) {
    const PatternPiece& piece = flat[i];
    if (whole.longest == 0 && piece.at_line_start) whole.at_line_start = true;
    std::optional<Texts> joined = piece.texts ? product(run, *piece.texts) : std::nullopt;
    if (joined) {
      run = std::move(*joined);
    } else {
      close();
      one_run = false;
      if (piece.best) {
        RequiredTexts inner = *piece.best;
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

std::optional<RequiredTexts> required_texts(const PatternPiece& piece) {
  if (!piece.texts) return piece.best;
  if (!usable(*piece.texts)) return std::nullopt;
  return RequiredTexts{*piece.texts, 0, {}, piece.longest};
}

PatternPiece alternate(std::vector<PatternPiece> choices) {
  if (choices.size() == 1) return std::move(choices.front());
  PatternPiece whole;
  whole.shortest = kUnbounded;
  whole.at_line_start = true;
  whole.texts = Texts{};
  RequiredTexts any;
  bool known = true;
  for (const PatternPiece& choice : choices) {
    whole.shortest = std::min(whole.shortest, choice.shortest);
    whole.longest = std::max(whole.longest, choice.longest);
    whole.bytes |= choice.bytes;
    whole.at_line_start = whole.at_line_start && choice.at_line_start;
    if (whole.texts && choice.texts) {
      whole.texts->insert(whole.texts->end(), choice.texts->begin(), choice.texts->end());
    } else {
      whole.texts.reset();
    }
    if (const std::optional<RequiredTexts> one = required_texts(choice)) {
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

PatternPiece repeat(PatternPiece piece, std::size_t least, std::size_t most) {
  constexpr std::size_t kCopies = 8;
  if (least == 0 && most == 1) {
    std::vector<PatternPiece> choices;
    choices.push_back(empty_piece());
    choices.push_back(std::move(piece));
    return alternate(std::move(choices));
  }
  std::vector<PatternPiece> row;
  const std::size_t copies = std::min(least, kCopies);
  for (std::size_t i = 0; i < copies; ++i)
    row.push_back(piece);
  if (most != copies) {
    row.push_back(blur(piece, least - copies, most == kUnbounded ? kUnbounded : most - copies));
  }
  return concatenate(std::move(row));
}

}  // namespace gate::base
