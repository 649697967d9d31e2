#include "gate/engine/schedule.h"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/engine/durations.h"

namespace gate::engine {
namespace {

using std::chrono_literals::operator""ms;

Job job(double expected_ms, std::vector<std::size_t> after = {}) {
  Job made;
  made.expected_ms = expected_ms;
  made.after = std::move(after);
  return made;
}

// Returns the order in which one worker does the jobs: "2 0 1".
std::string order(std::vector<Job> jobs) {
  Schedule schedule(std::move(jobs), 1);
  std::string text;
  while (const std::optional<std::size_t> next = schedule.take()) {
    text += fmt::format("{}{}", text.empty() ? "" : " ", *next);
    schedule.done(*next);
  }
  return text;
}

}  // namespace

TEST_CASE("jobs begin in their order, the longest first") {
  CHECK(order({}).empty());
  CHECK(order({job(0), job(0), job(0)}) == "0 1 2");
  CHECK(order({job(1), job(3), job(2), job(3)}) == "1 3 2 0");
}

TEST_CASE("what others wait for counts with them") {
  // 0 is short, and the long 3 waits for it through 1.
  CHECK(order({job(1), job(1, {0}), job(50), job(100, {1})}) == "0 1 3 2");
  CHECK(order({job(1, {1}), job(1, {2}), job(1)}) == "2 1 0");
  CHECK(order({job(1, {1, 1}), job(1)}) == "1 0");
}

TEST_CASE("a job that fits goes before one that does not") {
  std::vector<Job> jobs{job(9), job(8), job(7), job(6)};
  jobs[1].weight = 2;
  jobs[3].weight = 99;  // all there are
  Schedule schedule(std::move(jobs), 2);
  CHECK(schedule.take() == 0U);
  CHECK(schedule.take() == 2U);  // 1 needs two slots
  schedule.done(0);
  schedule.done(2);
  CHECK(schedule.take() == 1U);
  schedule.done(1);
  CHECK(schedule.take() == 3U);
  CHECK(schedule.take() == std::nullopt);
}

TEST_CASE("what is exclusive is held by one job") {
  std::vector<Job> jobs{job(9), job(8), job(7)};
  jobs[0].exclusive = {"database", "port 80"};
  jobs[1].exclusive = {"database"};
  Schedule schedule(std::move(jobs), 3);
  CHECK(schedule.take() == 0U);
  CHECK(schedule.take() == 2U);
  schedule.done(0);
  CHECK(schedule.take() == 1U);
}

TEST_CASE("many workers do every job once, never more at a time than there are slots") {
  constexpr unsigned kSlots = 3;
  constexpr std::size_t kJobs = 300;
  std::vector<Job> jobs;
  for (std::size_t index = 0; index < kJobs; ++index) {
    jobs.push_back(job(static_cast<double>(index % 7)));
    if (index % 5 == 4) jobs.back().after = {index - 1, index - 4};
    if (index % 11 == 0) jobs.back().weight = 2;
    if (index % 3 == 0) jobs.back().exclusive = {"one"};
  }
  const std::vector<Job> asked = jobs;
  Schedule schedule(std::move(jobs), kSlots);
  std::vector<std::atomic<int>> runs(kJobs);
  std::atomic<unsigned> busy{0};
  std::atomic<unsigned> exclusive{0};
  std::atomic<bool> good{true};
  {
    std::vector<std::jthread> workers;
    for (unsigned worker = 0; worker < kSlots; ++worker) {
      workers.emplace_back([&] {
        while (const std::optional<std::size_t> next = schedule.take()) {
          const Job& own = asked[*next];
          for (const std::size_t before : own.after)
            good = good && runs[before] == 2;
          good = good && busy.fetch_add(own.weight) + own.weight <= kSlots;
          good = good && (own.exclusive.empty() || exclusive.fetch_add(1) == 0);
          ++runs[*next];
          std::this_thread::yield();
          ++runs[*next];
          if (!own.exclusive.empty()) --exclusive;
          busy -= own.weight;
          schedule.done(*next);
        }
      });
    }
  }
  CHECK(good);
  CHECK(std::all_of(runs.begin(), runs.end(), [](const auto& count) { return count == 2; }));
}

TEST_CASE("durations come back as they were written, and new ones weigh half") {
  Durations durations;
  CHECK(durations.write().empty());
  durations.add("app.tests", 2000);
  durations.add("app.lint", 0.2);
  CHECK(durations.write() == "1 app.lint\n2000 app.tests\n");
  Durations read = Durations::read(durations.write());
  CHECK(read.of("app.tests") == 2000);
  CHECK(read.of("app.none") == 0);
  read.add("app.tests", 1000);
  CHECK(read.of("app.tests") == 1500);
}

TEST_CASE("a duration near the known one changes nothing") {
  Durations durations;
  CHECK(durations.add("app.lint", 20));
  CHECK_FALSE(durations.add("app.lint", 70));
  CHECK(durations.of("app.lint") == 20);
  CHECK(durations.add("app.lint", 80));
  CHECK(durations.of("app.lint") == 50);
  CHECK(durations.add("app.tests", 10'000));
  CHECK_FALSE(durations.add("app.tests", 9'000));
  CHECK(durations.add("app.tests", 11'100));
}

TEST_CASE("a file of durations that somebody broke is a hint less") {
  const Durations read = Durations::read(
      "12 app.a\nnonsense\n-5 app.b\nnan app.c\n1e99 app.d\n7\n7 \n\n8 app.e\n9 app.f without end");
  CHECK(read.write() == "12 app.a\n8 app.e\n9 app.f without end\n");
}

}  // namespace gate::engine
