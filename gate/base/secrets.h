// Secrets: which names and values are not to be shown.
#pragma once

#include <string_view>

namespace gate::base {

// Returns whether a variable of this name holds a secret by its name (PASSWORD, SECRET, TOKEN,
// API_KEY, PRIVATE_KEY, DSN, credentials in a URL are judged by looks_secret). Publishable
// keys count too: they are not worth a guess.
[[nodiscard]] bool is_secret_name(std::string_view key);

// Returns the password in an address (`scheme://user:password@host`); empty where there is none.
[[nodiscard]] std::string_view password_in_url(std::string_view value);

// Returns whether a text holds what services give out as a key or token (`sk_live_…`, `ghp_…`, a
// JWT, a private key), or a URL with a password in it, whatever its variable is called.
[[nodiscard]] bool looks_secret(std::string_view text);

// Returns whether a value is not to be shown: by what it looks like, or by the name of its variable
// unless it is one that gives nothing away: a switch, `null`, or the number, host or path that a
// name such as PASSWORD_TIMEOUT or SECRET_HOST speaks of.
[[nodiscard]] bool is_secret(std::string_view key, std::string_view value);

}  // namespace gate::base
