#include "gate/engine/run.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "gate/base/parallel.h"
#include "gate/checks/readings.h"
#include "gate/engine/schedule.h"
#include "gate/engine/sift.h"

namespace gate::engine {
namespace {

using checks::Answer;
using checks::Context;
using finding::Outcome;
using finding::Verdict;

Answer answer(const checks::Check& check, const Context& context) {
  try {
    return check.run(context);
  } catch (const std::exception& bug) {
    return Answer::could_not_run(fmt::format("this is a bug in gate: {}", bug.what()));
  } catch (...) {
    return Answer::could_not_run("this is a bug in gate: an exception without a name");
  }
}

Outcome decide(const Task& task, const Context& context) {
  const auto begin = std::chrono::steady_clock::now();
  Answer reached = answer(*task.check, context);
  const std::chrono::duration<double, std::milli> duration =
      std::chrono::steady_clock::now() - begin;
  return {task.rule->head.id,
          reached.verdict,
          std::move(reached.reason),
          std::move(reached.findings),
          std::move(reached.evidence),
          duration.count(),
          reached.notice,
          reached.recalled,
          std::move(reached.unmet)};
}

bool is_about_suppressions(const Task& task) {
  return (task.kind->needs & checks::Kind::suppressions) != 0;
}

// What the tasks want found in files, and which answer belongs to which task.
struct Requests {
  // [0] finds inline allows. Empty where no rule looks into files.
  std::vector<checks::ScanRequest> all;
  std::vector<std::optional<std::size_t>> of_task;
};

Requests collect(const Plan& plan) {
  Requests requests;
  requests.all.push_back(allow_request());
  for (const Task& task : plan.tasks) {
    std::optional<checks::ScanRequest> request;
    if (task.refusal.empty()) request = task.check->scan();
    if (!request) {
      requests.of_task.emplace_back();
      continue;
    }
    requests.of_task.emplace_back(requests.all.size());
    requests.all.push_back(std::move(*request));
  }
  // Where commands are all there is, nothing of them stands in a line that a comment could allow.
  bool any = false;
  bool finds_places = false;
  for (const Task& task : plan.tasks) {
    if (!task.refusal.empty() || is_about_suppressions(task)) continue;
    any = true;
    finds_places = finds_places || task.check->finds_places();
  }
  if (requests.all.size() == 1 && any && !finds_places) requests.all.clear();
  return requests;
}

bool look_at_files(const Plan& plan) {
  return std::any_of(plan.tasks.begin(), plan.tasks.end(), [](const Task& task) {
    return task.refusal.empty() && !is_about_suppressions(task) && task.check->looks_at_files();
  });
}

bool takes_time(const Task& task) {
  return (task.kind->needs & (checks::Kind::commands | checks::Kind::network)) != 0;
}

// Returns which tasks a command of the plan waits for.
std::vector<bool> needed_by_commands(const Plan& plan) {
  std::vector<bool> needed(plan.tasks.size(), false);
  for (const Task& task : plan.tasks) {
    if (!task.refusal.empty() || !takes_time(task)) continue;
    for (const std::size_t before : task.after)
      needed[before] = true;
  }
  return needed;
}

// Returns which tasks come after those about the suppressions, themselves included.
std::vector<bool> come_last(const Plan& plan) {
  std::vector<bool> last(plan.tasks.size(), false);
  for (std::size_t task = 0; task < plan.tasks.size(); ++task)
    last[task] = is_about_suppressions(plan.tasks[task]);
  // settle() has refused cycles, so this ends.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t task = 0; task < plan.tasks.size(); ++task) {
      const std::vector<std::size_t>& after = plan.tasks[task].after;
      if (last[task] || std::none_of(after.begin(), after.end(), [&](auto it) { return last[it]; }))
        continue;
      last[task] = true;
      changed = true;
    }
  }
  return last;
}

// The tasks that apply, as jobs of a schedule.
struct Work {
  std::vector<std::size_t> tasks;  // index of each job's task
  std::vector<Job> jobs;
};

Work work_of(const Plan& plan, const Durations* durations) {
  // A command that nobody has timed is taken for a long one.
  constexpr double kUnknownMilliseconds = 60'000;
  Work work;
  std::vector<std::optional<std::size_t>> job_of(plan.tasks.size());
  for (std::size_t task = 0; task < plan.tasks.size(); ++task) {
    if (!plan.tasks[task].refusal.empty()) continue;
    job_of[task] = work.tasks.size();
    work.tasks.push_back(task);
  }
  const std::vector<bool> last = come_last(plan);
  for (const std::size_t number : work.tasks) {
    const Task& task = plan.tasks[number];
    checks::Demand demand = task.check->demand();
    Job job{{}, demand.weight, std::move(demand.exclusive), 0};
    for (const std::size_t before : task.after) {
      if (job_of[before]) job.after.push_back(*job_of[before]);
    }
    // What suppressions came to is known when everything else is.
    if (is_about_suppressions(task)) {
      for (const std::size_t other : work.tasks) {
        if (!last[other]) job.after.push_back(*job_of[other]);
      }
    }
    if (takes_time(task)) {
      const double known = durations == nullptr ? 0 : durations->of(task.rule->head.id);
      job.expected_ms = known > 0 ? known : kUnknownMilliseconds;
    }
    work.jobs.push_back(std::move(job));
  }
  return work;
}

// Starting a thread costs more than deciding a few rules about a few files.
constexpr std::size_t kFilesWorthAThread = 512;

unsigned useful_jobs(const Plan& plan, const Work& work, const Context& context, unsigned jobs) {
  const bool starts_programs =
      std::any_of(work.tasks.begin(), work.tasks.end(),
                  [&](std::size_t task) { return takes_time(plan.tasks[task]); });
  return starts_programs || context.files.files().size() >= kFilesWorthAThread ? jobs : 1;
}

bool has_finding(const Outcome& outcome, finding::Severity at_least) {
  return outcome.verdict == Verdict::failed &&
         std::any_of(outcome.findings.begin(), outcome.findings.end(),
                     [&](const finding::Finding& finding) {
                       return !finding.suppressed && finding.severity >= at_least;
                     });
}

// One run: what all workers share.
class Run {
 public:
  Run(const policy::Policy& policy, const Plan& plan, const Context& context,
      const RunOptions& options)
      : plan_(plan),
        context_(context),
        options_(options),
        requests_(collect(plan)),
        readings_(context.files, context.environment),
        needed_(needed_by_commands(plan)) {
    if (look_at_files(plan)) (void)context.files.files();
    hits_ = checks::scan(context.files, requests_.all, options.jobs, result_.totals);
    sift_.emplace(policy, plan, context.today, hits_.empty() ? checks::ScanHits() : hits_.front(),
                  options.known);
    for (const Task& task : plan.tasks) {
      result_.outcomes.push_back(
          {task.rule->head.id, Verdict::not_applicable, task.refusal, {}, {}, 0});
    }
  }

  RunResult finish() && {
    Work work = work_of(plan_, options_.durations);
    const unsigned slots = useful_jobs(plan_, work, context_, options_.jobs);
    const auto workers = static_cast<unsigned>(
        std::min<std::size_t>(slots, std::max<std::size_t>(work.tasks.size(), 1)));
    Schedule schedule(std::move(work.jobs), slots);
    base::parallel(workers, workers, 1, [&](std::size_t /*index*/, unsigned /*worker*/) {
      while (const std::optional<std::size_t> job = schedule.take()) {
        decide_task(work.tasks[*job]);
        schedule.done(*job);
      }
    });
    return std::move(result_);
  }

 private:
  void decide_task(std::size_t number) {
    const Task& task = plan_.tasks[number];
    Context own = context_;
    if (is_about_suppressions(task)) own.suppressions = suppressions();
    own.readings = &readings_;
    own.needed = needed_[number];
    if (requests_.of_task[number]) own.hits = &hits_[*requests_.of_task[number]];
    own.outcome = [&](std::string_view rule) -> const Outcome* {
      for (const std::size_t before : task.after) {
        if (result_.outcomes[before].rule == rule) return &result_.outcomes[before];
      }
      return nullptr;
    };
    Progress* const progress = takes_time(task) ? options_.progress : nullptr;
    if (progress != nullptr) progress->begins(task);
    Outcome outcome = decide(task, own);
    sift_->apply(*task.rule, outcome);
    if (progress != nullptr) progress->ended(task);
    if (options_.fail_fast && has_finding(outcome, *options_.fail_fast)) fail_fast(task);
    result_.outcomes[number] = std::move(outcome);
  }

  std::span<const checks::SuppressionState> suppressions() {
    std::call_once(states_known_, [this] { states_ = sift_->states(); });
    return states_;
  }

  void fail_fast(const Task& task) {
    constexpr std::chrono::milliseconds kGrace{4000};
    if (context_.processes == nullptr) return;
    context_.processes->stop(
        kGrace,
        fmt::format("`{}` failed, and this run ends at the first failure", task.rule->head.id));
  }

  const Plan& plan_;
  const Context& context_;
  const RunOptions& options_;
  const Requests requests_;
  RunResult result_;
  checks::Readings readings_;
  const std::vector<bool> needed_;  // by task
  std::vector<checks::ScanHits> hits_;
  std::optional<Sift> sift_;
  std::once_flag states_known_;
  std::vector<checks::SuppressionState> states_;
};

}  // namespace

RunResult run(const policy::Policy& policy, const Plan& plan, const Context& context,
              const RunOptions& options) {
  return Run(policy, plan, context, options).finish();
}

}  // namespace gate::engine
