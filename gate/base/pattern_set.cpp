#include "gate/base/pattern_set.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

namespace gate::base {
namespace {

// Literals are looked for in this much text before RE2 follows them: it is in the cache still, and
// the list of hits stays short however large the text is.
constexpr std::size_t kSegment = std::size_t{1} << 20;
static_assert(kSegment % LiteralSet::kStretch == 0);

// Within so many bytes of a hit a search costs little: it is made for every hit.
constexpr std::size_t kNear = 1024;

// After so many hits on one line that led to nothing, each searched as far as the pattern may
// reach, the rest of the line is searched once and for all: time stays linear in its length.
constexpr std::uint32_t kPatience = 32;

}  // namespace

PatternSet::PatternSet(std::vector<const Pattern*> patterns) {
  std::map<Literal, std::uint32_t> numbers;
  std::vector<Literal> literals;
  for (std::uint32_t index = 0; index < patterns.size(); ++index) {
    const Pattern* pattern = patterns[index];
    searches_.push_back({pattern, required_literals(*pattern), !pattern->options().multi_line});
    for (const Literal& literal : searches_.back().required.any_of) {
      const auto [known, is_new] =
          numbers.emplace(literal, static_cast<std::uint32_t>(literals.size()));
      if (is_new) {
        literals.push_back(literal);
        patterns_of_.emplace_back();
      }
      patterns_of_[known->second].push_back(index);
    }
  }
  literals_ = LiteralSet(literals);
}

PatternSet::Searcher::Searcher(const PatternSet& set) : set_(set), progress_(set.size()) {}

void PatternSet::Searcher::search(std::string_view text, const std::vector<std::uint32_t>& wanted,
                                  const Sink& sink) {
  bool any_literals = false;
  for (const std::uint32_t pattern : wanted) {
    if (set_.searches_[pattern].required.any_of.empty()) {
      search_all(text, pattern, sink);
    } else {
      Progress& progress = progress_[pattern];
      progress.wanted = true;
      progress.at = 0;
      progress.idle_until = 0;
      progress.line_begin = 1;
      progress.line_end = 0;
      progress.misses = 0;
      any_literals = true;
    }
  }
  if (any_literals) search_literals(text, sink);
  for (const std::uint32_t pattern : wanted)
    progress_[pattern].wanted = false;
}

void PatternSet::Searcher::search_all(std::string_view text, std::uint32_t pattern,
                                      const Sink& sink) {
  Progress& progress = progress_[pattern];
  progress.at = 0;
  // No line begins after the last line end, and an empty text has none.
  const bool ended = text.empty() || text.ends_with('\n');
  while (progress.at < text.size() || (progress.at == text.size() && !ended)) {
    if (!set_.searches_[pattern].pattern->find(text, progress.at, text.size(), captures_)) return;
    if (ended && captures_[0].empty() && captures_[0].data() == text.data() + text.size()) return;
    report(text, pattern, sink);
  }
}

void PatternSet::Searcher::search_literals(std::string_view text, const Sink& sink) {
  for (std::size_t from = 0; from < text.size(); from += kSegment) {
    const std::size_t to = std::min(text.size(), from + kSegment);
    hits_.clear();
    set_.literals_.find(text, from, to, hits_);
    for (const LiteralSet::Hit& hit : hits_) {
      for (const std::uint32_t pattern : set_.patterns_of_[hit.literal]) {
        Progress& progress = progress_[pattern];
        if (!progress.wanted) continue;
        if (progress.hits.empty()) touched_.push_back(pattern);
        progress.hits.push_back(hit.begin);
      }
    }
    // Hits of the next segment may begin a little before it: those from there on wait for them.
    const bool last = to == text.size();
    const std::size_t settled = last ? to : to - std::min(to, set_.literals_.reach());
    for (const std::uint32_t pattern : touched_) {
      std::vector<std::size_t>& hits = progress_[pattern].hits;
      if (!std::is_sorted(hits.begin(), hits.end())) std::sort(hits.begin(), hits.end());
      const auto end = last ? hits.end() : std::lower_bound(hits.begin(), hits.end(), settled);
      for (auto hit = hits.begin(); hit != end; ++hit)
        follow(text, pattern, *hit, sink);
      hits.erase(hits.begin(), end);
    }
    std::erase_if(touched_, [&](std::uint32_t pattern) { return progress_[pattern].hits.empty(); });
  }
}

void PatternSet::Searcher::find_line(std::string_view text, std::size_t hit, Progress& progress) {
  if (progress.line_begin <= hit && hit < progress.line_end) return;
  const void* before = hit == 0 ? nullptr : memrchr(text.data(), '\n', hit);
  progress.misses = 0;
  progress.line_begin =
      before == nullptr
          ? 0
          : static_cast<std::size_t>(static_cast<const char*>(before) - text.data()) + 1;
  const void* behind = std::memchr(text.data() + hit, '\n', text.size() - hit);
  progress.line_end =
      behind == nullptr ? text.size()
                        : static_cast<std::size_t>(static_cast<const char*>(behind) - text.data());
}

// Finds the matches that a required literal at `hit` may be part of. Hits come in order, so that
// every match that begins before what this one can reach has been found already.
void PatternSet::Searcher::follow(std::string_view text, std::uint32_t pattern, std::size_t hit,
                                  const Sink& sink) {
  const Search& search = set_.searches_[pattern];
  const RequiredLiterals& required = search.required;
  Progress& progress = progress_[pattern];
  if (hit < progress.at || hit < progress.idle_until) return;

  std::size_t first = 0;  // of the line, or of the text
  std::size_t end = text.size();
  if (search.lines) {
    find_line(text, hit, progress);
    first = progress.line_begin;
    end = progress.line_end;
    if (required.at_line_start) {
      progress.idle_until = end;
      if (first < progress.at || !search.pattern->find_at(text, first, end, captures_)) return;
      report(text, pattern, sink);
      return;
    }
  }
  if (required.before == 0 && (required.after <= kNear || progress.misses < kPatience)) {
    if (search.pattern->find_at(text, hit, end, captures_)) {
      report(text, pattern, sink);
    } else {
      ++progress.misses;
    }
    return;
  }

  while (hit >= progress.at) {
    std::size_t from = std::max(first, progress.at);
    if (required.before < hit - from) from = hit - required.before;
    for (std::size_t at = hit; at > from; --at) {
      if (!required.before_bytes[static_cast<unsigned char>(text[at - 1])]) from = at;
    }
    // On a long line first only as far as a match with this very literal goes; what is found there
    // may have begun elsewhere in truth, so the search of the whole line decides.
    const bool near = hit - from <= kNear && required.after <= kNear && end - hit > kNear;
    if (near && !search.pattern->find(text, from, hit + required.after, captures_)) return;
    if (!search.pattern->find(text, from, end, captures_)) {
      progress.idle_until = end;
      return;
    }
    report(text, pattern, sink);
  }
}

void PatternSet::Searcher::report(std::string_view text, std::uint32_t pattern, const Sink& sink) {
  const auto begin = static_cast<std::size_t>(captures_[0].data() - text.data());
  const std::size_t end = begin + captures_[0].size();
  progress_[pattern].at = std::max(end, begin + 1);
  sink({pattern, begin, end, captures_});
}

}  // namespace gate::base
