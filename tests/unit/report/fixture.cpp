#include "fixture.h"

#include <random>

#include <fmt/format.h>

#include "gate/finding/fingerprint.h"

namespace gate::report {
namespace {

using finding::Finding;
using finding::Outcome;
using finding::Place;
using finding::Severity;
using finding::Suppression;
using finding::Verdict;
using policy::RuleHead;
using policy::Stage;

RuleHead make_rule(std::string id, std::string pack, Severity severity, std::string title) {
  RuleHead rule;
  rule.id = std::move(id);
  rule.kind = "content";
  rule.pack = std::move(pack);
  rule.title = std::move(title);
  rule.severity = severity;
  rule.stages = {Stage::ci};
  return rule;
}

Outcome make_outcome(Verdict verdict, std::string reason = {}) {
  Outcome outcome;
  outcome.verdict = verdict;
  outcome.reason = std::move(reason);
  return outcome;
}

Finding make_finding(std::string message, Place place, Severity severity = Severity::error) {
  Finding finding;
  finding.message = std::move(message);
  finding.place = std::move(place);
  finding.severity = severity;
  finding.identity = finding.message;
  return finding;
}

Finding suppressed(Finding finding, Suppression suppression) {
  finding.suppressed = std::move(suppression);
  return finding;
}

void add_failed_errors(Fixture& fixture) {
  RuleHead debug = make_rule("env.debug-enabled", "env", Severity::error,
                             "debug output is on in the production environment");
  debug.kind = "env";
  debug.fix = "set `APP_DEBUG=false` where the production environment is declared";
  debug.stages = {Stage::ci, Stage::deploy};
  debug.aliases = {"django:security.W018"};
  debug.checklist = {"DEX-008"};
  Outcome outcome = make_outcome(Verdict::failed);
  outcome.duration_ms = 1.23456;
  outcome.evidence = {"3 files"};
  outcome.findings = {
      make_finding("`APP_DEBUG` is `true`", {".env.production", 2, 1, 2, 15}),
      suppressed(make_finding("`APP_DEBUG` is `1`", {".env.staging", 4, 1, 4, 12}),
                 {Suppression::By::inline_comment, "staging shows errors", "2027-03-01", ""}),
      make_finding("`DEBUG` is true in effect", {"config/settings.py", 25, 9, 25, 30}),
  };
  outcome.findings[2].trace = {"DEBUG=0 (.env.prod:3)", "bool(\"0\") is True (settings.py:25)"};
  outcome.findings[2].fix = "compare the text: `DEBUG = os.environ[\"DEBUG\"] == \"1\"`";
  fixture.add(std::move(debug), std::move(outcome));

  RuleHead arabic =
      make_rule("dexter.release-notes", "", Severity::error,
                "لا توجد ملاحظات إصدار لهذه النسخة في ملف DEPLOYMENT.md قبل النشر إلى الإنتاج");
  arabic.fix = "أضف قسماً بعنوان «ملاحظات الإصدار» ثم أعد المحاولة";
  outcome = make_outcome(Verdict::failed);
  outcome.findings = {
      make_finding("القسم «التراجع» فارغ", {"docs/قائمة النشر.md", 12, 1, 12, 20}),
      make_finding("הסעיף `rollback` חסר", {"docs/רשימה.md", 3, 0, 0, 0}),
      make_finding("部署清单 is older than the code it describes 🚀",
                   {"docs/部署清单.md", 0, 0, 0, 0}),
  };
  fixture.add(std::move(arabic), std::move(outcome));

  outcome = make_outcome(Verdict::failed);
  outcome.findings = {
      make_finding("::error file=a::forged]]><b a=\"1\">&amp;</b> 100%, a: b",
                   {"::error::x", 1, 1, 1, 5}),
      make_finding("first line\n::set-output name=a::b\r\n  ##[error]last",
                   {"a##[group]b, c.txt", 1, 1, 3, 1}),
      make_finding(
          "colour \033[31mred\033[0m, title \033]0;owned\007, bell \007, C1 \u009B1m, NUL " +
              std::string(1, '\0'),
          {"new\nline.txt", 2, 3, 2, 2}),
      make_finding("invalid \xFF\xC3( and over\u202Eride, e\u0301 👨‍👩‍👧 \uFFFE",
                   {"caf\xE9.txt", 7, 2, 9, 4}),
      make_finding("another file that looks the same", {"caf\xE8.txt", 7, 2, 0, 0}),
  };
  fixture.add(
      make_rule("app.forged-output", "", Severity::error, "output of a tool is taken for ours"),
      std::move(outcome));

  outcome = make_outcome(Verdict::failed);
  outcome.findings = {make_finding("HEAD is not on `main`", {})};
  outcome.findings[0].code = "tool.branch";
  RuleHead branch =
      make_rule("git.wrong-branch", "git", Severity::error, "the branch is not deployed");
  branch.fix = "merge into `main` first";
  fixture.add(std::move(branch), std::move(outcome));

  fixture.add(make_rule("app.ready", "", Severity::error, "the release is not ready"),
              make_outcome(Verdict::failed, "2 of 3 rules failed"));
}

void add_failed_below(Fixture& fixture) {
  RuleHead words =
      make_rule("docs.weasel-words", "docs", Severity::warning, "a step says `should`");
  words.fix = "say who does what, when";
  Outcome outcome = make_outcome(Verdict::failed);
  for (std::uint32_t line = 1; line <= 12; ++line)
    outcome.findings.push_back(make_finding(
        "a step says `should`", {"docs/DEPLOYMENT.md", line, 5, line, 11}, Severity::warning));
  fixture.add(std::move(words), std::move(outcome));

  outcome = make_outcome(Verdict::failed);
  outcome.findings = {make_finding(
      "the class name is longer than any file name that the archive format of the old deployment "
      "host accepts, and its last part repeats the folder",
      {"app/Http/Controllers/Administration/Reporting/QuarterlyRevenueByRegionExportController.php",
       8, 7, 8, 50},
      Severity::note)};
  fixture.add(
      make_rule("laravel.long-class", "laravel", Severity::note, "a class has a very long name"),
      std::move(outcome));
}

void add_open(Fixture& fixture) {
  RuleHead tests = make_rule("app.tests", "", Severity::error, "the tests fail");
  tests.kind = "command";
  tests.fix = "mend the tests";
  Outcome outcome =
      make_outcome(Verdict::could_not_run,
                   "`vendor/bin/phpunit` is not there\ninstall it with `composer install`");
  outcome.duration_ms = 2500;
  fixture.add(std::move(tests), std::move(outcome));

  fixture.add(make_rule("app.spelling", "", Severity::warning, "a document has spelling mistakes"),
              make_outcome(Verdict::could_not_run, "`aspell` took longer than 10 s"));

  RuleHead sign_off =
      make_rule("dexter.backup-restored", "", Severity::error, "nobody has restored a backup");
  sign_off.kind = "signoff";
  sign_off.stages = {Stage::follow_up};
  sign_off.fix = "restore one, then `gate sign DEX-021`";
  fixture.add(std::move(sign_off),
              make_outcome(Verdict::pending, "no sign-off by role `dba` since 2026-08-01"));
}

void add_quiet(Fixture& fixture) {
  Outcome outcome = make_outcome(Verdict::passed);
  outcome.evidence = {"HEAD 1a2b3c4d5e6f", "0 uncommitted files"};
  outcome.duration_ms = 0.5;
  fixture.add(make_rule("git.dirty-tree", "git", Severity::error, "files are not committed"),
              std::move(outcome));

  outcome = make_outcome(Verdict::passed, "3 findings are suppressed");
  outcome.findings = {
      suppressed(make_finding("`latest` is no version", {}),
                 {Suppression::By::policy, "no tags at this registry", "2027-03-01", "@platform"}),
      suppressed(make_finding("`latest` is no version", {"docker/Dockerfile", 1, 6, 1, 16}),
                 {Suppression::By::policy, "development image", "2027-03-01", ""}),
      suppressed(make_finding("`latest` is no version", {"docker/Dockerfile", 9, 6, 9, 16}),
                 {Suppression::By::baseline, "was there before", "", ""}),
      suppressed(make_finding("`latest` is no version", {"docker/dev/Dockerfile", 3, 1, 3, 9}),
                 {Suppression::By::inline_comment, "]]> ##[error]", "2026-12-31", ""}),
  };
  fixture.add(make_rule("docker.latest-tag", "docker", Severity::error, "an image has no version"),
              std::move(outcome));

  fixture.add(
      make_rule("laravel.debugbar", "laravel", Severity::error, "the debug bar is installed"),
      make_outcome(Verdict::not_applicable, "no package `laravel/framework`"));

  outcome = make_outcome(Verdict::not_applicable,
                         "`phpstan` is not there; to install it: composer require phpstan/phpstan");
  outcome.notice = Severity::warning;
  fixture.add(make_rule("app.types", "", Severity::error, "the types do not fit"),
              std::move(outcome));
  outcome = make_outcome(Verdict::not_applicable, "`aspell` is not installed");
  outcome.notice = Severity::note;
  fixture.add(make_rule("app.words", "", Severity::error, "a word is not spelt right"),
              std::move(outcome));
}

// Texts that break what does not escape or check them.
std::string hostile_text(std::mt19937& random) {
  static const std::string kPieces[] = {"::error::",
                                        "##[error]",
                                        "]]>",
                                        "<!--",
                                        "&",
                                        "\"",
                                        "'",
                                        "\n",
                                        "\r\n",
                                        "\t",
                                        "\033[31m",
                                        "\033]0;",
                                        "\007",
                                        std::string(1, '\0'),
                                        "\x01",
                                        "\x7F",
                                        "\u0085",
                                        "\u202E",
                                        "\u2028",
                                        "\uFFFE",
                                        "\uFFFF",
                                        "😀",
                                        "👨‍👩‍👧",
                                        "نشر",
                                        "שלום",
                                        "漢字",
                                        "e\u0301",
                                        "\xFF",
                                        "\xC0\xAF",
                                        "\xED\xA0\x80",
                                        "\xF0\x9F",
                                        "%",
                                        "%0A",
                                        ",",
                                        ":",
                                        ";",
                                        "\\",
                                        "/",
                                        " ",
                                        "plain",
                                        "..",
                                        "{}",
                                        "\U0010FFFF"};
  std::string text;
  const std::size_t count = 1 + random() % 12;
  for (std::size_t index = 0; index < count; ++index)
    text += kPieces[random() % std::size(kPieces)];
  return text;
}

}  // namespace

void Fixture::add(RuleHead rule, Outcome outcome) {
  outcome.rule = rule.id;
  finding::sort(outcome.findings);
  finding::set_fingerprints(rule.id, outcome.findings);
  rules.push_back(std::move(rule));
  outcomes.push_back(std::move(outcome));
}

void Fixture::finish() {
  report.entries.clear();
  for (std::size_t index = 0; index < rules.size(); ++index)
    report.entries.push_back({&rules[index], &outcomes[index]});
  const Totals totals = count(report.entries);
  const Totals before = report.totals;
  report.totals = totals;
  report.totals.files = before.files;
  report.totals.bytes = before.bytes;
  report.totals.commits = before.commits;
  report.totals.blobs = before.blobs;
}

Fixture everything() {
  Fixture fixture;
  Report& report = fixture.report;
  report.version = "0.1.0";
  report.at = "0123456789abcdef0123456789abcdef01234567";
  report.stage = "ci";
  report.policy_from = "worktree";
  report.policy_digest = [] { return std::string("sha256:00ff"); };
  report.title = "dexter-crm";
  report.prefix = "services/api/";
  report.notes = {"no gate.toml: detected Laravel (`artisan`), packs git, env, laravel"};
  report.packages = finding::PackageChanges{
      "fedcba9876543210fedcba9876543210fedcba98",
      {{"composer.lock", "composer", "acme/added", {}, {"1.0.0"}, false},
       {"package-lock.json", "npm", "@scope/changed", {"1.0.0"}, {"1.0.0", "2.0.0-rc.1"}, true},
       {"package-lock.json", "npm", "a|b`c", {"1|2"}, {}, false}},
      {"yarn.lock before the change: line 3, column 1: <b>"}};
  report.totals.files = 120;
  report.totals.bytes = 1234567;
  report.totals.commits = 2;
  report.totals.blobs = 7;
  report.started_seconds = 1795224600;  // 2026-11-21T01:30:00Z
  report.duration_ms = 412;
  add_quiet(fixture);
  add_failed_below(fixture);
  add_failed_errors(fixture);
  add_open(fixture);
  fixture.finish();
  return fixture;
}

Fixture hostile(std::size_t count) {
  constexpr std::size_t kFindingsOfRule = 100;
  std::mt19937 random(20261121);  // fixed: the same bytes in every run
  Fixture fixture;
  Report& report = fixture.report;
  report.version = "0.1.0";
  report.at = "worktree";
  report.stage = "ci";
  report.policy_from = "worktree";
  report.policy_digest = [] { return std::string("sha256:00ff"); };
  report.title = hostile_text(random);
  report.notes = {hostile_text(random)};
  std::size_t made = 0;
  for (std::size_t number = 0; made < count; ++number) {
    const auto severity = static_cast<Severity>(number % 3);
    RuleHead rule = make_rule(fmt::format("pack{}.rule-{}", number % 7, number),
                              fmt::format("pack{}", number % 7), severity, hostile_text(random));
    rule.fix = hostile_text(random);
    Outcome outcome = make_outcome(number % 10 == 0 ? Verdict::could_not_run : Verdict::failed);
    outcome.duration_ms = static_cast<double>(random() % 100000) / 1000;
    if (outcome.verdict == Verdict::could_not_run) outcome.reason = hostile_text(random);
    for (std::size_t index = 0; index < kFindingsOfRule && made < count; ++index, ++made) {
      const auto small = [&random] { return static_cast<std::uint32_t>(random() % 4); };
      Finding finding =
          make_finding(hostile_text(random),
                       {hostile_text(random), small(), small(), small(), small()}, severity);
      finding.trace = {hostile_text(random)};
      if (random() % 5 == 0) finding.place = {};
      if (random() % 5 == 0) finding.fix = hostile_text(random);
      if (random() % 9 == 0)
        finding.suppressed =
            Suppression{Suppression::By::policy, hostile_text(random), "2027-01-01", "@x"};
      outcome.findings.push_back(std::move(finding));
    }
    fixture.add(std::move(rule), std::move(outcome));
  }
  fixture.finish();
  return fixture;
}

}  // namespace gate::report
