#include "gate/base/secrets.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace gate::base {
namespace {

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

// How keys and tokens begin, and how many characters follow at least.
struct Token {
  std::string_view begin;
  std::size_t least;
};
constexpr auto kTokens = std::to_array<Token>({
    {"sk_live_", 10}, {"sk_test_", 10},    {"rk_live_", 10},
    {"rk_test_", 10}, {"whsec_", 16},      {"ghp_", 20},
    {"gho_", 20},     {"ghu_", 20},        {"ghs_", 20},
    {"ghr_", 20},     {"github_pat_", 20}, {"glpat-", 16},
    {"xoxb-", 10},    {"xoxp-", 10},       {"xoxa-", 10},
    {"xapp-", 10},    {"AKIA", 16},        {"ASIA", 16},
    {"AIza", 30},     {"SG.", 30},         {"npm_", 30},
    {"pypi-", 30},    {"rzp_live_", 10},   {"rzp_test_", 10},
    {"shpat_", 20},   {"dop_v1_", 30},     {"hf_", 30},
    {"sk-ant-", 20},  {"sk-proj-", 20},    {"EAAC", 60},
    {"eyJ", 30},      {"-----BEGIN", 0},   {"hooks.slack.com", 12},
});

bool is_token_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
         c == '/';
}

template <std::size_t size>
bool is_one_of(std::string_view word, const std::array<std::string_view, size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether a value gives nothing away although its variable has the name of a secret.
bool is_harmless(std::string_view key, std::string_view value) {
  constexpr auto kSwitches = std::to_array<std::string_view>(
      {"TRUE", "FALSE", "ON", "OFF", "YES", "NO", "(TRUE)", "(FALSE)"});
  constexpr auto kNothing =
      std::to_array<std::string_view>({"", "NULL", "NONE", "EMPTY", "(NULL)", "(EMPTY)"});
  constexpr auto kWords =
      std::to_array<std::string_view>({"PASSWORD", "PASSWD", "PASSPHRASE", "PASS", "PWD"});
  // Names that end so are those of the secret itself.
  constexpr auto kItself = std::to_array<std::string_view>(
      {"PASSWORD", "PASSWD", "PASSPHRASE", "PASS", "PWD", "SECRET", "TOKEN", "KEY", "APIKEY", "DSN",
       "CREDENTIAL", "CREDENTIALS", "SALT", "PRIVATE", "ID"});
  constexpr auto kAddresses = std::to_array<std::string_view>(
      {"HOST",  "HOSTNAME", "DOMAIN",     "PORT",    "PATH",     "FILE",      "DIR",    "URL",
       "URI",   "NAME",     "BACKEND",    "CLASS",   "MODEL",    "ALGORITHM", "DRIVER", "BROKER",
       "TABLE", "HASHERS",  "VALIDATORS", "CLASSES", "BACKENDS", "MODELS",    "HOSTS",  "TYPE",
       "TYPES", "HEADER",   "LIFETIME",   "TIMEOUT", "TTL"});
  const std::string word = upper(value);
  if (is_one_of(word, kNothing)) return true;
  const std::string name = upper(key);
  const std::string_view last =
      std::string_view(name).substr(name.find_last_of("_.") + 1);  // npos + 1 is 0
  // `true` may be a bad password, and is no token.
  if (is_one_of(word, kSwitches)) return !is_one_of(last, kWords);
  if (is_one_of(last, kItself)) return false;
  if (value.size() <= 10 && std::all_of(value.begin(), value.end(),
                                        [](unsigned char c) { return std::isdigit(c) != 0; })) {
    return true;
  }
  return is_one_of(last, kAddresses) && value.find('?') == std::string_view::npos;
}

}  // namespace

bool is_secret_name(std::string_view key) {
  constexpr std::array<std::string_view, 16> kMarks{
      "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "TOKEN",      "API_KEY",    "APIKEY", "APP_KEY",
      "PRIVATE",  "_PASS",  "_PWD",       "_DSN",   "CREDENTIAL", "ACCESS_KEY", "_KEY",   "SALT"};
  const std::string name = upper(key);
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return name.find(mark) != std::string::npos; });
}

std::string_view password_in_url(std::string_view value) {
  constexpr std::string_view kScheme = "://";
  const std::size_t scheme = value.find(kScheme);
  if (scheme == std::string_view::npos) return {};
  value.remove_prefix(scheme + kScheme.size());
  value = value.substr(0, value.find('/'));
  const std::size_t at = value.rfind('@');
  const std::size_t colon = value.find(':');
  if (at == std::string_view::npos || colon == std::string_view::npos || colon > at) return {};
  return value.substr(colon + 1, at - colon - 1);
}

bool looks_secret(std::string_view text) {
  if (!password_in_url(text).empty()) return true;
  return std::any_of(kTokens.begin(), kTokens.end(), [&](const Token& token) {
    for (std::size_t at = text.find(token.begin); at != std::string_view::npos;
         at = text.find(token.begin, at + 1)) {
      const bool inside = at > 0 && is_token_character(text[at - 1]);
      std::size_t end = at + token.begin.size();
      while (end < text.size() && is_token_character(text[end]))
        ++end;
      if (!inside && end - at >= token.begin.size() + token.least) return true;
    }
    return false;
  });
}

bool is_secret(std::string_view key, std::string_view value) {
  if (looks_secret(value)) return true;
  return is_secret_name(key) && !is_harmless(key, value);
}

}  // namespace gate::base
