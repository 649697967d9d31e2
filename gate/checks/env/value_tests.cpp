#include "gate/checks/env/value_tests.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/base64.h"
#include "gate/base/pattern.h"
#include "gate/checks/env/addresses.h"

namespace gate::checks {
namespace {

constexpr std::size_t kStrongLength = 12;
// About thirteen random small letters; what a rented machine does not try through in years.
constexpr double kStrongBits = 60;

template <class Words>
bool is_one_of(std::string_view word, const Words& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Words without the marks that people put between them: `my_secret` and `mysecret` are one.
std::string letters_and_digits(std::string_view value) {
  std::string bare = base::to_lower(value);
  bare.erase(
      std::remove_if(bare.begin(), bare.end(), [](char c) { return !base::is_alphanumeric(c); }),
      bare.end());
  return bare;
}

// As a whole value.
constexpr auto kPlaceholderWords = std::to_array<std::string_view>(
    {"secret",      "password", "passwd",   "pass",       "foo",       "bar",      "foobar",
     "baz",         "todo",     "tbd",      "fixme",      "dummy",     "example",  "sample",
     "test",        "testing",  "none",     "undefined",  "key",       "token",    "apikey",
     "value",       "string",   "username", "user",       "admin",     "root",     "asdf",
     "qwerty",      "letmein",  "mysecret", "mypassword", "secretkey", "appkey",   "replace",
     "supersecret", "123",      "1234",     "12345",      "123456",    "12345678", "123456789",
     "1234567890"});

bool is_one_character_repeated(std::string_view value) {
  return value.size() >= 3 && value.find_first_not_of(value.front()) == std::string_view::npos;
}

// `<…>`, `{{…}}`, `%…%`, `__…__` around the whole value.
bool is_in_template_marks(std::string_view value) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kMarks{
      {{"<", ">"}, {"{{", "}}"}, {"%", "%"}, {"__", "__"}}};
  return std::any_of(kMarks.begin(), kMarks.end(), [&](const auto& mark) {
    return value.size() > mark.first.size() + mark.second.size() &&
           value.substr(0, mark.first.size()) == mark.first &&
           value.substr(value.size() - mark.second.size()) == mark.second;
  });
}

// Returns what follows the last `@` or the `://` and ends before a port, path, query or fragment.
std::string_view host_part(std::string_view value) {
  const std::size_t scheme = value.find("://");
  if (scheme != std::string_view::npos) value.remove_prefix(scheme + 3);
  value = value.substr(0, value.find_first_of("/?#"));
  const std::size_t at = value.rfind('@');
  if (at != std::string_view::npos) {
    value.remove_prefix(at + 1);
  } else if (scheme == std::string_view::npos) {
    return {};
  }
  return value.substr(0, value.find(':'));
}

// The parts of a value that a guesser tries first, so that they count as one character each.
constexpr auto kGuessedWords = std::to_array<std::string_view>(
    {"password", "passwort", "passwd",   "passw0rd", "p@ssw0rd", "p@ssword",   "secret",
     "admin",    "laravel",  "django",   "letmein",  "welcome",  "qwertyuiop", "qwerty",
     "asdfgh",   "iloveyou", "monkey",   "dragon",   "master",   "root",       "user",
     "test",     "example",  "database", "mysql",    "postgres", "redis",      "changeme"});

// Returns the value with every guessed word and every run (`aaaa`, `1234`, `dcba`) shortened to its
// first character.
std::string squeeze(std::string_view value) {
  const std::string folded = base::to_lower(value);
  std::string squeezed;
  for (std::size_t at = 0; at < value.size();) {
    squeezed += value[at];
    std::size_t length = 1;
    for (const std::string_view word : kGuessedWords) {
      if (folded.compare(at, word.size(), word) == 0) length = std::max(length, word.size());
    }
    for (const int step : {-1, 0, 1}) {
      std::size_t run = 1;
      while (at + run < folded.size() && folded[at + run] - folded[at + run - 1] == step)
        ++run;
      if (run >= 3) length = std::max(length, run);
    }
    at += length;
  }
  return squeezed;
}

double bits(std::string_view value) {
  double pool = 0;
  if (std::any_of(value.begin(), value.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
    pool += 26;
  if (std::any_of(value.begin(), value.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    pool += 26;
  if (std::any_of(value.begin(), value.end(), base::is_digit)) pool += 10;
  if (std::any_of(value.begin(), value.end(), [](char c) { return !base::is_alphanumeric(c); }))
    pool += 33;
  return pool == 0 ? 0 : static_cast<double>(value.size()) * std::log2(pool);
}

}  // namespace

bool has_placeholder_words(std::string_view value) {
  static const base::Pattern kWords = base::Pattern::trusted(
      R"((^|[^a-z])(your|insert|enter|put)[-_ .]?(your[-_ .]?)?(api|app|site|domain|company|brand|sender|email|name)"
      R"(|database|db|key|apikey|secretkey|secret|password|token|access|public|private|user|username|value|here)([^a-z]|$))"
      R"(|change[-_ ]?me([^a-z]|$)|(^|[^a-z])(change|replace)[-_ ]?(me|this|it|with)([^a-z]|$))"
      R"(|placeholder|(key|secret|password|token)[-_ ]here([^a-z]|$)|(^|[^a-z0-9])x{4,})"
      R"(|some[-_ ]?random[-_ ]?string|django-insecure-)"
      R"(|\$\{[a-z0-9_.]+\})",  // a reference that nothing resolved
      {.ignore_case = true});
  return kWords.matches(value);
}

bool is_no_value(std::string_view value) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"", "null", "(null)", "empty", "(empty)"});
  return is_one_of(base::to_lower(value), kWords);
}

bool is_placeholder(std::string_view value) {
  if (value.empty()) return false;
  if (is_no_value(value) || is_in_template_marks(value) || is_one_character_repeated(value))
    return true;
  if (value.find("...") != std::string_view::npos || has_placeholder_words(value)) return true;
  const std::string bare = letters_and_digits(value);
  if (bare.empty() || is_one_of(bare, kPlaceholderWords)) return true;
  return is_reserved_host(base::to_lower(host_part(value)));
}

std::string weakness(std::string_view value) {
  if (value.empty()) return "is empty";
  if (is_placeholder(value)) return "is a placeholder";
  if (value.size() < kStrongLength) {
    return fmt::format("has {} character{}, at least {} are needed", value.size(),
                       value.size() == 1 ? "" : "s", kStrongLength);
  }
  if (std::set<char>(value.begin(), value.end()).size() < 6)
    return "is made of fewer than 6 different characters";
  if (bits(squeeze(value)) < kStrongBits)
    return "is easy to guess: too few characters beside common words and runs";
  return {};
}

std::string base64_key_trouble(std::string_view value, std::size_t bytes) {
  if (value.empty()) return "is empty";
  constexpr std::string_view kPrefix = "base64:";
  std::string key(value);
  if (value.substr(0, kPrefix.size()) == kPrefix) {
    const std::optional<std::string> decoded = base::decode_base64(value.substr(kPrefix.size()));
    if (!decoded) return "is not base64 after `base64:`";
    key = *decoded;
  }
  if (key.size() != bytes) return fmt::format("is a key of {} bytes, not of {}", key.size(), bytes);
  if (std::set<char>(key.begin(), key.end()).size() < std::min<std::size_t>(bytes, 16) / 2) {
    return "is no random key: it repeats few bytes";
  }
  const bool plain = key == value;
  return plain && is_placeholder(key) ? "is a placeholder" : "";
}

}  // namespace gate::checks
