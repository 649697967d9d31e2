// PatternPiece: what is known of the matches of one piece of a pattern, and how pieces are put
// together.
//
// Knows no syntax. Always too much rather than too little: a text or a byte that cannot stand in a
// match does no harm, one that is left out would.
#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <vector>

#include "gate/base/literals.h"

namespace gate::base {

using ByteSet = std::bitset<256>;
using Texts = std::vector<Literal>;

// A set of texts of which the match contains one, and where.
struct RequiredTexts {
  Texts texts;
  std::size_t before = 0;
  ByteSet before_bytes;
  std::size_t after = 0;
};

// What a piece of a pattern can match.
struct PatternPiece {
  std::optional<Texts> texts;         // all texts that it can match
  std::optional<RequiredTexts> best;  // where `texts` is none
  std::size_t shortest = 0;
  std::size_t longest = 0;
  ByteSet bytes;
  bool at_line_start = false;
  // Of a piece that is others in a row: these, so that texts join across groups.
  std::vector<PatternPiece> sequence;
};

// Returns a piece that matches the empty text and nothing else.
[[nodiscard]] PatternPiece empty_piece();

// Returns the pieces in a row: texts of neighbours are joined as far as they go.
[[nodiscard]] PatternPiece concatenate(std::vector<PatternPiece> row);

// Returns one of the pieces, of which there is one at least.
[[nodiscard]] PatternPiece alternate(std::vector<PatternPiece> choices);

// Returns the piece `least` to `most` times; kUnbounded: any number.
[[nodiscard]] PatternPiece repeat(PatternPiece piece, std::size_t least, std::size_t most);

// Returns what every match of the piece contains, if that is known and worth looking for.
[[nodiscard]] std::optional<RequiredTexts> required_texts(const PatternPiece& piece);

// Returns what looking for the texts costs: how often they are to be expected at a place, weighed
// by what happens there.
[[nodiscard]] double cost(const RequiredTexts& texts);

}  // namespace gate::base
