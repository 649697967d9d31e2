// What wraps the configuration of Next.js or Vite, and what it leaves as it is.
// Only for the sources of this folder.
#pragma once

#include <string_view>

#include "gate/readers/settings/javascript/value.h"

namespace gate::readers::javascript {

// An export of a module that takes a configuration and gives it back, but for some keys.
struct Plugin {
  std::string_view module;
  std::string_view name;  // "default" also of require(module)
  bool is_factory;        // a call of it with options gives the function that wraps
  std::string_view sets;  // the keys that it may set or replace, with commas between them
};

// Returns the plugin that a value of another module, or one that a factory made, is; null where it
// is none that is known.
[[nodiscard]] const Plugin* find_plugin(const Value& callee);

// Returns what the plugin makes of a configuration: what it may set is unknown.
[[nodiscard]] Value wrapped(Value config, const Plugin& plugin);

}  // namespace gate::readers::javascript
