// Workflow commands of GitHub Actions: annotations beside the changed lines.
//
// The runner keeps ten annotations of a level and step and drops later ones without a word, so nine
// are written and the tenth counts the rest. Its rules for places: columns only on a single line,
// ends not before starts, or it drops them. Sources: actions/runner, ActionCommand.cs and
// ActionCommandManager.cs; GitHub's documentation of workflow commands.
#include <array>

#include <fmt/format.h>

#include "gate/base/unicode.h"
#include "gate/report/annotate.h"
#include "gate/report/formats.h"
#include "gate/report/wording.h"

namespace gate::report {
namespace {

using finding::Severity;

constexpr std::size_t kMostOfLevel = 9;
constexpr std::string_view kCommandLine = "command line";  // the source of what was typed

struct Level {
  Severity severity;
  std::string_view command;
  std::string_view one;
  std::string_view many;
};

constexpr std::array<Level, 3> kLevels{{
    {Severity::error, "error", "error", "errors"},
    {Severity::warning, "warning", "warning", "warnings"},
    {Severity::note, "notice", "note", "notes"},
}};

std::string escape_data(std::string_view text) {
  std::string out;
  for (const char c : without_commands(base::to_valid_utf8(text))) {
    switch (c) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string escape_property(std::string_view text) {
  std::string out;
  for (const char c : escape_data(text)) {
    switch (c) {
      case ':':
        out += "%3A";
        break;
      case ',':
        out += "%2C";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// Returns ",line=…" with as much of the end as the runner keeps.
std::string place_properties(const finding::Place& place) {
  if (place.line == 0) return {};
  std::string out = fmt::format(",line={}", place.line);
  std::uint32_t end_line = place.end_line;
  // An end before the first column of a line is the end of the line above.
  if (end_line > place.line && place.end_column == 1) --end_line;
  if (end_line >= place.line) out += fmt::format(",endLine={}", end_line);
  if (place.column == 0 || end_line > place.line) return out;
  out += fmt::format(",col={}", place.column);
  if (place.end_line == place.line && place.end_column >= place.column)
    out += fmt::format(",endColumn={}", place.end_column);
  return out;
}

std::string command(const Level& level, std::string_view file, const finding::Place& place,
                    std::string_view title, std::string_view message) {
  std::string out = fmt::format("::{} ", level.command);
  if (!file.empty())
    out += fmt::format("file={}{},", escape_property(file), place_properties(place));
  return out + fmt::format("title={}::{}\n", escape_property(title), escape_data(clean(message)));
}

// The annotations of one level, in the order in which they matter.
class Annotations {
 public:
  explicit Annotations(const Level& level) : level_(level) {}

  void add(std::string_view file, const finding::Place& place, const Entry& entry,
           std::string_view message) {
    if (++count_ <= kMostOfLevel) text_ += command(level_, file, place, entry.rule->id, message);
  }

  [[nodiscard]] std::string text() const {
    if (count_ <= kMostOfLevel) return text_;
    const std::size_t more = count_ - kMostOfLevel;
    return text_ + command(level_, {}, {}, "gate",
                           fmt::format("and {} more {}, `--report json=FILE` has all of them", more,
                                       more == 1 ? level_.one : level_.many));
  }

 private:
  const Level& level_;
  std::size_t count_ = 0;
  std::string text_;
};

void add_findings(Annotations& annotations, const Report& report, const Entry& entry,
                  Severity severity) {
  for (const finding::Finding& finding : entry.outcome->findings) {
    if (finding.suppressed || finding.severity != severity) continue;
    std::string message = message_of(entry, finding);
    for (const std::string& step : finding.trace)
      message += fmt::format("\n  {}", step);
    const std::string& fix = finding.fix.empty() ? entry.rule->fix : finding.fix;
    if (!fix.empty()) message += fmt::format("\nfix: {}", fix);
    annotations.add(shown_path(report, finding), finding.place, entry, message);
  }
}

// Adds what has no finding to stand for it: a rule that could not run is an error where it leaves
// the decision open, one that waits blocks.
void add_reason(Annotations& annotations, const Report& report, const Entry& entry,
                Severity severity) {
  switch (entry.outcome->verdict) {
    case finding::Verdict::could_not_run: {
      const Severity shown = leaves_open(report, entry) ? Severity::error : Severity::warning;
      if (shown == severity)
        annotations.add({}, {}, entry, fmt::format("could not run: {}", reason_of(entry)));
      break;
    }
    case finding::Verdict::pending:
      if (severity == Severity::error)
        annotations.add({}, {}, entry, fmt::format("pending: {}", reason_of(entry)));
      break;
    case finding::Verdict::failed:
      if (entry.outcome->findings.empty() && entry.rule->severity == severity)
        annotations.add({}, {}, entry, reason_of(entry));
      break;
    case finding::Verdict::not_applicable:
      if (entry.outcome->notice == severity)
        annotations.add({}, {}, entry, fmt::format("not asked: {}", reason_of(entry)));
      break;
    case finding::Verdict::passed:
      break;
  }
}

std::string write_github(const Report& report, const Options& /*options*/) {
  std::string out;
  for (const Level& level : kLevels) {
    Annotations annotations(level);
    for (const Entry& entry : report.entries) {
      add_reason(annotations, report, entry, level.severity);
      add_findings(annotations, report, entry, level.severity);
    }
    out += annotations.text();
  }
  // In the log only: an annotation of each run would stand for nothing that this change has done.
  for (const std::string& gap : report.gaps)
    out += fmt::format("gate: {}\n", clean(without_commands(base::to_valid_utf8(gap))));
  return out + fmt::format("gate: {}\n", verdict_in_words(report));
}

}  // namespace

std::string annotate(const base::Diagnostics& diagnostics) {
  std::string out;
  std::size_t count = 0;
  for (const base::Diagnostic& mistake : diagnostics.all()) {
    if (mistake.level != base::Diagnostic::Level::error || ++count > kMostOfLevel) continue;
    std::string place;
    if (mistake.place && mistake.place->source->name() != kCommandLine) {
      const base::Source& source = *mistake.place->source;
      const base::Position at = source.lines().position(mistake.place->span.begin);
      place = fmt::format("file={},line={},col={},", escape_property(source.name()), at.line,
                          at.column);
    }
    const std::string help = mistake.help.empty() ? "" : "\nfix: " + mistake.help;
    out += fmt::format("::error {}title=gate::{}\n", place, escape_data(mistake.message + help));
  }
  return out;
}

const Format kGithub{"github", "annotations of GitHub Actions, on standard output", write_github};

}  // namespace gate::report
