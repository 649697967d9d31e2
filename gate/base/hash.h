// SHA-256 (FIPS 180-4) and MD5, from mbedTLS, which libgit2 brings along.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gate::base {

class Sha256 {
 public:
  Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256();

  // Adds bytes; add(a), add(b) equals add(ab).
  Sha256& add(std::string_view bytes);
  // Adds a field with its length in front, so that ("ab", "c") and ("a", "bc") differ.
  Sha256& field(std::string_view bytes);

  // Returns the digest in lower-case hex (64 characters). Call once.
  [[nodiscard]] std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Returns the MD5 (RFC 1321) in lower-case hex: for what others have hashed with it, never for
// anything that has to be safe.
[[nodiscard]] std::string md5(std::string_view bytes);

}  // namespace gate::base
