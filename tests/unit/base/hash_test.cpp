#include "gate/base/hash.h"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using gate::base::Sha256;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4's examples") {
  CHECK(Sha256().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(Sha256().add("abc").hex() ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(Sha256().add(std::string(1'000'000, 'a')).hex() ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("bytes add up, fields stay apart") {
  CHECK(Sha256().add("ab").add("c").hex() == Sha256().add("abc").hex());
  CHECK(Sha256().field("ab").field("c").hex() != Sha256().field("a").field("bc").hex());
  CHECK(Sha256().field("").hex() != Sha256().hex());
}
