// Redaction: what may be shown of a value that could be a secret.
#pragma once

#include <string>
#include <string_view>

namespace gate::finding {

// Returns whether a variable of this name holds a secret by its name (PASSWORD, SECRET, TOKEN,
// API_KEY, PRIVATE_KEY, DSN, credentials in a URL are judged by looks_secret_value). Publishable
// keys count too: they are not worth a guess.
[[nodiscard]] bool is_secret_name(std::string_view key);

// Returns the password in an address (`scheme://user:password@host`); empty where there is none.
[[nodiscard]] std::string_view password_in_url(std::string_view value);

// Returns whether a value is not to be shown: by the name of its variable, or because it is a URL
// with a password in it.
[[nodiscard]] bool is_secret(std::string_view key, std::string_view value);

// Returns how to show a value in a message: as it is, or for a secret only its length ("12
// characters"); an empty value as "empty". No part of a secret is ever shown.
[[nodiscard]] std::string show_value(std::string_view key, std::string_view value);

}  // namespace gate::finding
