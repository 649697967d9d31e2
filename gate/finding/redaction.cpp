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

bool is_secret(std::string_view key, std::string_view value) {
  return is_secret_name(key) || !password_in_url(value).empty();
}

std::string show_value(std::string_view key, std::string_view value) {
  if (value.empty()) return "empty";
  if (is_secret(key, value)) {
    return "set, " + std::to_string(value.size()) +
           (value.size() == 1 ? " character" : " characters");
  }
  return "`" + std::string(value) + "`";
}

}  // namespace gate::finding
