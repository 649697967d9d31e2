#include "gate/checks/content/judge.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/tally.h"

namespace gate::checks {
namespace {

using finding::Finding;

constexpr std::size_t kMostQuoted = 120;  // bytes of a match or a pattern in a message

// Returns the text for a message: on one line, cut where it is long, never inside a character.
std::string excerpt(std::string_view text) {
  std::string line;
  for (const char byte : text)
    line += byte == '\n' || byte == '\r' || byte == '\t' ? ' ' : byte;
  if (line.size() <= kMostQuoted) return line;
  std::size_t end = kMostQuoted;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80)
    --end;
  return line.substr(0, end) + "…";
}

std::string excerpt(const base::Pattern& pattern) { return excerpt(pattern.text()); }

std::string plural(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// Calls literal(text) and group(number or nothing, what stands between the braces) for the parts of
// a message.
template <class Literal, class Group>
void parts(std::string_view message, Literal literal, Group group) {
  while (!message.empty()) {
    const std::size_t brace = std::min(message.find_first_of("{}"), message.size());
    literal(message.substr(0, brace));
    message.remove_prefix(brace);
    if (message.empty()) return;
    const std::size_t close = message.find('}');
    if (message.starts_with("{{") || message.starts_with("}}") || message[0] == '}' ||
        close == std::string_view::npos) {
      literal(message.substr(0, 1));
      message.remove_prefix(message.starts_with("{{") || message.starts_with("}}") ? 2 : 1);
      continue;
    }
    const std::string_view inside = message.substr(1, close - 1);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), number);
    const bool good = error == std::errc{} && end == inside.data() + inside.size();
    group(good ? std::optional(number) : std::nullopt, inside);
    message.remove_prefix(close + 1);
  }
}

std::string fill(std::string_view message, const ScanMatch& match) {
  std::string text;
  parts(
      message, [&](std::string_view literal) { text += literal; },
      [&](std::optional<std::size_t> number, std::string_view /*inside*/) {
        if (!number) return;
        if (*number == 0) {
          text += excerpt(match.text);
        } else if (*number <= match.captures.size()) {
          text += excerpt(match.captures[*number - 1]);
        }
      });
  return text;
}

// Decides one rule on the matches that the scan found.
class Judge {
 public:
  Judge(const ContentRule& rule, const Context& context, const ScanHits& hits)
      : rule_(rule), snapshot_(context.files), files_(context.files.files()), hits_(hits) {
    parts_[require] = rule.forbid.size();
    parts_[ordered] = parts_[require] + rule.require.size();
    parts_[count] = parts_[ordered] + rule.ordered.size();
    parts_[unless] = parts_[count] + rule.count.size();
    parts_[unless + 1] = parts_[unless] + rule.unless.size();
  }

  Answer answer() {
    for (const Finding& unread : hits_.unread)
      tally_.unknown(fmt::format("{}: {}", unread.place.path, unread.message));
    if (hits_.files.empty()) {
      no_files();
    } else {
      tally_.judged();
      if (rule_.require_in_any) require_in_any();
      std::size_t match = 0;
      std::size_t cut = 0;
      for (const std::uint32_t file : hits_.files) {
        const std::size_t first = match;
        while (match < hits_.matches.size() && hits_.matches[match].file == file)
          ++match;
        const std::size_t first_cut = cut;
        while (cut < hits_.cuts.size() && hits_.cuts[cut].file == file)
          ++cut;
        judge_file(file, {hits_.matches.data() + first, match - first},
                   {hits_.cuts.data() + first_cut, cut - first_cut});
      }
    }
    return std::move(tally_).answer(evidence());
  }

 private:
  enum Part : std::size_t { forbid, require, ordered, count, unless };
  using Matches = std::span<const ScanMatch>;
  using Cuts = std::span<const ScanCut>;

  [[nodiscard]] bool is(Part part, std::uint32_t pattern) const {
    return parts_[part] <= pattern && pattern < parts_[part + 1];
  }
  [[nodiscard]] std::string path(std::uint32_t file) const {
    return std::string(files_[file].path);
  }

  [[nodiscard]] std::string why_no_files() const {
    const std::string_view literal = rule_.paths.literal();
    if (literal.empty()) {
      constexpr std::size_t kMostNamed = 4;
      const std::vector<std::string> globs = rule_.paths.texts();
      return fmt::format(
          "no text file matches `{}`",
          globs.size() > kMostNamed ? "paths" : fmt::format("{}", fmt::join(globs, "`, `")));
    }
    const repo::File* file = snapshot_.find(literal);
    if (file == nullptr) return fmt::format("`{}` does not exist", literal);
    switch (file->kind) {
      case repo::FileKind::symlink:
        return fmt::format("`{}` is a symbolic link, which is not followed", literal);
      case repo::FileKind::submodule:
        return fmt::format("`{}` is a submodule", literal);
      case repo::FileKind::regular:
      case repo::FileKind::executable:
        break;
    }
    return fmt::format("`{}` is a binary file", literal);
  }

  void no_files() {
    const std::string reason = why_no_files();
    if (!rule_.fail_without_files) {
      // A file that could not be read is a file: then the rule is not said to ask nothing.
      if (hits_.unread.empty()) tally_.skipped(reason);
      return;
    }
    if (!hits_.unread.empty()) return;
    Finding finding;
    finding.message = reason;
    finding.place.path = std::string(rule_.paths.literal());
    finding.identity = reason;
    tally_.found(std::move(finding));
  }

  void judge_file(std::uint32_t file, Matches matches, Cuts cuts) {
    judge_forbid(file, matches, cuts);
    if (!rule_.require_in_any) judge_require(file, matches);
    if (!rule_.ordered.empty()) judge_order(file, matches, cuts);
    if (!rule_.count.empty()) judge_count(matches, cuts);
  }

  void judge_forbid(std::uint32_t file, Matches matches, Cuts cuts) {
    bool any = false;
    if (std::any_of(matches.begin(), matches.end(),
                    [this](const ScanMatch& match) { return is(unless, match.pattern); })) {
      excepted_ += static_cast<std::uint64_t>(
          std::count_if(matches.begin(), matches.end(),
                        [this](const ScanMatch& match) { return is(forbid, match.pattern); }));
      return;
    }
    for (const ScanMatch& match : matches) {
      if (!is(forbid, match.pattern)) continue;
      if (excepted(match)) {
        ++excepted_;
        continue;
      }
      any = true;
      Finding finding;
      finding.message = rule_.message.empty() ? rule_.title : fill(rule_.message, match);
      finding.place = match.place;
      finding.identity = match.identity;
      tally_.found(std::move(finding));
    }
    for (const ScanCut& cut : cuts) {
      if (!is(forbid, cut.pattern)) continue;
      not_listed_ += cut.count;
      if (any) continue;
      tally_.unknown(
          fmt::format("{}: more than {} matches of `{}`, all that were looked at are excepted",
                      path(file), kMatchesPerFile, excerpt(*pattern(cut.pattern))));
    }
  }

  [[nodiscard]] bool excepted(const ScanMatch& match) const {
    return std::any_of(rule_.except.begin(), rule_.except.end(),
                       [&](const base::Pattern& except) { return except.matches(match.line); });
  }

  void judge_require(std::uint32_t file, Matches matches) {
    for (std::size_t index = 0; index < rule_.require.size(); ++index) {
      const bool there = std::any_of(matches.begin(), matches.end(), [&](const ScanMatch& match) {
        return match.pattern == parts_[require] + index;
      });
      if (!there) missing(path(file), rule_.require[index]);
    }
  }

  void require_in_any() {
    std::set<std::uint32_t> there;
    for (const ScanMatch& match : hits_.matches)
      there.insert(match.pattern);
    for (std::size_t index = 0; index < rule_.require.size(); ++index) {
      if (there.count(static_cast<std::uint32_t>(parts_[require] + index)) != 0) continue;
      // What could not be read might have held it.
      if (hits_.unread.empty())
        missing(hits_.files.size() == 1 ? path(hits_.files.front()) : std::string(),
                rule_.require[index]);
    }
  }

  void missing(std::string path, const base::Pattern& pattern) {
    Finding finding;
    if (!rule_.message.empty()) {
      finding.message = fill(rule_.message, {});
    } else {
      finding.message =
          path.empty() ? fmt::format("nothing in {} matches `{}`",
                                     plural(hits_.files.size(), "file", "files"), excerpt(pattern))
                       : fmt::format("nothing here matches `{}`", excerpt(pattern));
    }
    finding.place.path = std::move(path);
    finding.identity = "missing " + pattern.text();
    tally_.found(std::move(finding));
  }

  // Takes for each pattern the first match behind the one taken for the pattern before.
  void judge_order(std::uint32_t file, Matches matches, Cuts cuts) {
    const ScanMatch* last = nullptr;
    for (std::size_t index = 0; index < rule_.ordered.size(); ++index) {
      const auto number = static_cast<std::uint32_t>(parts_[ordered] + index);
      const ScanMatch* next = nullptr;
      const ScanMatch* early = nullptr;  // stands before the one it must come after
      for (const ScanMatch& match : matches) {
        if (match.pattern != number) continue;
        if (last != nullptr && match.offset <= last->offset) {
          early = &match;
        } else {
          next = &match;
          break;
        }
      }
      if (next != nullptr) {
        last = next;
        continue;
      }
      if (std::any_of(cuts.begin(), cuts.end(),
                      [&](const ScanCut& cut) { return cut.pattern == number; })) {
        tally_.unknown(fmt::format("{}: more than {} matches of `{}`", path(file), kMatchesPerFile,
                                   excerpt(rule_.ordered[index])));
      } else if (early == nullptr) {
        missing(path(file), rule_.ordered[index]);
      } else {
        Finding finding;
        finding.message = fmt::format("`{}` must come after `{}`, which is on line {}",
                                      excerpt(rule_.ordered[index]),
                                      excerpt(rule_.ordered[index - 1]), last->place.line);
        finding.place = early->place;
        finding.identity = early->identity;
        tally_.found(std::move(finding));
      }
      return;
    }
  }

  void judge_count(Matches matches, Cuts cuts) {
    std::uint64_t found = 0;
    const ScanMatch* first_beyond = nullptr;
    const ScanMatch* last = nullptr;
    for (const ScanMatch& match : matches) {
      if (!is(count, match.pattern)) continue;
      if (found++ >= rule_.limit && first_beyond == nullptr) first_beyond = &match;
      last = &match;
    }
    for (const ScanCut& cut : cuts) {
      if (is(count, cut.pattern)) found += cut.count;
    }
    if (found <= rule_.limit) return;
    // Where so many are allowed that the first beyond was not kept, the last that was stands for
    // it.
    const ScanMatch& at = first_beyond != nullptr ? *first_beyond : *last;
    Finding finding;
    finding.message =
        rule_.message.empty()
            ? fmt::format("{}, at most {} {} allowed", plural(found, "match", "matches"),
                          rule_.limit, rule_.limit == 1 ? "is" : "are")
            : fill(rule_.message, at);
    finding.place = at.place;
    finding.identity = "more than the limit";
    tally_.found(std::move(finding));
  }

  [[nodiscard]] const base::Pattern* pattern(std::uint32_t number) const {
    return rule_.patterns()[number];
  }

  [[nodiscard]] std::vector<std::string> evidence() const {
    std::vector<std::string> lines{plural(hits_.files.size(), "file", "files")};
    if (excepted_ != 0) lines.push_back(plural(excepted_, "match excepted", "matches excepted"));
    if (not_listed_ != 0)
      lines.push_back(
          plural(not_listed_, "further match is not listed", "further matches are not listed"));
    return lines;
  }

  const ContentRule& rule_;
  const repo::Snapshot& snapshot_;
  std::span<const repo::File> files_;
  const ScanHits& hits_;
  std::array<std::size_t, 6> parts_{};  // where each part's patterns begin in the request
  Tally tally_;
  std::uint64_t excepted_ = 0;
  std::uint64_t not_listed_ = 0;
};

}  // namespace

std::vector<const base::Pattern*> ContentRule::patterns() const {
  std::vector<const base::Pattern*> all;
  for (const auto* list : {&forbid, &require, &ordered, &count, &unless}) {
    for (const base::Pattern& pattern : *list)
      all.push_back(&pattern);
  }
  return all;
}

Answer judge(const ContentRule& rule, const Context& context) {
  if (context.hits == nullptr) return Answer::could_not_run("the files were not scanned");
  return Judge(rule, context, *context.hits).answer();
}

std::optional<std::size_t> highest_group(std::string_view message, std::string& bad) {
  std::optional<std::size_t> highest;
  parts(
      message, [](std::string_view /*literal*/) {},
      [&](std::optional<std::size_t> number, std::string_view inside) {
        if (number) {
          highest = std::max(highest.value_or(0), *number);
        } else if (bad.empty()) {
          bad = fmt::format("{{{}}}", inside);
        }
      });
  return highest;
}

}  // namespace gate::checks
