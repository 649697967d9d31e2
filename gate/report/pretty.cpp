// The report for people at a terminal: what blocks first, one block a rule, and at the end the
// verdict in words and what to do next. What passed or does not apply is only counted unless asked
// for. No line of the source is shown: it may hold a secret.
#include <algorithm>
#include <optional>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/paint.h"
#include "gate/base/size_text.h"
#include "gate/base/unicode.h"
#include "gate/report/formats.h"
#include "gate/report/wording.h"

namespace gate::report {
namespace {

using base::Style;
using finding::Finding;
using finding::Severity;
using finding::Verdict;

constexpr std::size_t kMostFindings = 10;  // of one rule, unless verbose
constexpr std::size_t kLeastWidth = 40;    // below it lines are cut by the terminal
constexpr std::size_t kCommitDigits = 12;

constexpr std::size_t kBody = 2;    // indent of findings, reason and fix
constexpr std::size_t kDetail = 4;  // indent of what belongs to one finding

// The blocks in the order in which they are shown.
enum class Part : std::uint8_t { blocking, could_not_run, pending, failed, other };

Part part_of(const Report& report, const Entry& entry) {
  switch (entry.outcome->verdict) {
    case Verdict::could_not_run:
      return Part::could_not_run;
    case Verdict::pending:
      return Part::pending;
    case Verdict::failed:
      return blocks(report, entry) ? Part::blocking : Part::failed;
    case Verdict::passed:
    case Verdict::not_applicable:
      break;
  }
  return Part::other;
}

std::string plural(std::uint64_t count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

// Returns what was judged: a commit's id is cut to what people recognise.
std::string at_text(std::string_view at) {
  if (at == "worktree") return "work tree";
  if (at == "index") return "index";
  return std::string(at.substr(0, kCommitDigits));
}

class Page {
 public:
  Page(const Report& report, const Options& options)
      : report_(report),
        options_(options),
        paint_(options.color),
        width_(std::max(options.width, kLeastWidth)) {}

  std::string write() && {
    header();
    std::vector<const Entry*> shown;
    for (const Entry* entry : in_order()) {
      if (!options_.quiet || blocks(report_, *entry) || leaves_open(report_, *entry))
        shown.push_back(entry);
    }
    for (std::size_t index = 0; index < shown.size();)
      index += blocks_of_one_cause(std::span(shown).subspan(index));
    notices();
    if (options_.verbose && !options_.quiet) {
      rest(Verdict::passed, "passed", Style::green);
      rest(Verdict::not_applicable, "not applicable", Style::dim);
    }
    summary();
    return std::move(out_);
  }

 private:
  void header() {
    if (!options_.quiet) {
      title();
      for (const std::string& note : report_.notes)
        paragraph(clean(note), {kBody, kBody, Style::dim});
    }
    for (const std::string& unasked : report_.gaps)
      paragraph(clean(unasked), {kBody, kBody, Style::dim});
    if (!options_.quiet || !report_.gaps.empty()) gap();
  }

  void title() {
    std::string text = fmt::format("{}, stage {}", at_text(report_.at), report_.stage);
    if (!report_.title.empty())
      text = fmt::format("{}: {}", base::for_terminal(report_.title), text);
    paragraph(text, {0, kDetail, Style::bold});
  }

  [[nodiscard]] std::vector<const Entry*> in_order() const {
    std::vector<const Entry*> entries;
    for (const Entry& entry : report_.entries) {
      if (part_of(report_, entry) != Part::other) entries.push_back(&entry);
    }
    std::stable_sort(entries.begin(), entries.end(), [this](const Entry* a, const Entry* b) {
      const Part part_a = part_of(report_, *a);
      const Part part_b = part_of(report_, *b);
      return part_a != part_b ? part_a < part_b : severity_of(*a) > severity_of(*b);
    });
    return entries;
  }

  // Adds the first rule's block, and in it those behind it that the very same reason stopped: one
  // broken file must not flood the page. Returns how many rules it was.
  std::size_t blocks_of_one_cause(std::span<const Entry*> entries) {
    const finding::Outcome& first = *entries.front()->outcome;
    const auto behind = entries.begin() + 1;
    auto same_end = behind;
    if (first.verdict == Verdict::could_not_run && first.findings.empty()) {
      same_end = std::stable_partition(behind, entries.end(), [&first](const Entry* entry) {
        return entry->outcome->verdict == first.verdict && entry->outcome->reason == first.reason &&
               entry->outcome->findings.empty();
      });
    }
    std::vector<std::string> others;
    for (auto entry = behind; entry != same_end; ++entry)
      others.push_back(base::for_terminal((*entry)->rule->id));
    block(*entries.front(), others);
    return static_cast<std::size_t>(same_end - entries.begin());
  }

  // One rule that is not all right. The title says what is wrong where a rule fails: of one that
  // could not run only the reason is known.
  void block(const Entry& entry, const std::vector<std::string>& stopped_too) {
    const finding::Outcome& outcome = *entry.outcome;
    const bool is_open = outcome.verdict == Verdict::could_not_run;
    heading(entry, is_open ? reason_of(entry) : entry.rule->title);
    if (!is_open && !outcome.reason.empty()) paragraph(clean(outcome.reason), {kBody, kBody});
    findings(entry);
    if (!is_open) rule_fix(entry);
    if (!stopped_too.empty())
      paragraph(fmt::format("the same stops {}: {}", plural(stopped_too.size(), "more rule"),
                            fmt::join(stopped_too, ", ")),
                {kBody, kDetail});
    gap();
  }

  void heading(const Entry& entry, std::string_view text) {
    Style style = Style::magenta;
    std::string_view word = "could not run";
    if (entry.outcome->verdict == Verdict::pending) {
      style = Style::yellow;
      word = "pending";
    } else if (entry.outcome->verdict == Verdict::failed) {
      const Severity severity = severity_of(entry);
      word = name(severity);
      style = severity == Severity::error     ? Style::red
              : severity == Severity::warning ? Style::yellow
                                              : Style::blue;
    }
    std::string shown = clean(text);
    if (!entry.rule->checklist.empty())
      shown += clean(fmt::format(" ({})", fmt::join(entry.rule->checklist, ", ")));
    labelled(fmt::format("{}[{}]:", word, base::for_terminal(entry.rule->id)), style, shown,
             {0, kDetail, Style::bold});
  }

  void findings(const Entry& entry) {
    std::size_t shown = 0;
    std::size_t left = 0;
    for (const Finding& finding : entry.outcome->findings) {
      if (finding.suppressed && !options_.verbose) continue;
      if (options_.verbose || shown < kMostFindings) {
        one_finding(entry, finding);
        ++shown;
      } else {
        ++left;
      }
    }
    if (left != 0)
      paragraph(fmt::format("and {} more: see --verbose or --report json", left),
                {kBody, kBody, Style::dim});
  }

  void one_finding(const Entry& entry, const Finding& finding) {
    const std::string place = without_commands(
        place_text(base::path_for_terminal(shown_path(report_, finding)), finding.place));
    std::string message = clean(message_of(entry, finding));
    // The heading names the strongest; what is less says so.
    const bool is_less = finding.severity < severity_of(entry) && !finding.suppressed;
    if (is_less) message.insert(0, fmt::format("{}: ", name(finding.severity)));
    const std::string margin(kBody, ' ');
    const bool says_title =
        !is_less && finding.code.empty() && message_of(entry, finding) == entry.rule->title;
    if (place.empty()) {
      paragraph(message, {kBody, kDetail});
    } else if (says_title) {
      line(margin + paint_(Style::cyan, place));
    } else if (message.find('\n') == std::string::npos &&
               kBody + base::display_width(place) + 2 + base::display_width(message) <= width_) {
      line(fmt::format("{}{}  {}", margin, paint_(Style::cyan, place), without_commands(message)));
    } else {
      line(margin + paint_(Style::cyan, place));  // not wrapped: a path is there to be copied
      paragraph(message, {kDetail, kDetail});
    }
    trace(finding);
    if (!finding.fix.empty() && finding.fix != entry.rule->fix)
      labelled("fix:", Style::green, clean(finding.fix), {kDetail, kDetail + 2});
    if (finding.suppressed)
      paragraph(clean(describe(*finding.suppressed)), {kDetail, kDetail + 2, Style::dim});
  }

  void trace(const Finding& finding) {
    std::string_view arrow;
    for (const std::string& step : finding.trace) {
      paragraph(fmt::format("{}{}", arrow, clean(step)), {kDetail, kDetail + 2, Style::dim});
      arrow = "→ ";
    }
  }

  // The rule's fix once, unless every finding has one of its own.
  void rule_fix(const Entry& entry) {
    std::vector<const Finding*> left;
    for (const Finding& finding : entry.outcome->findings) {
      if (!finding.suppressed) left.push_back(&finding);
    }
    const std::string_view fix = common_fix(*entry.rule, left);
    if (!fix.empty()) labelled("fix:", Style::green, clean(fix), {kBody, kDetail});
  }

  // Says what was not asked and should have been, as far as the policy goes on without it.
  void notices() {
    bool any = false;
    for (const Entry& entry : report_.entries) {
      const std::optional<Severity> notice = entry.outcome->notice;
      if (!notice) continue;
      any = true;
      const Style style = *notice == Severity::note ? Style::blue : Style::yellow;
      labelled(fmt::format("{}[{}]:", name(*notice), base::for_terminal(entry.rule->id)), style,
               clean(fmt::format("not asked: {}", reason_of(entry))), {0, kDetail});
    }
    if (any) gap();
  }

  // Lists the rules of a verdict that needs no attention.
  void rest(Verdict verdict, std::string_view word, Style style) {
    bool is_first = true;
    for (const Entry& entry : report_.entries) {
      if (entry.outcome->verdict != verdict || entry.outcome->notice) continue;
      is_first = false;
      std::vector<std::string> parts = entry.outcome->evidence;
      if (!entry.outcome->reason.empty()) parts.insert(parts.begin(), entry.outcome->reason);
      labelled(fmt::format("{}[{}]{}", word, base::for_terminal(entry.rule->id),
                           parts.empty() ? "" : ":"),
               style, clean(fmt::format("{}", fmt::join(parts, "; "))), {0, kDetail});
      findings(entry);
    }
    if (!is_first) gap();
  }

  void summary() {
    const Decision decision = decide(report_);
    const std::string words = verdict_in_words(report_);
    const std::size_t colon = words.find(':');
    const Style style = is_empty(report_)               ? Style::yellow
                        : decision == Decision::passed  ? Style::green
                        : decision == Decision::blocked ? Style::red
                                                        : Style::magenta;
    labelled(words.substr(0, colon + 1), style, words.substr(colon + 2), {0, kBody});
    if (options_.quiet) return;

    const Totals& totals = report_.totals;
    std::string found = plural(totals.findings, "finding");
    if (totals.suppressed != 0) found += fmt::format(", {} suppressed", totals.suppressed);
    if (totals.files != 0)
      found +=
          fmt::format(", in {} of {}", plural(totals.files, "file"), base::size_text(totals.bytes));
    if (totals.not_applicable != 0)
      found +=
          fmt::format("; {} not apply", totals.not_applicable == 1
                                            ? "1 rule does"
                                            : fmt::format("{} rules do", totals.not_applicable));
    paragraph(found, {0, kBody});
    if (const std::string items = checklist_in_words(report_); !items.empty())
      paragraph("checklist: " + items, {0, kBody});
    next(decision);
  }

  // Says what to do next, with the first rule as the example.
  void next(Decision decision) {
    const std::vector<const Entry*> entries = in_order();
    if (entries.empty()) return;
    const std::string id = base::for_terminal(entries.front()->rule->id);
    const std::string_view why = decision == Decision::undecided
                                     ? "says what it needs to run"
                                     : "says why it matters and how to mend it";
    labelled("next:", Style::bold, fmt::format("`gate explain {}` {}", id, why), {0, kBody});
  }

  struct Layout {
    std::size_t indent = 0;
    std::size_t hanging = 0;  // indent of the lines after the first
    std::optional<Style> style{};
  };

  void paragraph(std::string_view text, Layout layout) { labelled("", Style::bold, text, layout); }

  // Adds a coloured word and the text behind it, wrapped with a hanging indent.
  void labelled(std::string_view word, Style word_style, std::string_view text, Layout layout) {
    const std::size_t taken = layout.indent + (word.empty() ? 0 : base::display_width(word) + 1);
    const std::size_t used = taken - std::min(taken, layout.hanging);
    std::string start = std::string(layout.indent, ' ') + paint_(word_style, word);
    bool is_first = true;
    for (const std::string& piece : base::wrap(text, width_ - layout.hanging, used)) {
      if (!is_first) start = std::string(layout.hanging, ' ');
      if (is_first && !word.empty() && !piece.empty()) start += ' ';
      is_first = false;
      const std::string shown = without_commands(piece);
      line(start + (layout.style ? paint_(*layout.style, shown) : shown));
    }
    if (is_first) line(start);
  }

  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  // Parts are set off by an empty line; nothing decorative where only the necessary was asked for.
  void gap() {
    if (!options_.quiet) out_ += '\n';
  }

  const Report& report_;
  const Options& options_;
  base::Painter paint_;
  std::size_t width_;
  std::string out_;
};

std::string write_pretty(const Report& report, const Options& options) {
  return Page(report, options).write();
}

}  // namespace

const Format kPretty{"pretty", "for people at a terminal", write_pretty};

}  // namespace gate::report
