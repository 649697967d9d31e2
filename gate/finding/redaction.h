// Redaction: what may be shown of a value that could be a secret.
#pragma once

#include <string>
#include <string_view>

#include "gate/base/secrets.h"

namespace gate::finding {

using base::is_secret;
using base::is_secret_name;
using base::password_in_url;

// Returns how to show a value in a message: as it is, or for a secret only its length ("12
// characters"); an empty value as "empty". No part of a secret is ever shown.
[[nodiscard]] std::string show_value(std::string_view key, std::string_view value);

}  // namespace gate::finding
