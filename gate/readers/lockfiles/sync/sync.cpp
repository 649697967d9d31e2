#include "gate/readers/lockfiles/sync/sync.h"

#include <utility>

#include <fmt/format.h>

namespace gate::readers::lockfiles {

void Comparison::add(std::string message, std::shared_ptr<const base::Source> source,
                     base::Span span, std::string identity) {
  disagreements.push_back({std::move(message), std::move(source), span, std::move(identity)});
}

std::string place_text(const base::Source& source, base::Span span) {
  const std::string& path = source.name();
  return fmt::format("{}:{}", path.substr(path.rfind('/') + 1),  // npos + 1 is 0
                     source.lines().position(span.begin).line);
}

}  // namespace gate::readers::lockfiles
