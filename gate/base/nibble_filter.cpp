#include "gate/base/nibble_filter.h"

#include <algorithm>
#include <cassert>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "gate/base/byte_frequency.h"

namespace gate::base {
namespace {

constexpr std::size_t kBuckets = 8;

// Source code by the halves of its bytes.
constexpr std::array<std::array<double, 16>, 16> kFrequency = [] {
  std::array<std::array<double, 16>, 16> table{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    table[byte / 16][byte % 16] = byte_frequency(static_cast<unsigned char>(byte));
  }
  return table;
}();

bool is_letter(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

constexpr unsigned char kCaseBit = 'a' ^ 'A';

}  // namespace

NibbleFilter::NibbleFilter(std::span<const Window> windows) {
  // Each window goes where it adds least; those that are alike come one after the other.
  std::vector<const Window*> order;
  for (const Window& window : windows)
    order.push_back(&window);
  std::sort(order.begin(), order.end(),
            [](const Window* a, const Window* b) { return a->bytes < b->bytes; });
  std::array<double, kBuckets> rates{};
  for (const Window* window : order) {
    std::uint8_t best = 0;
    double least = 0;
    for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
      NibbleFilter with = *this;
      with.add(*window, static_cast<std::uint8_t>(bucket));
      const double added = with.rate_of(static_cast<std::uint8_t>(bucket)) - rates[bucket];
      if (bucket != 0 && added >= least) continue;
      least = added;
      best = static_cast<std::uint8_t>(bucket);
    }
    add(*window, best);
    rates[best] = rate_of(best);
  }
  for (const double rate : rates)
    rate_ += rate;
}

void NibbleFilter::add(const Window& window, std::uint8_t bucket) {
  const auto bit = static_cast<std::uint8_t>(1U << bucket);
  for (std::size_t i = 0; i < kWindow; ++i) {
    Tables& tables = tables_[i];
    if (i >= window.bytes.size()) {
      for (std::uint8_t& half : tables.lower)
        half |= bit;
      for (std::uint8_t& half : tables.upper)
        half |= bit;
      continue;
    }
    const auto byte = static_cast<unsigned char>(window.bytes[i]);
    tables.lower[byte % 16] |= bit;
    tables.upper[byte / 16] |= bit;
    if (window.ignore_case && is_letter(byte)) tables.upper[(byte ^ kCaseBit) / 16] |= bit;
  }
}

double NibbleFilter::rate_of(std::uint8_t bucket) const {
  const auto bit = static_cast<std::uint8_t>(1U << bucket);
  double rate = 1;
  for (const Tables& tables : tables_) {
    double share = 0;
    for (std::size_t upper = 0; upper < 16; ++upper) {
      if ((tables.upper[upper] & bit) == 0) continue;
      for (std::size_t lower = 0; lower < 16; ++lower) {
        if ((tables.lower[lower] & bit) != 0) share += kFrequency[upper][lower];
      }
    }
    rate *= share;
  }
  return rate;
}

#if defined(__x86_64__)

namespace {

__attribute__((target("avx2"))) inline __m256i both_lanes(
    const std::array<std::uint8_t, 16>& half) {
  return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(half.data())));
}

// Returns the buckets that each of the 32 bytes from `at` on may belong to.
__attribute__((target("avx2"))) inline __m256i look_up(const char* at, const __m256i& lower,
                                                       const __m256i& upper) {
  const __m256i half = _mm256_set1_epi8(0x0F);
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
  const __m256i low = _mm256_and_si256(bytes, half);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
  return _mm256_and_si256(_mm256_shuffle_epi8(lower, low), _mm256_shuffle_epi8(upper, high));
}

}  // namespace

bool NibbleFilter::supported() { return __builtin_cpu_supports("avx2") != 0; }

__attribute__((target("avx2"))) std::size_t NibbleFilter::find(const char* text, std::size_t length,
                                                               std::uint32_t* places) const {
  assert(length % kStep == 0);
  const __m256i lower_0 = both_lanes(tables_[0].lower), upper_0 = both_lanes(tables_[0].upper);
  const __m256i lower_1 = both_lanes(tables_[1].lower), upper_1 = both_lanes(tables_[1].upper);
  const __m256i lower_2 = both_lanes(tables_[2].lower), upper_2 = both_lanes(tables_[2].upper);
  const __m256i lower_3 = both_lanes(tables_[3].lower), upper_3 = both_lanes(tables_[3].upper);
  std::uint32_t* place = places;
  for (std::size_t at = 0; at < length; at += kStep) {
    const __m256i buckets =
        _mm256_and_si256(_mm256_and_si256(look_up(text + at, lower_0, upper_0),
                                          look_up(text + at + 1, lower_1, upper_1)),
                         _mm256_and_si256(look_up(text + at + 2, lower_2, upper_2),
                                          look_up(text + at + 3, lower_3, upper_3)));
    const __m256i none = _mm256_cmpeq_epi8(buckets, _mm256_setzero_si256());
    for (auto some = ~static_cast<std::uint32_t>(_mm256_movemask_epi8(none)); some != 0;
         some &= some - 1) {
      *place++ = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(__builtin_ctz(some));
    }
  }
  return static_cast<std::size_t>(place - places);
}

#else

bool NibbleFilter::supported() { return false; }

std::size_t NibbleFilter::find(const char* /*text*/, std::size_t /*length*/,
                               std::uint32_t* /*places*/) const {
  return 0;
}

#endif

}  // namespace gate::base
