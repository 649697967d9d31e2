#include "gate/finding/redaction.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace gate::finding {
namespace {

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

bool has_credentials(std::string_view value) {
  const std::size_t scheme = value.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view authority =
      value.substr(scheme + 3, value.find('/', scheme + 3) - (scheme + 3));
  const std::size_t at = authority.rfind('@');
  return at != std::string_view::npos &&
         authority.substr(0, at).find(':') != std::string_view::npos;
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

std::string show_value(std::string_view key, std::string_view value) {
  if (value.empty()) return "empty";
  if (is_secret_name(key) || has_credentials(value)) {
    return "set, " + std::to_string(value.size()) +
           (value.size() == 1 ? " character" : " characters");
  }
  return "`" + std::string(value) + "`";
}

}  // namespace gate::finding
