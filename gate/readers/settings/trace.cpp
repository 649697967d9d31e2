#include "gate/readers/settings/trace.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "gate/base/secrets.h"
#include "gate/base/utf8.h"

namespace gate::readers {

struct Trace::Link {
  TraceStep step;  // of a join without text
  std::shared_ptr<const Link> before;
  std::shared_ptr<const Link> beside;  // of a join: the second trace
  std::size_t depth = 1;               // links to the farthest source
  bool secret = false;
};

SettingPlace place_of(std::string path, const base::LineIndex& lines, base::Span span) {
  const base::Position begin = lines.position(span.begin);
  const base::Position end = lines.position(span.end);
  return {std::move(path), begin.line, begin.column, end.line, end.column};
}

std::string describe(const TraceStep& step) {
  if (step.place.path.empty()) return step.text;
  if (step.place.line == 0) return fmt::format("{} ({})", step.text, step.place.path);
  return fmt::format("{} ({}:{})", step.text, step.place.path, step.place.line);
}

Trace::Trace(TraceStep step, bool secret)
    : last_(std::make_shared<const Link>(Link{std::move(step), nullptr, nullptr, 1, secret})) {}

Trace Trace::then(TraceStep step) const {
  if (last_ == nullptr) return Trace(std::move(step));
  // A row that is full loses its last step, so that neither memory nor the way back to the source
  // grows with a loop.
  const bool full = last_->depth >= kMostSteps;
  Link link{std::move(step), full ? last_->before : last_, full ? last_->beside : nullptr, 0,
            last_->secret};
  link.depth = full ? last_->depth : last_->depth + 1;
  return Trace(std::make_shared<const Link>(std::move(link)));
}

Trace Trace::join(const Trace& first, const Trace& second) {
  if (first.empty() || first.last_ == second.last_) return second;
  if (second.empty()) return first;
  const bool secret = first.is_secret() || second.is_secret();
  const std::size_t depth = std::max(first.last_->depth, second.last_->depth);
  if (depth >= kMostSteps) {
    const Trace& kept = second.is_secret() && !first.is_secret() ? second : first;
    return kept;
  }
  return Trace(
      std::make_shared<const Link>(Link{{}, first.last_, second.last_, depth + 1, secret}));
}

bool Trace::is_secret() const { return last_ != nullptr && last_->secret; }

const TraceStep* Trace::last() const {
  const Link* link = last_.get();
  while (link != nullptr && link->step.text.empty() && link->beside != nullptr)
    link = link->beside.get();
  return link == nullptr ? nullptr : &link->step;
}

std::vector<TraceStep> Trace::steps() const {
  // Depth first from the last step back; a link is listed after everything it stands on.
  std::vector<TraceStep> steps;
  std::unordered_set<const Link*> seen;
  std::vector<std::pair<const Link*, bool>> open{{last_.get(), false}};
  while (!open.empty()) {
    const auto [link, ready] = open.back();
    open.pop_back();
    if (link == nullptr) continue;
    if (ready) {
      if (!link->step.text.empty()) steps.push_back(link->step);
      continue;
    }
    if (!seen.insert(link).second) continue;
    open.emplace_back(link, true);
    open.emplace_back(link->beside.get(), false);
    open.emplace_back(link->before.get(), false);
  }
  if (steps.size() > kMostSteps) {
    steps.erase(steps.begin() + kMostSteps / 2,
                steps.end() - static_cast<std::ptrdiff_t>(kMostSteps / 2));
  }
  return steps;
}

std::string quote(std::string_view text, const Trace& trace) {
  if (trace.is_secret() || base::looks_secret(text)) {
    return fmt::format("{} character{}", text.size(), text.size() == 1 ? "" : "s");
  }
  constexpr std::size_t kMost = 60;
  std::string quoted = "\"";
  std::size_t count = 0;
  while (!text.empty() && count < kMost) {
    const base::Decoded character = base::decode(text);
    const std::string_view bytes = text.substr(0, character.size);
    if (!character.valid || character.code < 0x20 || character.code == 0x7F) {
      for (const char byte : bytes)
        quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    } else {
      if (bytes == "\"" || bytes == "\\") quoted += '\\';
      quoted += bytes;
    }
    text.remove_prefix(character.size);
    ++count;
  }
  if (!text.empty()) quoted += "…";
  quoted += '"';
  return quoted;
}

}  // namespace gate::readers
