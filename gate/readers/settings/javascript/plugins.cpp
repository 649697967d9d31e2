#include "gate/readers/settings/javascript/plugins.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace gate::readers::javascript {
namespace {

// Read in the packages themselves: @sentry/nextjs 11.8, @next/bundle-analyzer and @next/mdx 16.4,
// next-intl 4.15, next-pwa 5.6, @ducanh2912/next-pwa 10.2, @serwist/next 9.5, next-contentlayer
// 0.3, next-axiom 1.10, @vercel/toolbar 0.2, next-transpile-modules 10. Left out: what Sentry and
// next-intl add to `env` beside the keys of the application, none of them a secret; the source maps
// that Sentry has made for a build with Turbopack, uploads and deletes.
constexpr auto kPlugins = std::to_array<Plugin>({
    {"@sentry/nextjs", "withSentryConfig", false,
     "webpack,turbopack,rewrites,experimental,compiler,serverExternalPackages"},
    {"@next/bundle-analyzer", "default", true, "webpack"},
    {"@next/mdx", "default", true, "webpack,turbopack"},
    {"next-intl/plugin", "default", true, "webpack,turbopack,experimental"},
    {"next-pwa", "default", true, "webpack"},
    {"next-transpile-modules", "default", true, "webpack"},
    {"@ducanh2912/next-pwa", "default", true, "webpack"},
    {"@serwist/next", "default", true, "webpack"},
    {"next-contentlayer", "withContentlayer", false, "webpack,onDemandEntries"},
    {"next-axiom", "withAxiom", false, "rewrites"},
    {"@vercel/toolbar/plugins/next", "default", true, "rewrites"},
    {"vite", "defineConfig", false, ""},
    {"vitest/config", "defineConfig", false, ""},
});

}  // namespace

const Plugin* find_plugin(const Value& callee) {
  const auto found = std::find_if(kPlugins.begin(), kPlugins.end(), [&](const Plugin& plugin) {
    const bool whole = plugin.name == "default" && callee.name == "*";
    return callee.text == plugin.module && (callee.name == plugin.name || whole);
  });
  return found == kPlugins.end() ? nullptr : &*found;
}

Value wrapped(Value config, const Plugin& plugin) {
  if (!config.is(Type::object)) return config;
  config.id = 0;  // it is another object
  std::string_view keys = plugin.sets;
  while (!keys.empty()) {
    const std::size_t comma = std::min(keys.find(','), keys.size());
    config.set(std::string(keys.substr(0, comma)),
               Value::unknown(fmt::format("`{}` may change it", plugin.module), config.trace));
    keys.remove_prefix(std::min(comma + 1, keys.size()));
  }
  return config;
}

}  // namespace gate::readers::javascript
