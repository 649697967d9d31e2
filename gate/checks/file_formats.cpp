#include "gate/checks/file_formats.h"

#include <algorithm>
#include <array>
#include <vector>

#include "gate/base/glob.h"

namespace gate::checks {
namespace {

// In the order of FileFormat.
constexpr auto kNames = std::to_array<std::string_view>(
    {"json", "jsonc", "yaml", "toml", "xml", "ini", "php-ini", "supervisor", "redis", "dotenv",
     "php-config", "django-settings", "javascript"});

struct Names {
  FileFormat format;
  std::string_view glob;
};

// The first that fits decides.
constexpr auto kGlobs = std::to_array<Names>({
    {FileFormat::dotenv, ".env"},
    {FileFormat::dotenv, ".env.*"},
    {FileFormat::dotenv, "*.env"},
    {FileFormat::jsonc, "{tsconfig,jsconfig}{,.*}.json"},
    {FileFormat::jsonc,
     "{.eslintrc,turbo,deno,biome,devcontainer,tslint,api-extractor,nx,babel.config,.swcrc,."
     "babelrc}.json"},
    {FileFormat::jsonc, "**/.vscode/*.json"},
    {FileFormat::jsonc, "*.{jsonc,json5,code-workspace}"},
    {FileFormat::json, "*.{json,webmanifest}"},
    {FileFormat::json, "{composer,Pipfile,flake}.lock"},
    {FileFormat::yaml, "*.{yml,yaml}"},
    {FileFormat::yaml, ".clang-{format,tidy}"},
    {FileFormat::toml, "*.toml"},
    {FileFormat::toml, "{Pipfile,Cargo.lock,poetry.lock,uv.lock}"},
    {FileFormat::xml, "*.{xml,csproj,props,targets}"},
    {FileFormat::xml, "*.xml.dist"},
    {FileFormat::php_ini, "{php,php-cli,php-fpm}.ini"},
    {FileFormat::php_ini, "{php,php-*,*.php,opcache,xdebug,*-php,*php*}.ini"},
    {FileFormat::php_ini, "**/{php,conf.d,php.d}/**/*.ini"},
    {FileFormat::php_ini, "{php,conf.d,php.d}/*.ini"},
    {FileFormat::supervisor, "supervisord*.{conf,ini}"},
    {FileFormat::supervisor, "**/supervisor{,d,.d}/**/*.{conf,ini}"},
    {FileFormat::supervisor, "**/supervisor{,d,.d}/*.{conf,ini}"},
    {FileFormat::supervisor, "supervisor{,d,.d}/**/*.{conf,ini}"},
    {FileFormat::supervisor, "*{supervisor,laravel-worker,horizon}*.conf"},
    {FileFormat::redis, "redis*.conf"},
    {FileFormat::ini, "*.{ini,cfg}"},
    {FileFormat::ini, ".{editorconfig,coveragerc,pylintrc,flake8}"},
    {FileFormat::php_config, "config/*.php"},
    {FileFormat::javascript, "{next,vite,nuxt}.config.{js,mjs,cjs,ts,mts,cts}"},
});

const std::vector<base::Glob>& globs() {
  static const std::vector<base::Glob> compiled = [] {
    std::vector<base::Glob> all;
    for (const Names& names : kGlobs) {
      Result<base::Glob> glob = base::Glob::compile(names.glob);
      if (glob) all.push_back(*std::move(glob));
    }
    return all;
  }();
  return compiled;
}

}  // namespace

std::optional<FileFormat> find_file_format(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<FileFormat>(found - kNames.begin());
}

std::span<const std::string_view> file_format_names() { return kNames; }

std::optional<FileFormat> format_of(std::string_view path) {
  for (std::size_t index = 0; index < globs().size(); ++index) {
    if (globs()[index].matches(path)) return kGlobs[index].format;
  }
  return std::nullopt;
}

}  // namespace gate::checks
