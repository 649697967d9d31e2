#include "gate/policy/config_keys.h"

#include <algorithm>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/diagnostic.h"
#include "gate/readers/formats/ini.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/formats/toml.h"

namespace gate::policy {
namespace {

using readers::Document;
using readers::Value;

bool is_ini(std::string_view file) { return file.ends_with(".cfg") || file.ends_with(".ini"); }

std::shared_ptr<const Document> parse(std::string_view path, const std::string& text) {
  auto source = std::make_shared<const base::Source>(std::string(path), text);
  if (path.ends_with(".toml")) {
    base::Diagnostics unheard;
    return readers::parse_toml(std::move(source), unheard);
  }
  auto document = is_ini(path) ? readers::parse_ini(std::move(source), readers::IniDialect::plain)
                               : readers::parse_json(std::move(source));
  return document ? *std::move(document) : nullptr;
}

bool has_path(const Document& document, std::string_view path) {
  std::optional<Value> at = document.root();
  while (at && !path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    at = at->find(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return at.has_value();
}

}  // namespace

std::optional<ConfigKey> parse_config_key(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const ConfigKey key{base::trim(text.substr(0, colon)), base::trim(text.substr(colon + 1))};
  const bool known = is_ini(key.file) || key.file.ends_with(".toml") || key.file.ends_with(".json");
  if (!known || key.path.empty()) return std::nullopt;
  return key;
}

const ConfigKeys::File& ConfigKeys::file(std::string_view path) {
  const auto [entry, is_new] = read_.try_emplace(std::string(path));
  File& file = entry->second;
  if (!is_new || files_.find(path) == nullptr) return file;
  file.there = true;
  if (Result<std::string> text = repo::read_text(files_, path)) {
    file.document = parse(path, *text);
    file.text = *std::move(text);
  }
  return file;
}

bool ConfigKeys::holds(const ConfigKey& key) {
  const File& read = file(key.file);
  if (!read.there) return false;
  if (!read.text) return true;
  if (read.document == nullptr) {
    const std::string_view last = key.path.substr(key.path.rfind('.') + 1);
    return read.text->find(last) != std::string::npos;
  }
  if (is_ini(key.file)) return read.document->root().find(key.path).has_value();
  return has_path(*read.document, key.path);
}

}  // namespace gate::policy
