#include "gate/base/hash.h"

#include <span>

#include <mbedtls/md5.h>
#include <mbedtls/sha256.h>

namespace gate::base {
namespace {

std::string in_hex(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

}  // namespace

struct Sha256::State {
  mbedtls_sha256_context context{};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  mbedtls_sha256_init(&state_->context);
  mbedtls_sha256_starts_ret(&state_->context, 0);
}

Sha256::~Sha256() { mbedtls_sha256_free(&state_->context); }

Sha256& Sha256::add(std::string_view bytes) {
  mbedtls_sha256_update_ret(&state_->context, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
  return *this;
}

Sha256& Sha256::field(std::string_view bytes) {
  add(std::to_string(bytes.size()));
  add(":");
  return add(bytes);
}

std::string Sha256::hex() {
  std::array<unsigned char, 32> digest{};
  mbedtls_sha256_finish_ret(&state_->context, digest.data());
  return in_hex(digest);
}

std::string md5(std::string_view bytes) {
  std::array<unsigned char, 16> digest{};
  mbedtls_md5_ret(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                  digest.data());
  return in_hex(digest);
}

}  // namespace gate::base
