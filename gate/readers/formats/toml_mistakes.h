// What toml++ says about a text it refuses, in gate's own words and with the remedy where the cause
// is known.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "gate/base/diagnostic.h"
#include "gate/readers/formats/document.h"

namespace gate::readers {

// Parses the first `bytes` bytes of the text, or returns null.
using ParseStart = std::function<std::shared_ptr<const Document>(std::uint32_t bytes)>;

// `description` is toml++'s (3.3.0), `offset` where it stopped. `parse_start` finds the first place
// of what is set twice.
[[nodiscard]] base::Diagnostic toml_mistake(const std::shared_ptr<const base::Source>& source,
                                            std::string_view description, std::uint32_t offset,
                                            const ParseStart& parse_start);

}  // namespace gate::readers
