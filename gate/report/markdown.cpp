// Markdown for a comment on a request, a job's summary or a wiki (GitHub Flavored Markdown, which
// GitLab reads too): the verdict, what failed with its places and fixes, and the packages that the
// change brings in.
//
// GitHub takes 65,536 characters in a comment, so the text stops before that and says what is
// missing. Texts of others are escaped; an `@` outside of code is followed by a word joiner, so
// that nobody is called.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/unicode.h"
#include "gate/report/formats.h"
#include "gate/report/wording.h"

namespace gate::report {
namespace {

using finding::Finding;
using finding::PackageChange;
using finding::Verdict;

constexpr std::size_t kMostFindings = 20;   // of one rule
constexpr std::size_t kMostPackages = 200;  // of the table
constexpr std::size_t kMostBytes = 54'000;  // of what failed; the table follows
constexpr std::size_t kMostNoticeBytes = 1'500;
constexpr std::size_t kCommitDigits = 12;
constexpr std::string_view kWordJoiner = "\xE2\x81\xA0";

// Returns a text of others on one line, without what a terminal or a CI log would obey.
std::string one_line(std::string_view text) {
  std::string line = without_commands(clean(base::to_valid_utf8(text)));
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

// Returns a text as code, whatever backticks it holds.
std::string code(std::string_view text) {
  const std::string line = one_line(text);
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : line) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const bool needs_space = line.empty() || line.front() == '`' || line.back() == '`';
  const std::string_view space = needs_space ? " " : "";
  return fmt::format("{}{}{}{}{}", fence, space, line, space, fence);
}

void append_escaped(std::string_view text, std::string& out) {
  constexpr std::string_view kSpecial = "\\`*_[]<>|~$";
  for (const char c : text) {
    const bool begins_block = out.empty() && std::string_view("#+-=>").find(c) != std::string::npos;
    if (c == '&') {
      out += "&amp;";
    } else if (begins_block || kSpecial.find(c) != std::string_view::npos) {
      out += '\\';
      out += c;
    } else {
      out += c;
      if (c == '@') out += kWordJoiner;
    }
  }
}

// Returns a sentence; what it has in backticks stays code.
std::string sentence(std::string_view text) {
  const std::string line = one_line(text);
  std::string_view rest = line;
  std::string out;
  while (true) {
    const std::size_t open = rest.find('`');
    const std::size_t close = open == std::string_view::npos ? open : rest.find('`', open + 1);
    if (close == std::string_view::npos || close == open + 1) {
      append_escaped(rest, out);
      return out;
    }
    append_escaped(rest.substr(0, open), out);
    out += code(rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
}

std::string word(const Report& report, const Entry& entry) {
  switch (entry.outcome->verdict) {
    case Verdict::could_not_run:
      return "could not run";
    case Verdict::pending:
      return "pending";
    default:
      break;
  }
  return fmt::format("{}{}", name(severity_of(entry)),
                     blocks(report, entry) ? "" : ", does not block");
}

std::string finding_item(const Report& report, const Entry& entry, const Finding& finding,
                         bool with_fix) {
  const std::string path = shown_path(report, finding);
  std::string out = "- ";
  if (!path.empty()) out += code(place_text(path, finding.place)) + ": ";
  out += sentence(message_of(entry, finding));
  if (with_fix && !finding.fix.empty()) out += fmt::format(" — fix: {}", sentence(finding.fix));
  return out + "\n";
}

std::string rule_section(const Report& report, const Entry& entry) {
  std::string out = fmt::format("\n### {}: {} ({})\n\n", word(report, entry),
                                sentence(entry.rule->title), code(entry.rule->id));
  std::vector<const Finding*> shown;
  for (const Finding& finding : entry.outcome->findings) {
    if (!finding.suppressed) shown.push_back(&finding);
  }
  if (shown.empty() || !entry.outcome->reason.empty())
    out += fmt::format("- {}\n", sentence(reason_of(entry)));
  const std::string_view fix = common_fix(*entry.rule, shown);
  const std::size_t count = std::min(shown.size(), kMostFindings);
  for (std::size_t index = 0; index < count; ++index) {
    const Finding& finding = *shown[index];
    out += finding_item(report, entry, finding, finding.fix != fix);
  }
  if (shown.size() > count) out += fmt::format("- and {} more\n", shown.size() - count);
  if (!fix.empty()) out += fmt::format("\nFix: {}\n", sentence(fix));
  return out;
}

// What stands in the report by itself, in the order in which it matters: what blocks, what leaves
// the question open, what only warns.
std::vector<const Entry*> shown_entries(const Report& report) {
  std::vector<const Entry*> shown;
  for (int round = 0; round < 3; ++round) {
    for (const Entry& entry : report.entries) {
      const Verdict verdict = entry.outcome->verdict;
      if (verdict == Verdict::passed || verdict == Verdict::not_applicable) continue;
      const int own = blocks(report, entry) ? 0 : verdict == Verdict::failed ? 2 : 1;
      if (own == round) shown.push_back(&entry);
    }
  }
  return shown;
}

// What was not asked and should have been, as far as the policy goes on without it.
std::string notices(const Report& report) {
  std::string out;
  std::size_t left = 0;
  for (const Entry& entry : report.entries) {
    if (!entry.outcome->notice) continue;
    if (out.size() > kMostNoticeBytes) {
      ++left;
      continue;
    }
    out += fmt::format("- {}, {}: {}\n", name(*entry.outcome->notice), code(entry.rule->id),
                       sentence(reason_of(entry)));
  }
  if (left != 0) out += fmt::format("- and {} more\n", left);
  return out.empty() ? out : fmt::format("\n### Not asked\n\n{}", out);
}

// A cell of a table: `|` ends it, also inside of code.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' && !out.ends_with('\\')) out += '\\';
    out += c;
  }
  return out;
}

std::string versions(const std::vector<std::string>& list) {
  return list.empty() ? "–" : cell(code(fmt::format("{}", fmt::join(list, ", "))));
}

std::string package_row(const Report& report, const PackageChange& change) {
  const std::string_view what = change.before.empty()  ? "added"
                                : change.after.empty() ? "removed"
                                                       : "changed";
  return fmt::format("| {} | {}{} | {} | {} | {} |\n", what, cell(code(change.name)),
                     change.development ? " (development)" : "", versions(change.before),
                     versions(change.after), cell(code(report.prefix + change.lockfile)));
}

std::string packages_section(const Report& report) {
  const finding::PackageChanges& changes = *report.packages;
  if (changes.packages.empty() && changes.unknown.empty()) return {};
  std::string out =
      fmt::format("\n### Packages since {}\n\n", code(changes.base.substr(0, kCommitDigits)));
  if (!changes.packages.empty())
    out += "| | package | before | after | lockfile |\n|---|---|---|---|---|\n";
  const std::size_t count = std::min(changes.packages.size(), kMostPackages);
  for (std::size_t index = 0; index < count; ++index)
    out += package_row(report, changes.packages[index]);
  if (changes.packages.size() > count)
    out += fmt::format("\nand {} more packages\n", changes.packages.size() - count);
  for (const std::string& unknown : changes.unknown)
    out += fmt::format("\nnot compared: {}\n", sentence(unknown));
  return out;
}

std::string write_markdown(const Report& report, const Options& /*options*/) {
  std::string out = fmt::format("## gate: {}\n", verdict_in_words(report));
  if (!report.notes.empty() || !report.gaps.empty()) out += '\n';
  for (const std::string& note : report.notes)
    out += fmt::format("- {}\n", sentence(note));
  for (const std::string& gap : report.gaps)
    out += fmt::format("- {}\n", sentence(gap));
  if (const std::string items = checklist_in_words(report); !items.empty())
    out += fmt::format("- checklist: {}\n", items);
  const std::vector<const Entry*> entries = shown_entries(report);
  for (std::size_t index = 0; index < entries.size(); ++index) {
    std::string section = rule_section(report, *entries[index]);
    if (out.size() + section.size() > kMostBytes) {
      out += fmt::format("\nand {} more rules; `--report json=FILE` has all of them\n",
                         entries.size() - index);
      break;
    }
    out += section;
  }
  out += notices(report);
  if (report.packages) out += packages_section(report);
  return out;
}

}  // namespace

const Format kMarkdown{"markdown", "for a comment on a request or a job's summary", write_markdown};

}  // namespace gate::report
