// The object that a configuration file in JavaScript or TypeScript exports (next.config,
// vite.config), found out without running Node.
//
// Knows the subset of the language that such files are written in: literals, spreads, templates,
// conditions, process.env, functions without parameters, the wrappers of well-known plugins. What
// goes beyond is unknown with the reason. Semantics: ECMA-262; for what next and vite do with the
// file: nextjs.org/docs/app/api-reference/config/next-config-js, vite.dev/config.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gate/base/text.h"
#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/setting.h"

namespace gate::readers {

struct JavascriptConfig {
  // What is exported: a map, or unknown. A function without parameters stands for what it returns
  // (`headers()`), one with parameters that is exported for what it returns in a production build.
  // A key whose value is undefined is left out, but for those of `env`, which are null. The key `*`
  // with an unknown value
  // says that there may be more keys.
  Setting value;
  std::string problem;      // why the file is none; empty: it was read
  base::Span problem_span;  // where
};

// Evaluates a file for production. NODE_ENV is `production` unless the environment sets it: `next
// build` and `vite build` see to that. Linear in the text but for functions that are called; these
// and the depth of values have a limit beyond which values are unknown.
[[nodiscard]] JavascriptConfig javascript_config(const base::Source& source,
                                                 const EnvironmentValues& environment);

}  // namespace gate::readers
