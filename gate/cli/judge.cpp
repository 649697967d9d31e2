#include "gate/cli/judge.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/inventory.h"
#include "gate/checks/package_changes.h"
#include "gate/cli/advisory_cache.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/notes.h"
#include "gate/cli/progress.h"
#include "gate/cli/store.h"
#include "gate/policy/digest.h"
#include "gate/report/fence.h"
#include "gate/report/formats.h"
#include "gate/system/clock.h"
#include "gate/system/files.h"
#include "gate/system/process.h"
#include "gate/system/signals.h"

namespace gate::cli {
namespace {

// From TERM to KILL for commands when gate itself is asked to end: as long as any has asked for.
constexpr std::chrono::milliseconds kGrace{4000};
constexpr int kSignalled = 128;  // + the signal's number: the exit status by custom of shells

report::Report make_report(const JudgeOptions& options, const Session& session,
                           const engine::RunResult& result) {
  report::Report report;
  report.version = GATE_VERSION;
  report.at = session.place.files->at();
  report.stage = name(options.selection.stage);
  report.policy_from = session.place.files->at();
  report.policy_digest = [&session] { return policy::digest(session.policy); };
  report.title = session.place.folder.filename().string();
  report.prefix = session.place.prefix;
  report.notes = session.place.notes;
  for (const std::string& file : files_from_disk(session))
    report.notes.push_back(
        fmt::format("`{}` is not part of what is judged: it was read from disk", file));
  for (const finding::Outcome& outcome : result.outcomes) {
    if (!outcome.unmet.empty()) {
      report.notes.push_back(fmt::format("`{}` has entries that met nothing; {}", outcome.rule,
                                         fmt::join(outcome.unmet, "; ")));
    }
  }
  report.gaps = gaps(session, result);
  report.fail_on = options.fail_on.value_or(session.policy.fail_on);
  report.checklist_items = session.policy.checklist_items;
  report.started_seconds =
      std::chrono::duration_cast<std::chrono::seconds>(system::now().time_since_epoch()).count();
  for (std::size_t i = 0; i < session.plan.tasks.size(); ++i) {
    report.entries.push_back({&session.plan.tasks[i].rule->head, &result.outcomes[i]});
  }
  report.totals = report::count(report.entries);
  report.totals.files = result.totals.files;
  report.totals.bytes = result.totals.bytes;
  return report;
}

// Writes every report; a file that cannot be written is named, and the others are still written.
bool write(const report::Report& report, const JudgeOptions& options, Streams& streams) {
  const bool printed = std::any_of(options.outputs.begin(), options.outputs.end(),
                                   [](const Output& output) { return output.file.empty(); });
  std::vector<Output> outputs = options.outputs;
  if (!printed) outputs.insert(outputs.begin(), {&report::kPretty, ""});
  const report::Options shown{options.color, options.quiet, options.verbose, streams.width};
  bool all_written = true;
  for (const Output& output : outputs) {
    if (output.file.empty()) {
      const std::string text = output.format->write(report, shown);
      // The other formats are for programs, or are commands themselves.
      const bool is_log = streams.is_github_log && output.format == &report::kPretty;
      streams.out += is_log ? report::fence_commands(text) : text;
      continue;
    }
    const report::Options plain{false, options.quiet, options.verbose, streams.width};
    if (Result<void> written = system::write_file(output.file, output.format->write(report, plain));
        !written) {
      streams.err += base::render(
          base::Diagnostic::error(fmt::format("the {} report is not written: {}",
                                              output.format->name, written.error().message)),
          options.color);
      all_written = false;
    }
  }
  return all_written;
}

bool starts_programs(const engine::Plan& plan) {
  return std::any_of(plan.tasks.begin(), plan.tasks.end(), [](const engine::Task& task) {
    return task.refusal.empty() && (task.kind->needs & checks::Kind::commands) != 0;
  });
}

// Runs the plan; where commands run, with what earlier runs know of them, and on a terminal with a
// line that tells how far it is.
engine::RunResult run_plan(const Session& session, checks::Context context,
                           const engine::Known* known, const JudgeOptions& options,
                           const Streams& streams) {
  engine::RunOptions run{options.jobs};
  run.known = known;
  if (options.fail_fast || session.policy.fail_fast)
    run.fail_fast = options.fail_on.value_or(session.policy.fail_on);
  if (context.processes == nullptr) return engine::run(session.policy, session.plan, context, run);
  const repo::Repository* repository = session.place.repository.get();
  Store store(repository == nullptr ? std::filesystem::path() : repository->git_folder());
  if (!options.no_cache) context.cache = &store;
  const engine::Durations durations = store.durations();
  run.durations = &durations;
  std::optional<TerminalProgress> progress;
  if (streams.err_is_terminal && !options.quiet) {
    progress.emplace(stderr, streams.width, session.plan, durations, options.jobs);
    run.progress = &*progress;
  }
  engine::RunResult result = engine::run(session.policy, session.plan, context, run);
  progress.reset();
  store.keep_durations(durations, session.plan, result);
  return result;
}

// Returns what the rules find in the files from which the change starts. Commands do not run there,
// and what they find counts as new.
engine::Known known_before(const Session& session, checks::Context context, unsigned jobs) {
  const checks::Memo memo;
  checks::Context before{*session.change->files};
  before.memo = &memo;
  before.environment = session.environment_before ? &*session.environment_before : nullptr;
  before.advisories = std::move(context.advisories);
  before.today = context.today;
  before.stage = context.stage;
  engine::Known known(session.change->base);
  const engine::RunResult result =
      engine::run(session.policy, session.plan, before, engine::RunOptions{jobs});
  for (const finding::Outcome& outcome : result.outcomes)
    known.add(outcome);
  return known;
}

finding::PackageChanges package_changes(const Session& session, const checks::Memo& memo) {
  const checks::Inventory before(*session.change->files);
  finding::PackageChanges changes =
      checks::compare_packages(before, checks::Inventory::of(*session.place.files, memo));
  changes.base = session.change->base;
  return changes;
}

int exit_code(const report::Report& report) {
  switch (report::decide(report)) {
    case report::Decision::passed:
      return passed;
    case report::Decision::blocked:
      return blocked;
    case report::Decision::undecided:
      return undecided;
  }
  return undecided;
}

}  // namespace

int judge(const JudgeOptions& options, Streams& streams) {
  const auto begin = std::chrono::steady_clock::now();
  int status = passed;
  const std::unique_ptr<Session> session = open_session(options, streams, status);
  if (!session) return status;

  // Without commands a signal may end this process at once; with them, children end first and the
  // reports are written.
  std::unique_ptr<system::ProcessRunner> processes;
  std::optional<system::SignalWatch> signals;
  if (starts_programs(session->plan)) {
    processes = system::make_process_runner();
    signals.emplace([&processes](int number, int count) {
      processes->stop(count == 1 ? kGrace : std::chrono::milliseconds(0),
                      fmt::format("gate got {}", system::signal_name(number)));
    });
  }
  const checks::Memo memo;
  checks::Context context{*session->place.files};
  context.memo = &memo;
  context.git = session->git.get();
  context.environment = session->environment ? &*session->environment : nullptr;
  context.processes = processes.get();
  context.folder = session->place.command_folder();
  context.advisories = advisory_opener();
  context.today = system::today();
  context.stage = options.selection.stage;
  std::optional<engine::Known> known;
  std::optional<finding::PackageChanges> packages;
  if (session->change) {
    context.base = session->change->files.get();
    context.target = session->change->target.get();
    known = known_before(*session, context, options.jobs);
    packages = package_changes(*session, memo);
    if (std::string note = package_note(*packages); !note.empty())
      session->place.notes.push_back(std::move(note));
  }
  engine::RunResult result =
      run_plan(*session, context, known ? &*known : nullptr, options, streams);
  // Where they were first asked for by the plan or a rule.
  if (const Result<void> complete = session->place.files->is_complete(); !complete) {
    streams.err += base::render(base::Diagnostic::error(complete.error().message), options.color);
    return undecided;
  }
  const std::chrono::duration<double, std::milli> duration =
      std::chrono::steady_clock::now() - begin;
  // The same input gives the same bytes, so time stays out of reports unless asked for.
  if (!options.timings) {
    for (finding::Outcome& outcome : result.outcomes)
      outcome.duration_ms = 0;
  }
  report::Report report = make_report(options, *session, result);
  report.packages = std::move(packages);
  report.duration_ms = options.timings ? duration.count() : 0;
  const bool written = write(report, options, streams);
  if (signals && signals->first() != 0) return kSignalled + signals->first();
  status = exit_code(report);
  return status == passed && !written ? undecided : status;
}

}  // namespace gate::cli
