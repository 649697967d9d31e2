// JUnit XML for people who read test results: GitLab, Jenkins, actions that show them on GitHub.
//
// One suite a pack, one test a rule and path with findings, named without the line so that "new"
// and "existing" failures can be told apart; a rule without findings is one test. The document is
// red exactly where the gate is:
//   failed, at or above fail_on   failure
//   failed, below fail_on         passed, the findings in system-out
//   pending                       failure: it blocks
//   could not run                 error; skipped where the rule is below fail_on
//   does not apply, suppressed    skipped, with the reason
// Readers disagree on the format. The default dialect is what GitLab and the actions for GitHub
// show best (file and line of a test). The strict one has only what two published schemas allow at
// once: Jenkins' junit-10.xsd and Ant's JUnit.xsd.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "gate/base/date.h"
#include "gate/base/xml_writer.h"
#include "gate/report/formats.h"
#include "gate/report/wording.h"

namespace gate::report {
namespace {

using base::XmlWriter;
using finding::Finding;
using finding::Verdict;

constexpr std::string_view kOwnRules = "policy";  // suite of the rules that are in no pack

constexpr double kLongest = 1e12;  // milliseconds; a time beyond is a mistake of the clock

enum class Dialect : std::uint8_t { lenient, strict };

enum class Result : std::uint8_t { passed, failure, error, skipped };

struct Case {
  std::string name;
  Result result = Result::passed;
  std::string type;     // of a failure or an error
  std::string message;  // one line
  std::string body;
  std::string output;  // what a passed test still says
  std::string file;
  std::uint32_t line = 0;
  std::int64_t milliseconds = 0;
};

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
  std::int64_t milliseconds = 0;

  void add(const Case& test) {
    ++tests;
    if (test.result == Result::failure) ++failures;
    if (test.result == Result::error) ++errors;
    if (test.result == Result::skipped) ++skipped;
    milliseconds += test.milliseconds;
  }
};

struct Suite {
  std::string name;
  std::vector<Case> cases;
};

Counts count(const Suite& suite) {
  Counts counts;
  for (const Case& test : suite.cases)
    counts.add(test);
  return counts;
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

// Returns the findings as lines: place, severity, message, and below it what belongs to it.
std::string list(const Report& report, const Entry& entry,
                 std::span<const Finding* const> findings) {
  std::string out;
  for (const Finding* finding : findings) {
    const std::string place = place_text(shown_path(report, *finding), finding->place);
    if (!place.empty()) out += place + ": ";
    out += fmt::format("{}: {}\n", name(finding->severity), message_of(entry, *finding));
    for (const std::string& step : finding->trace)
      out += fmt::format("  {}\n", step);
    if (finding->suppressed) out += fmt::format("  {}\n", describe(*finding->suppressed));
    if (!finding->fix.empty()) out += fmt::format("  fix: {}\n", finding->fix);
  }
  return out;
}

// Puts the tests of one report into suites.
class Collector {
 public:
  explicit Collector(const Report& report) : report_(report) {}

  void add(const Entry& entry) {
    suite_ = &suite_of(entry);
    const std::size_t first = suite_->cases.size();
    add_outcome(entry);
    add_findings(entry);
    // The time of the rule counts once.
    const double duration = entry.outcome->duration_ms;
    if (duration > 0 && duration < kLongest)
      suite_->cases[first].milliseconds = std::llround(duration);
  }

  [[nodiscard]] std::vector<Suite> take() && {
    if (suites_.empty()) suites_.push_back({std::string(kOwnRules), {}});  // GitLab wants one
    return std::move(suites_);
  }

 private:
  using Group = std::vector<const Finding*>;

  Suite& suite_of(const Entry& entry) {
    const std::string name = entry.rule->pack.empty() ? std::string(kOwnRules) : entry.rule->pack;
    const auto [found, is_new] = index_.try_emplace(name, suites_.size());
    if (is_new) suites_.push_back({name, {}});
    return suites_[found->second];
  }

  Case& add_case(const Entry& entry, std::string_view path) {
    std::string name = base::to_xml_characters(
        path.empty() ? entry.rule->id : fmt::format("{}: {}", entry.rule->id, path));
    // Two paths may look the same where bytes were replaced; a reader drops the second of two
    // names.
    const std::size_t n = ++names_[suite_->name + '\n' + name];
    if (n > 1) name += fmt::format(" ({})", n);
    Case& test = suite_->cases.emplace_back();
    test.name = std::move(name);
    return test;
  }

  // Adds the test that stands for the rule as a whole, where there is one.
  void add_outcome(const Entry& entry) {
    const finding::Outcome& outcome = *entry.outcome;
    const std::string reason = reason_of(entry);
    switch (outcome.verdict) {
      case Verdict::failed:
        if (!outcome.findings.empty()) return;
        if (blocks(report_, entry)) return fail(entry, name(entry.rule->severity), reason);
        return say(entry, reason);
      case Verdict::pending:
        return fail(entry, name(outcome.verdict), reason);
      case Verdict::could_not_run: {
        Case& test = add_case(entry, {});
        const bool is_open = leaves_open(report_, entry);
        test.result = is_open ? Result::error : Result::skipped;
        test.type = name(outcome.verdict);
        test.message = is_open ? first_line(reason) : "could not run: " + first_line(reason);
        test.body = reason;
        return;
      }
      case Verdict::not_applicable: {
        Case& test = add_case(entry, {});
        test.result = Result::skipped;
        test.message = first_line(reason);
        return;
      }
      case Verdict::passed:
        // A suppressed finding without a place takes the same name: one test says both.
        if (std::none_of(outcome.findings.begin(), outcome.findings.end(),
                         [](const Finding& finding) { return finding.place.path.empty(); })) {
          Case& test = add_case(entry, {});
          if (outcome.recalled) test.output = fmt::format("from the cache: {}\n", reason);
        }
        return;
    }
  }

  void fail(const Entry& entry, std::string_view type, const std::string& reason) {
    Case& test = add_case(entry, {});
    test.result = Result::failure;
    test.type = type;
    test.message = first_line(reason);
    test.body = reason;
    if (!entry.rule->fix.empty()) test.body += fmt::format("\nfix: {}", entry.rule->fix);
  }

  void say(const Entry& entry, const std::string& reason) {
    add_case(entry, {}).output = fmt::format("{}: {}", name(entry.rule->severity), reason);
  }

  void add_findings(const Entry& entry) {
    std::vector<std::pair<std::string, Group>> groups;
    for (const Finding& finding : entry.outcome->findings) {
      const std::string path = shown_path(report_, finding);
      if (groups.empty() || groups.back().first != path) groups.push_back({path, {}});
      groups.back().second.push_back(&finding);
    }
    for (const auto& [path, findings] : groups)
      add_group(entry, path, findings);
  }

  void add_group(const Entry& entry, const std::string& path, const Group& findings) {
    Group left;
    Group suppressed;
    for (const Finding* finding : findings)
      (finding->suppressed ? suppressed : left).push_back(finding);

    Case& test = add_case(entry, path);
    test.file = path;
    test.line = findings.front()->place.line;
    if (left.empty()) {
      test.result = Result::skipped;
      test.message = describe(*suppressed.front()->suppressed);
      test.body = list(report_, entry, suppressed);
      return;
    }
    test.line = left.front()->place.line;
    std::string body = list(report_, entry, left);
    if (const std::string_view fix = common_fix(*entry.rule, left); !fix.empty())
      body += fmt::format("fix: {}\n", fix);
    const finding::Severity worst = worst_of(left);
    if (worst < report_.fail_on) {
      test.output = std::move(body) + list(report_, entry, suppressed);
      return;
    }
    test.result = Result::failure;
    test.type = name(worst);
    test.message = left.size() == 1
                       ? first_line(message_of(entry, *left.front()))
                       : fmt::format("{} ({} findings)", entry.rule->title, left.size());
    test.body = std::move(body) + list(report_, entry, suppressed);
  }

  static finding::Severity worst_of(const Group& findings) {
    finding::Severity worst = finding::Severity::note;
    for (const Finding* finding : findings)
      worst = std::max(worst, finding->severity);
    return worst;
  }

  const Report& report_;
  std::vector<Suite> suites_;
  std::map<std::string, std::size_t> index_;
  std::map<std::string, std::size_t> names_;
  Suite* suite_ = nullptr;
};

std::string seconds(std::int64_t milliseconds) {
  return fmt::format("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
}

std::string timestamp(std::int64_t seconds_since_epoch) {
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds_since_epoch)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{}T{:02}:{:02}:{:02}", base::format_date(day), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

void write_counts(XmlWriter& xml, const Counts& counts) {
  xml.attribute("tests", fmt::format("{}", counts.tests));
  xml.attribute("failures", fmt::format("{}", counts.failures));
  xml.attribute("errors", fmt::format("{}", counts.errors));
  xml.attribute("skipped", fmt::format("{}", counts.skipped));
  xml.attribute("time", seconds(counts.milliseconds));
}

void write_result(XmlWriter& xml, const Case& test) {
  switch (test.result) {
    case Result::passed:
      return;
    case Result::skipped:
      xml.begin("skipped").attribute("message", test.message);
      break;
    case Result::failure:
    case Result::error:
      xml.begin(test.result == Result::failure ? "failure" : "error");
      xml.attribute("message", test.message).attribute("type", test.type);
      break;
  }
  if (!test.body.empty()) xml.text(test.body);
  xml.end();
}

void write_case(XmlWriter& xml, const Suite& suite, const Case& test, Dialect dialect) {
  xml.begin("testcase");
  xml.attribute("name", test.name);
  xml.attribute("classname", "gate." + suite.name);
  xml.attribute("time", seconds(test.milliseconds));
  if (dialect == Dialect::lenient) {
    if (!test.file.empty()) xml.attribute("file", test.file);
    if (test.line != 0) xml.attribute("line", fmt::format("{}", test.line));
  }
  write_result(xml, test);
  if (dialect == Dialect::lenient && !test.output.empty())
    xml.begin("system-out").text(test.output).end();
  xml.end();
}

void write_properties(XmlWriter& xml, const Report& report) {
  const std::string digest = report.policy_digest();
  const std::pair<std::string_view, std::string_view> properties[] = {
      {"gate.version", report.version},
      {"gate.at", report.at},
      {"gate.stage", report.stage},
      {"gate.policy", digest},
  };
  xml.begin("properties");
  for (const auto& [name, value] : properties)
    xml.begin("property").attribute("name", name).attribute("value", value).end();
  xml.end();
}

void write_suite(XmlWriter& xml, const Report& report, const Suite& suite, std::size_t id,
                 Dialect dialect) {
  xml.begin("testsuite");
  if (dialect == Dialect::strict)
    xml.attribute("id", fmt::format("{}", id)).attribute("package", "gate");
  xml.attribute("name", suite.name);
  write_counts(xml, count(suite));
  if (dialect == Dialect::strict) {
    xml.attribute("timestamp", timestamp(report.started_seconds));
    xml.attribute("hostname", "localhost");
    write_properties(xml, report);
  }
  for (const Case& test : suite.cases)
    write_case(xml, suite, test, dialect);
  if (dialect == Dialect::strict) {
    xml.begin("system-out");
    for (const Case& test : suite.cases)
      if (!test.output.empty()) xml.text(test.output);
    xml.end().begin("system-err").end();
  }
  xml.end();
}

std::string write(const Report& report, Dialect dialect) {
  Collector collector(report);
  for (const Entry& entry : report.entries)
    collector.add(entry);
  const std::vector<Suite> suites = std::move(collector).take();

  XmlWriter xml;
  xml.begin("testsuites");
  if (dialect == Dialect::lenient) {
    Counts total;
    for (const Suite& suite : suites)
      for (const Case& test : suite.cases)
        total.add(test);
    xml.attribute("name", "gate");
    write_counts(xml, total);
  }
  for (std::size_t id = 0; id < suites.size(); ++id)
    write_suite(xml, report, suites[id], id, dialect);
  xml.end();
  return std::move(xml).document();
}

std::string write_lenient(const Report& report, const Options& /*options*/) {
  return write(report, Dialect::lenient);
}

std::string write_strict(const Report& report, const Options& /*options*/) {
  return write(report, Dialect::strict);
}

}  // namespace

const Format kJunit{"junit", "JUnit XML, for GitLab and actions on GitHub", write_lenient};
const Format kJunitStrict{"junit-strict", "JUnit XML that satisfies the schemas of Jenkins and Ant",
                          write_strict};

}  // namespace gate::report
