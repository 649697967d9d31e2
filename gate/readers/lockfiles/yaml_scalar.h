// Quoted scalars of YAML on one line (YAML 1.2, 7.3).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gate::readers::lockfiles {

struct YamlScalar {
  std::string_view value;
  std::size_t size = 0;  // bytes read, with both quotes
};

// Reads the scalar that opens with `'` or `"` at the start of `text`; nothing where it is not
// closed on this line, or has an escape that is none. A text that differs from what is written goes
// to `texts`.
[[nodiscard]] std::optional<YamlScalar> read_quoted(
    std::string_view text, std::vector<std::unique_ptr<std::string>>& texts);

}  // namespace gate::readers::lockfiles
