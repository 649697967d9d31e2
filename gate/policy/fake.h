// Made-up credentials for the examples of rules, so that no file of ours holds something that looks
// like one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gate::policy {

// Returns the names that may stand in `{{fake:NAME}}`.
[[nodiscard]] std::span<const std::string_view> fake_names();

// Returns the credential of that form; always the same one. Nothing for an unknown name.
[[nodiscard]] std::optional<std::string> fake(std::string_view name);

}  // namespace gate::policy
