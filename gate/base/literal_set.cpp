#include "gate/base/literal_set.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <limits>

// The skipping is that of Wu and Manber ("A fast algorithm for multi-pattern searching", 1994) with
// a fixed stride: the next place does not depend on what was read, so the processor looks at
// several at once.
namespace gate::base {
namespace {

constexpr std::size_t kGram = 3;
constexpr std::size_t kMostStride = 4;
constexpr unsigned kFilterBits = 16;  // 8 KB: stays in the first-level cache beside the text
constexpr unsigned kSlotBits = 12;

static_assert(LiteralSet::kStretch % 1 == 0 && LiteralSet::kStretch % 2 == 0 &&
              LiteralSet::kStretch % 4 == 0);

// Grams are compared without the bit that tells ASCII capitals from small letters: one filter for
// both sorts of literal. What else falls together (`@` and a backquote) is told apart by the
// comparison of the literal.
constexpr std::uint32_t kFold = 0x202020;

std::uint32_t gram_of(const char* at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(at[i]));
  };
  return (byte(0) | byte(1) << 8U | byte(2) << 16U) | kFold;
}

std::uint32_t hash(std::uint32_t gram) {
  return gram * 0x9E3779B1U;
}  // Fibonacci hashing, Knuth 6.4
std::uint32_t filter_of(std::uint32_t hashed) { return hashed >> (32U - kFilterBits); }
std::uint32_t slot_of(std::uint32_t hashed) { return hashed >> (32U - kSlotBits); }

constexpr std::array<char, 256> kLower = [] {
  std::array<char, 256> table{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    table[byte] = static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
  }
  return table;
}();

bool stands_at(const Literal& literal, const char* at) {
  const std::string& text = literal.text;
  if (!literal.ignore_case) return std::memcmp(at, text.data(), text.size()) == 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kLower[static_cast<unsigned char>(at[i])] != text[i]) return false;
  }
  return true;
}

// How often a byte occurs in source code, in thousandths; counted over PHP, JavaScript, TypeScript
// and YAML.
unsigned frequency(unsigned char byte) {
  constexpr std::string_view kLetters = "etaoinsrldcupmfhgybvwxkqjz";
  constexpr std::array<unsigned char, 26> kOfLetter{80, 62, 48, 44, 48, 46, 44, 44, 30,
                                                    26, 26, 22, 22, 20, 16, 14, 14, 12,
                                                    10, 8,  7,  6,  6,  3,  2,  2};
  const char folded = kLower[byte];
  if (const std::size_t at = kLetters.find(folded); at != std::string_view::npos)
    return kOfLetter[at];
  if (byte == ' ') return 150;
  if (byte >= '0' && byte <= '9') return 6;
  if (std::string_view("\n_.,;:()'\"=/-*$").find(static_cast<char>(byte)) != std::string_view::npos)
    return 16;
  return 3;
}

// Returns the place in `text` at which `count` neighbouring grams are together the rarest.
std::size_t rarest_grams(std::string_view text, std::size_t count) {
  const auto rate = [&](std::size_t at) {
    double product = 1;
    for (std::size_t i = at; i < at + kGram; ++i)
      product *= frequency(static_cast<unsigned char>(text[i]));
    return product;
  };
  std::size_t best = 0;
  double lowest = std::numeric_limits<double>::max();
  for (std::size_t at = 0; at + count + kGram - 1 <= text.size(); ++at) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i)
      sum += rate(at + i);
    if (sum < lowest) {
      lowest = sum;
      best = at;
    }
  }
  return best;
}

}  // namespace

LiteralSet::LiteralSet(std::span<const Literal> literals)
    : literals_(literals.begin(), literals.end()),
      filter_((1U << kFilterBits) / 64),
      slots_(1U << kSlotBits) {
  std::size_t shortest = kGram + kMostStride - 1;
  for (const Literal& literal : literals_)
    shortest = std::min(shortest, literal.text.size());
  assert(shortest >= kGram);
  stride_ = shortest - kGram + 1;
  if (stride_ == 3) stride_ = 2;  // a stretch must be a multiple of it

  for (std::uint32_t number = 0; number < literals_.size(); ++number) {
    const std::string_view text = literals_[number].text;
    const std::size_t first = rarest_grams(text, stride_);
    for (std::size_t offset = first; offset < first + stride_; ++offset) {
      const std::uint32_t gram = gram_of(text.data() + offset);
      const std::uint32_t hashed = hash(gram);
      filter_[filter_of(hashed) / 64] |= std::uint64_t{1} << (filter_of(hashed) % 64);
      std::uint32_t& slot = slots_[slot_of(hashed)];
      entries_.push_back({gram, number, static_cast<std::uint32_t>(offset), slot});
      slot = static_cast<std::uint32_t>(entries_.size());
      reach_ = std::max(reach_, offset);
    }
  }
}

void LiteralSet::look_up(std::string_view text, std::size_t at, std::uint32_t gram,
                         std::vector<Hit>& hits) const {
  for (std::uint32_t entry = slots_[slot_of(hash(gram))]; entry != 0;
       entry = entries_[entry - 1].next) {
    const Entry& candidate = entries_[entry - 1];
    if (candidate.gram != gram || candidate.offset > at) continue;
    const std::size_t begin = at - candidate.offset;
    const Literal& literal = literals_[candidate.literal];
    if (literal.text.size() > text.size() - begin) continue;
    if (stands_at(literal, text.data() + begin)) hits.push_back({begin, candidate.literal});
  }
}

template <std::size_t kStride>
void LiteralSet::find_at_stride(std::string_view text, std::size_t from, std::size_t to,
                                std::vector<Hit>& hits) const {
  constexpr std::size_t kAtOnce = 8;
  const char* const data = text.data();
  const std::uint64_t* const filter = filter_.data();
  const auto known = [&](std::uint32_t gram) {
    const std::uint32_t bit = filter_of(hash(gram));
    return static_cast<unsigned>((filter[bit / 64] >> (bit % 64)) & 1U);
  };
  const auto load = [&](std::size_t at) {
    if constexpr (std::endian::native != std::endian::little) return gram_of(data + at);
    std::uint32_t word = 0;
    std::memcpy(&word, data + at, sizeof word);
    return (word & 0xFFFFFFU) | kFold;
  };
  std::size_t at = from;
  // A load takes a byte more than the gram has.
  const std::size_t safe =
      text.size() < sizeof(std::uint32_t) ? 0 : text.size() - sizeof(std::uint32_t) + 1;
  const std::size_t fast_end = std::min(to, safe);
  while (at + kStride * (kAtOnce - 1) < fast_end) {
    unsigned any = 0;
    for (std::size_t i = 0; i < kAtOnce; ++i)
      any |= known(load(at + i * kStride)) << i;
    while (any != 0) {
      const auto i = static_cast<std::size_t>(__builtin_ctz(any));
      any &= any - 1;
      look_up(text, at + i * kStride, load(at + i * kStride), hits);
    }
    at += kStride * kAtOnce;
  }
  const std::size_t grams = text.size() < kGram ? 0 : text.size() - kGram + 1;
  for (const std::size_t end = std::min(to, grams); at < end; at += kStride) {
    const std::uint32_t gram = gram_of(data + at);
    if (known(gram) != 0) look_up(text, at, gram, hits);
  }
}

void LiteralSet::find(std::string_view text, std::size_t from, std::size_t to,
                      std::vector<Hit>& hits) const {
  assert(from % kStretch == 0);
  if (literals_.empty()) return;
  switch (stride_) {
    case 1:
      find_at_stride<1>(text, from, to, hits);
      break;
    case 2:
      find_at_stride<2>(text, from, to, hits);
      break;
    default:
      find_at_stride<kMostStride>(text, from, to, hits);
      break;
  }
}

}  // namespace gate::base
