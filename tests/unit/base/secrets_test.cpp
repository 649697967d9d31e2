#include "gate/base/secrets.h"

#include <string>

#include <catch2/catch.hpp>

using gate::base::is_secret;
using gate::base::looks_secret;

TEST_CASE("a key that a service gave out is a secret under any name") {
  // Put together, so that no scanner takes the test for a leak.
  const std::string tail(36, 'x');
  for (const char* begin : {"sk_live_", "rk_live_", "ghp_", "glpat-", "xoxb-", "AKIA", "AIza",
                            "npm_", "whsec_", "shpat_", "eyJ", "-----BEGIN RSA PRIVATE KEY-----"}) {
    CAPTURE(begin);
    CHECK(is_secret("PAYMENT", begin + tail));
    CHECK(looks_secret("{'a': '" + (begin + tail) + "'}"));
  }
  CHECK(is_secret("LINK", "https://shop:word@db.example.org/x"));
}

TEST_CASE("texts that only begin like one are shown") {
  for (const char* text : {"ask_live_support", "AKIA", "ghp_", "SG.", "eyJust a word", "AIzawa",
                           "https://shop@db.example.org/x", "redis://cache:6379"}) {
    CAPTURE(text);
    CHECK_FALSE(looks_secret(text));
  }
}

TEST_CASE("what a name with the word of a secret speaks of is shown") {
  CHECK_FALSE(is_secret("PASSWORD_TIMEOUT", "10800"));
  CHECK_FALSE(is_secret("USE_TOKEN_AUTH", "false"));
  CHECK_FALSE(is_secret("USE_TOKEN", "false"));
  CHECK_FALSE(is_secret("SECRET_HOST", "vault.example.org"));
  CHECK_FALSE(is_secret("PUBLIC_KEY_PATH", "/etc/keys/x.pem"));
  CHECK_FALSE(is_secret("REDIS_PASSWORD", "null"));
  CHECK_FALSE(is_secret("DB_HOST", "db.example.org"));
}

TEST_CASE("what may be the secret itself is hidden, whatever it looks like") {
  CHECK(is_secret("DB_PASSWORD", "123456"));
  CHECK(is_secret("DB_PASSWORD", "true"));
  CHECK(is_secret("API_TOKEN", "4711"));
  CHECK(is_secret("APP_KEY", "localhost"));
  CHECK(is_secret("AWS_ACCESS_KEY_ID", "12345"));
  CHECK(is_secret("TOKEN_URL", "https://example.org/?key=a"));
  CHECK(is_secret("SECRET_SAUCE", "a word"));
}
