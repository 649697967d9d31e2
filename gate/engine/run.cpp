#include "gate/engine/run.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "gate/base/parallel.h"
#include "gate/checks/readings.h"
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
  return {task.rule->head.id,          reached.verdict,
          std::move(reached.reason),   std::move(reached.findings),
          std::move(reached.evidence), duration.count()};
}

// What the tasks want found in files, and which answer belongs to which task.
struct Requests {
  std::vector<checks::ScanRequest> all;  // [0] finds inline allows
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
  return requests;
}

// Sorts the tasks that apply into waves: a task stands in a later wave than all tasks it comes
// after. Tasks that are about the suppressions form the last wave.
std::vector<std::vector<std::size_t>> waves(const Plan& plan) {
  std::vector<std::size_t> level(plan.tasks.size(), 0);
  // settle() has refused cycles, so this ends: each round settles at least one more task for good.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t task = 0; task < plan.tasks.size(); ++task) {
      for (const std::size_t before : plan.tasks[task].after) {
        if (level[task] > level[before]) continue;
        level[task] = level[before] + 1;
        changed = true;
      }
    }
  }
  std::vector<std::vector<std::size_t>> waves;
  std::vector<std::size_t> last;
  for (std::size_t task = 0; task < plan.tasks.size(); ++task) {
    if (!plan.tasks[task].refusal.empty()) continue;
    if ((plan.tasks[task].kind->needs & checks::Kind::suppressions) != 0) {
      last.push_back(task);
      continue;
    }
    if (waves.size() <= level[task]) waves.resize(level[task] + 1);
    waves[level[task]].push_back(task);
  }
  waves.push_back(std::move(last));
  return waves;
}

// Starting a thread costs more than deciding a few rules about a few files.
constexpr std::size_t kFilesWorthAThread = 512;

unsigned useful_jobs(const Plan& plan, const std::vector<std::size_t>& wave, const Context& context,
                     unsigned jobs) {
  const bool starts_programs = std::any_of(wave.begin(), wave.end(), [&](std::size_t task) {
    return (plan.tasks[task].kind->needs & (checks::Kind::commands | checks::Kind::network)) != 0;
  });
  return starts_programs || context.files.files().size() >= kFilesWorthAThread ? jobs : 1;
}

}  // namespace

RunResult run(const policy::Policy& policy, const Plan& plan, const Context& context,
              unsigned jobs) {
  RunResult result;
  const Requests requests = collect(plan);
  const std::vector<checks::ScanHits> hits =
      checks::scan(context.files, requests.all, jobs, result.totals);
  Sift sift(policy, plan, context.today, hits.front());

  for (const Task& task : plan.tasks) {
    result.outcomes.push_back(
        {task.rule->head.id, Verdict::not_applicable, task.refusal, {}, {}, 0});
  }
  checks::Readings readings(context.files, context.environment);
  std::vector<checks::SuppressionState> suppressions;
  const std::vector<std::vector<std::size_t>> order = waves(plan);
  for (std::size_t wave = 0; wave < order.size(); ++wave) {
    if (wave + 1 == order.size()) suppressions = sift.states();
    const unsigned threads = useful_jobs(plan, order[wave], context, jobs);
    base::parallel(order[wave].size(), threads, 1, [&](std::size_t index, unsigned /*worker*/) {
      const std::size_t number = order[wave][index];
      const Task& task = plan.tasks[number];
      Context own = context;
      own.suppressions = suppressions;
      own.readings = &readings;
      if (requests.of_task[number]) own.hits = &hits[*requests.of_task[number]];
      own.outcome = [&](std::string_view rule) -> const Outcome* {
        for (const std::size_t before : task.after) {
          if (result.outcomes[before].rule == rule) return &result.outcomes[before];
        }
        return nullptr;
      };
      Outcome outcome = decide(task, own);
      sift.apply(*task.rule, outcome);
      result.outcomes[number] = std::move(outcome);
    });
  }
  return result;
}

}  // namespace gate::engine
