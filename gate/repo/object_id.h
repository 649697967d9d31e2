// ObjectId: the name of a git object, SHA-1; and the words in which git writes down a file.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace gate::repo {

struct ObjectId {
  static constexpr std::size_t kSize = 20;
  std::array<unsigned char, kSize> bytes{};

  // Returns the id at the start of `raw`, which holds at least kSize bytes.
  [[nodiscard]] static ObjectId from_raw(std::string_view raw) {
    ObjectId id;
    std::memcpy(id.bytes.data(), raw.data(), kSize);
    return id;
  }

  [[nodiscard]] bool is_zero() const { return *this == ObjectId{}; }

  // Returns the id in lower-case hex.
  [[nodiscard]] std::string hex() const {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * kSize);
    for (const unsigned char byte : bytes) {
      text += kDigits[byte >> 4];
      text += kDigits[byte & 0xF];
    }
    return text;
  }

  friend auto operator<=>(const ObjectId&, const ObjectId&) = default;
};

// The id of a file without bytes.
inline constexpr ObjectId kEmptyBlob{{0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6, 0x43, 0x4b, 0x8b,
                                      0x29, 0xae, 0x77, 0x5a, 0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91}};

// The types of a file as index and trees write them (git's octal modes).
inline constexpr unsigned kModeType = 0170000;
inline constexpr unsigned kModeTree = 0040000;
inline constexpr unsigned kModeRegular = 0100000;
inline constexpr unsigned kModeSymlink = 0120000;
inline constexpr unsigned kModeSubmodule = 0160000;

// What a commit or the index says of one path.
struct TrackedFile {
  std::string path;
  std::uint32_t mode = 0;
  ObjectId id;
};

}  // namespace gate::repo
