#include "gate/readers/routes/attributes.h"

#include <algorithm>

namespace gate::readers::laravel {
namespace {

std::string_view trimmed(std::string_view uri) {
  const std::size_t begin = std::min(uri.find_first_not_of('/'), uri.size());
  const std::size_t end = uri.find_last_not_of('/');
  return begin == uri.size() ? std::string_view() : uri.substr(begin, end - begin + 1);
}

}  // namespace

std::string join_uri(std::string_view left, std::string_view right) {
  std::string joined(trimmed(left));
  const std::string_view rest = trimmed(right);
  if (!joined.empty() && !rest.empty()) joined += '/';
  return joined.append(rest);
}

RouteAttributes RouteAttributes::with(const RouteAttributes& inner) const {
  RouteAttributes merged = *this;
  merged.prefix = join_uri(prefix, inner.prefix);
  merged.name = name + inner.name;
  if (!inner.domain.empty()) merged.domain = inner.domain;
  if (!inner.controller.empty()) merged.controller = inner.controller;
  if (!inner.name_space.empty()) {
    const bool is_whole = inner.name_space.starts_with('\\') || name_space.empty();
    merged.name_space = is_whole ? inner.name_space : name_space + "\\" + inner.name_space;
  }
  merged.middleware.insert(merged.middleware.end(), inner.middleware.begin(),
                           inner.middleware.end());
  merged.excluded.insert(merged.excluded.end(), inner.excluded.begin(), inner.excluded.end());
  if (merged.unknown.empty()) merged.unknown = inner.unknown;
  return merged;
}

}  // namespace gate::readers::laravel
