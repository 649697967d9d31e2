// The structured formats that rules of kind `config` read, found by the names of files.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace gate::checks {

enum class FileFormat : std::uint8_t {
  json,
  jsonc,
  yaml,
  toml,
  xml,
  ini,
  php_ini,
  supervisor,
  redis,
  dotenv,
  php_config,       // config/*.php of Laravel, evaluated
  django_settings,  // a settings module of Django, evaluated
  javascript,       // the exported object of next.config and vite.config
};

// Returns the format of this name as rules write it, or nothing.
[[nodiscard]] std::optional<FileFormat> find_file_format(std::string_view name);
[[nodiscard]] std::span<const std::string_view> file_format_names();

// Returns the format that a path tells by its name, or nothing.
[[nodiscard]] std::optional<FileFormat> format_of(std::string_view path);

}  // namespace gate::checks
