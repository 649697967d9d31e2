// What a YAML scalar is: the core schema of YAML 1.2, section 10.3.2.
#pragma once

#include <string_view>

#include "gate/readers/formats/document.h"

namespace gate::readers {

// Sets kind and value of a node whose text is set. `plain`: written without quotes and block marks;
// `tag` as libyaml spells it, empty where none is written. Returns whether the text is what a tag
// of YAML's own says.
[[nodiscard]] bool resolve_yaml_scalar(Node& node, bool plain, std::string_view tag);

}  // namespace gate::readers
