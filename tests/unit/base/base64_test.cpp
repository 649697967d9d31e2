#include "gate/base/base64.h"

#include <catch2/catch.hpp>

namespace gate::base {
namespace {

TEST_CASE("base64 there and back") {
  CHECK(decode_base64("") == "");
  CHECK(decode_base64("QQ==") == "A");
  CHECK(decode_base64("QUI=") == "AB");
  CHECK(decode_base64("QUJD") == "ABC");
  for (const std::string_view bad : {"Q", "QQ=", "Q===", "====", "QQ=A", "QQ*=", "Q=QQ"})
    CHECK_FALSE(decode_base64(bad));
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    CHECK(decode_base64(encode_base64(bytes)) == bytes);
    bytes += static_cast<char>(i * 7);
  }
  CHECK(encode_base64("\xfb\xff") == "+/8=");
}

}  // namespace
}  // namespace gate::base
