#include "gate/readers/formats/php/names.h"

#include "gate/base/ascii.h"

namespace gate::readers::php {
namespace {

constexpr std::string_view kRelative = "namespace\\";

std::string key_of(NameKind kind, std::string_view alias) {
  return kind == NameKind::constant ? std::string(alias) : base::to_lower(alias);
}

std::string join(std::string_view space, std::string_view name) {
  if (space.empty()) return std::string(name);
  std::string full(space);
  full += '\\';
  full += name;
  return full;
}

// `self`, `parent` and `static` are never looked up.
bool is_scope_word(std::string_view lowered) {
  return lowered == "self" || lowered == "parent" || lowered == "static";
}

}  // namespace

void NameScope::enter(std::string_view name) {
  namespace_ = name;
  for (auto& imports : imports_)
    imports.clear();
}

void NameScope::import(NameKind kind, std::string_view full, std::string_view alias) {
  if (full.starts_with('\\')) full.remove_prefix(1);
  if (alias.empty()) alias = full.substr(full.rfind('\\') + 1);
  imports_[static_cast<std::size_t>(kind)].insert_or_assign(key_of(kind, alias), full);
}

const std::string* NameScope::find(NameKind kind, std::string_view alias) const {
  const auto& imports = imports_[static_cast<std::size_t>(kind)];
  if (imports.empty()) return nullptr;
  const auto found = imports.find(key_of(kind, alias));
  return found == imports.end() ? nullptr : &found->second;
}

NameScope::Resolved NameScope::resolve(NameKind kind, std::string_view written) const {
  if (written.starts_with('\\')) return {std::string(written.substr(1)), true};
  const std::size_t slash = written.find('\\');
  if (slash != std::string_view::npos) {
    const std::string_view rest = written.substr(slash + 1);
    if (base::to_lower(written.substr(0, kRelative.size())) == kRelative)
      return {join(namespace_, rest), true};
    const std::string* const imported = find(NameKind::class_name, written.substr(0, slash));
    return {imported != nullptr ? join(*imported, rest) : join(namespace_, written), true};
  }
  if (kind == NameKind::class_name) {
    std::string lowered = base::to_lower(written);
    if (is_scope_word(lowered)) return {std::move(lowered), true};
  }
  if (const std::string* const imported = find(kind, written)) return {*imported, true};
  if (kind == NameKind::class_name) return {join(namespace_, written), true};
  return {std::string(written), false};
}

std::string NameScope::declare(std::string_view name) const { return join(namespace_, name); }

}  // namespace gate::readers::php
