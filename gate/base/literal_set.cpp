#include "gate/base/literal_set.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <limits>

#include "gate/base/byte_frequency.h"

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

// Returns the share of a literal's byte in source code.
double frequency(const Literal& literal, std::size_t at) {
  const auto byte = static_cast<unsigned char>(literal.text[at]);
  const bool both = literal.ignore_case && byte >= 'a' && byte <= 'z';
  return byte_frequency(byte) + (both ? byte_frequency(byte - ('a' - 'A')) : 0);
}

// Returns the place in the literal at which `count` neighbouring runs of `length` bytes are
// together the rarest.
std::size_t rarest(const Literal& literal, std::size_t length, std::size_t count) {
  std::size_t best = 0;
  double lowest = std::numeric_limits<double>::max();
  for (std::size_t at = 0; at + count + length - 1 <= literal.text.size(); ++at) {
    double sum = 0;
    for (std::size_t run = at; run < at + count; ++run) {
      double product = 1;
      for (std::size_t i = run; i < run + length; ++i)
        product *= frequency(literal, i);
      sum += product;
    }
    if (sum < lowest) {
      lowest = sum;
      best = at;
    }
  }
  return best;
}

// What the methods cost on one core of an AMD EPYC, in cycles: measured over 180 MB of source code.
constexpr double kShuffleByte = 0.4;
constexpr double kShuffleCandidate = 12;
constexpr double kStridePlace = 2.5;

}  // namespace

LiteralSet::LiteralSet(std::span<const Literal> literals, std::optional<Method> method)
    : literals_(literals.begin(), literals.end()),
      filter_((1U << kFilterBits) / 64),
      slots_(1U << kSlotBits) {
  std::size_t shortest = kGram + kMostStride - 1;
  for (const Literal& literal : literals_)
    shortest = std::min(shortest, literal.text.size());
  assert(shortest >= kGram);
  stride_ = shortest - kGram + 1;
  if (stride_ == 3) stride_ = 2;  // a stretch must be a multiple of it

  std::vector<std::size_t> firsts;
  if (NibbleFilter::supported() && method != Method::stride) {
    std::vector<NibbleFilter::Window> windows;
    for (const Literal& literal : literals_) {
      const std::size_t length = std::min(literal.text.size(), NibbleFilter::kWindow);
      firsts.push_back(rarest(literal, length, 1));
      windows.push_back({literal.text.substr(firsts.back(), length), literal.ignore_case});
    }
    NibbleFilter shuffle(windows);
    const double cost = kShuffleByte + kShuffleCandidate * shuffle.rate();
    if (method || cost < kStridePlace / static_cast<double>(stride_)) shuffle_ = shuffle;
  }
  if (shuffle_) stride_ = 1;
  for (std::uint32_t number = 0; number < literals_.size(); ++number) {
    enter(number, shuffle_ ? firsts[number] : rarest(literals_[number], kGram, stride_), stride_);
  }
}

void LiteralSet::enter(std::uint32_t literal, std::size_t first, std::size_t grams) {
  for (std::size_t offset = first; offset < first + grams; ++offset) {
    const std::uint32_t gram = gram_of(literals_[literal].text.data() + offset);
    const std::uint32_t hashed = hash(gram);
    filter_[filter_of(hashed) / 64] |= std::uint64_t{1} << (filter_of(hashed) % 64);
    std::uint32_t& slot = slots_[slot_of(hashed)];
    entries_.push_back({gram, literal, static_cast<std::uint32_t>(offset), slot});
    slot = static_cast<std::uint32_t>(entries_.size());
    reach_ = std::max(reach_, offset);
  }
}

bool LiteralSet::known(std::uint32_t gram) const {
  const std::uint32_t bit = filter_of(hash(gram));
  return ((filter_[bit / 64] >> (bit % 64)) & 1U) != 0;
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

void LiteralSet::find_by_shuffle(std::string_view text, std::size_t from, std::size_t to,
                                 std::vector<Hit>& hits) const {
  constexpr std::size_t kPiece = 4096;
  std::array<std::uint32_t, kPiece>
      places;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
  const std::size_t readable = text.size() - std::min(text.size(), NibbleFilter::kWindow - 1);
  const std::size_t end = std::min(to, readable);
  std::size_t at = from;
  while (at + NibbleFilter::kStep <= end) {
    const std::size_t length =
        std::min(kPiece, (end - at) / NibbleFilter::kStep * NibbleFilter::kStep);
    const std::size_t count = shuffle_->find(text.data() + at, length, places.data());
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t gram = gram_of(text.data() + at + places[i]);
      if (known(gram)) look_up(text, at + places[i], gram, hits);
    }
    at += length;
  }
  find_by_stride<1>(text, at, to, hits);
}

template <std::size_t kStride>
void LiteralSet::find_by_stride(std::string_view text, std::size_t from, std::size_t to,
                                std::vector<Hit>& hits) const {
  constexpr std::size_t kAtOnce = 8;
  const char* const data = text.data();
  const std::uint64_t* const filter = filter_.data();
  const auto is_known = [&](std::uint32_t gram) {
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
      any |= is_known(load(at + i * kStride)) << i;
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
    if (known(gram)) look_up(text, at, gram, hits);
  }
}

void LiteralSet::find(std::string_view text, std::size_t from, std::size_t to,
                      std::vector<Hit>& hits) const {
  assert(from % kStretch == 0);
  if (literals_.empty()) return;
  if (shuffle_) {
    find_by_shuffle(text, from, to, hits);
    return;
  }
  switch (stride_) {
    case 1:
      find_by_stride<1>(text, from, to, hits);
      break;
    case 2:
      find_by_stride<2>(text, from, to, hits);
      break;
    default:
      find_by_stride<kMostStride>(text, from, to, hits);
      break;
  }
}

}  // namespace gate::base
