// How a run goes about commands: what runs at once, in which order, and what a failure ends.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/engine/run.h"
#include "support.h"

namespace gate::engine::test {
namespace {

using std::chrono_literals::operator""ms;
using system::ProcessResult;

// A runner whose programs are their own description: "fail", "slow"; keeps what ran, in order.
class FakeRunner final : public system::ProcessRunner {
 public:
  Result<std::optional<ProcessResult>> run(const system::Command& command) override {
    const std::string& name = command.argv.at(0);
    {
      const std::lock_guard lock(mutex_);
      if (!why_.empty()) return Error{fmt::format("`{}` is not started: {}", name, why_)};
      started_.push_back(name);
      most_at_once_ = std::max(most_at_once_, ++running_);
    }
    ProcessResult result;
    for (int waited = 0; waited < (name == "slow" ? 200 : 4) && !is_stopped(); ++waited)
      std::this_thread::sleep_for(5ms);
    const std::lock_guard lock(mutex_);
    --running_;
    result.status = name == "fail" ? 1 : 0;
    if (!why_.empty() && name == "slow") {
      result.end = ProcessResult::End::stopped;
      result.stopped_why = why_;
    }
    return std::optional(result);
  }

  void stop(std::chrono::milliseconds /*grace*/, const std::string& why) override {
    const std::lock_guard lock(mutex_);
    why_ = why;
  }

  [[nodiscard]] system::Variables inherited(const system::Command& /*command*/) const override {
    return {};
  }

  [[nodiscard]] std::string program_identity(const system::Command& /*command*/) const override {
    return {};
  }

  [[nodiscard]] std::string started() const { return fmt::format("{}", fmt::join(started_, " ")); }
  [[nodiscard]] int most_at_once() const { return most_at_once_; }

 private:
  bool is_stopped() {
    const std::lock_guard lock(mutex_);
    return !why_.empty();
  }

  std::mutex mutex_;
  std::string why_;
  std::vector<std::string> started_;
  int running_ = 0;
  int most_at_once_ = 0;
};

std::string rule(std::string_view name, std::string_view more = {}) {
  return fmt::format(
      "[[rule]]\nid = \"app.{0}\"\nkind = \"command\"\ntitle = \"t\"\nrun = [\"{0}\"]\n{1}\n", name,
      more);
}

struct Ran {
  std::string outcomes;
  std::string started;
  int most_at_once = 0;
};

Ran judge_commands(const std::string& rules, const RunOptions& options) {
  const std::unique_ptr<Bench> bench =
      load({{"gate.toml", "[gate]\nversion = 1\npacks = []\n" + rules}});
  INFO(base::render(bench->diagnostics, false));
  REQUIRE_FALSE(bench->diagnostics.has_errors());
  policy::Conditions conditions(*bench->files, std::nullopt);
  const Plan planned = plan(bench->policy, bench->checks, {}, conditions);
  FakeRunner runner;
  checks::Context context{*bench->files};
  context.processes = &runner;
  context.folder = "/";
  const RunResult result = run(bench->policy, planned, context, options);
  return {spell(result), runner.started(), runner.most_at_once()};
}

TEST_CASE("the longest command begins first, and one that nobody timed before those") {
  Durations durations;
  durations.add("app.a", 10);
  durations.add("app.b", 3000);
  durations.add("app.c", 200);
  const std::string rules = rule("a") + rule("b") + rule("c") + rule("new");
  RunOptions options{1, &durations};
  CHECK(judge_commands(rules, options).started == "new b c a");
  CHECK(judge_commands(rules, {1}).started == "a b c new");
}

TEST_CASE("commands share the places that there are") {
  const std::string rules = rule("a") + rule("b") + rule("c") + rule("d");
  CHECK(judge_commands(rules, {1}).most_at_once == 1);
  CHECK(judge_commands(rules, {4}).most_at_once == 4);
  CHECK(judge_commands(rule("a", "weight = 4") + rule("b", "weight = 3") + rule("c", "weight = 2"),
                       {4})
            .most_at_once == 1);
  CHECK(judge_commands(
            rule("a", "exclusive = \"db\"") + rule("b", "exclusive = [\"port\", \"db\"]"), {4})
            .most_at_once == 1);
}

TEST_CASE("what a command needs runs before it") {
  const Ran ran = judge_commands(
      rule("a", "needs = [\"app.b\"]") + rule("b", "needs = [\"app.c\"]") + rule("c"), {4});
  CHECK(ran.started == "c b a");
  const Ran failed = judge_commands(rule("a", "needs = [\"app.fail\"]") + rule("fail"), {4});
  CHECK(failed.started == "fail");
  CHECK(failed.outcomes ==
        "app.a could_not_run: needs `app.fail`, which failed\n"
        "app.fail failed\n  :0:0 `fail` exited with 1\n");
}

TEST_CASE("with fail_fast the first failure ends what runs and what would") {
  const std::string rules = rule("slow") + rule("fail") + rule("later", "needs = \"app.slow\"");
  RunOptions options{2};
  options.fail_fast = finding::Severity::error;
  const Ran ran = judge_commands(rules + rule("other"), options);
  const std::string why = "`app.fail` failed, and this run ends at the first failure";
  CHECK(ran.started == "slow fail");
  CHECK(ran.outcomes == "app.slow could_not_run: `slow` was stopped: " + why +
                            "\napp.fail failed\n  :0:0 `fail` exited with 1\n"
                            "app.later could_not_run: needs `app.slow`, which could not run\n"
                            "app.other could_not_run: `other` is not started: " +
                            why + "\n");
  CHECK(judge_commands(rule("fail", "severity = \"warning\"") + rule("slow"), options).started ==
        "fail slow");
}

TEST_CASE("what runs is told, with its begin and its end") {
  class Heard final : public Progress {
   public:
    void begins(const Task& task) override { add("+" + task.rule->head.id); }
    void ended(const Task& task) override { add("-" + task.rule->head.id); }
    std::string text;

   private:
    void add(const std::string& event) {
      const std::lock_guard lock(mutex_);
      text += event + "\n";
    }
    std::mutex mutex_;
  };
  Heard heard;
  RunOptions options{1, nullptr, &heard};
  judge_commands(rule("a") + rule("b") +
                     "[[rule]]\nid = \"app.c\"\nkind = \"content\"\ntitle = \"t\"\npaths = "
                     "[\"*\"]\nforbid = 'x'\n",
                 options);
  CHECK(heard.text == "+app.a\n-app.a\n+app.b\n-app.b\n");
}

}  // namespace
}  // namespace gate::engine::test
