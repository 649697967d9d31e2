#include "gate/readers/lockfiles/sync/sync.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace gate::readers::lockfiles {

void Comparison::add(std::string message, std::shared_ptr<const base::Source> source,
                     base::Span span, std::string identity, std::string command) {
  const bool is_known =
      std::any_of(disagreements.begin(), disagreements.end(), [&](const Disagreement& one) {
        return one.span.begin == span.begin && one.source == source && one.message == message;
      });
  if (is_known) return;  // a group that another includes asks for it twice
  disagreements.push_back(
      {std::move(message), std::move(source), span, std::move(identity), std::move(command)});
}

std::string place_text(const base::Source& source, base::Span span) {
  const std::string& path = source.name();
  return fmt::format("{}:{}", path.substr(path.rfind('/') + 1),  // npos + 1 is 0
                     source.lines().position(span.begin).line);
}

}  // namespace gate::readers::lockfiles
