#include "gate/readers/lockfiles/hash_text.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers::lockfiles {
namespace {

struct Algorithm {
  std::string_view name;
  std::size_t bytes;
  bool is_strong;
};

constexpr std::array kAlgorithms = std::to_array<Algorithm>({{"md5", 16, false},
                                                             {"sha1", 20, false},
                                                             {"sha224", 28, true},
                                                             {"sha256", 32, true},
                                                             {"sha384", 48, true},
                                                             {"sha512", 64, true},
                                                             {"sha3_256", 32, true},
                                                             {"sha3_384", 48, true},
                                                             {"sha3_512", 64, true},
                                                             {"blake2b", 64, true},
                                                             {"blake2s", 32, true}});

bool is_hex(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const char lower = base::to_lower(c);
    return base::is_digit(c) || (lower >= 'a' && lower <= 'f');
  });
}

// By byte: whether it is a digit of base64.
constexpr std::array<bool, 256> kBase64 = [] {
  std::array<bool, 256> digits{};
  for (const char c : std::string_view("+/"))
    digits[static_cast<unsigned char>(c)] = true;
  for (unsigned c = 0; c < digits.size(); ++c) {
    if (base::is_alphanumeric(static_cast<char>(c))) digits[c] = true;
  }
  return digits;
}();

bool is_base64_of(std::string_view text, std::size_t bytes) {
  const std::size_t size = (bytes + 2) / 3 * 4;
  const std::size_t padding = (3 - bytes % 3) % 3;
  if (text.size() != size) return false;
  const std::string_view body = text.substr(0, size - padding);
  return std::all_of(body.begin(), body.end(),
                     [](char c) { return kBase64[static_cast<unsigned char>(c)]; }) &&
         text.substr(size - padding) == std::string_view("==").substr(0, padding);
}

HashText judge(std::string_view name, std::string_view value, bool in_hex) {
  HashText hash;
  hash.algorithm = base::to_lower(name);
  const auto known = std::find_if(kAlgorithms.begin(), kAlgorithms.end(),
                                  [&](const Algorithm& one) { return one.name == hash.algorithm; });
  if (known == kAlgorithms.end()) {
    hash.problem = fmt::format("names no algorithm that is known: `{}`", name);
    return hash;
  }
  hash.is_strong = known->is_strong;
  const bool good = in_hex ? value.size() == known->bytes * 2 && is_hex(value)
                           : is_base64_of(value, known->bytes);
  if (!good) {
    hash.problem = fmt::format("is no {}: {} {} are needed", known->name,
                               in_hex ? known->bytes * 2 : (known->bytes + 2) / 3 * 4,
                               in_hex ? "digits in hex" : "characters of base64");
  }
  return hash;
}

}  // namespace

HashText parse_hash(std::string_view text) {
  // Options behind `?` do not count.
  text = text.substr(0, text.find('?'));
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos)
    return judge(text.substr(0, colon), text.substr(colon + 1), true);
  if (const std::size_t dash = text.find('-'); dash != std::string_view::npos)
    return judge(text.substr(0, dash), text.substr(dash + 1), false);
  // Yarn puts the version of its cache in front of the sha512 of its archive.
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos)
    text = text.substr(slash + 1);
  return judge("sha512", text, true);
}

bool is_commit_id(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) && is_hex(text);
}

}  // namespace gate::readers::lockfiles
