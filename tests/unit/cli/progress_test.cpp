#include "gate/cli/progress.h"

#include <array>
#include <chrono>
#include <memory>
#include <thread>

#include <catch2/catch.hpp>

#include "gate/checks/kinds.h"

namespace gate::cli {
namespace {

using std::chrono_literals::operator""ms;

std::string written(std::FILE* file) {
  std::rewind(file);
  std::array<char, 4096> text{};
  return {text.data(), std::fread(text.data(), 1, text.size(), file)};
}

}  // namespace

TEST_CASE("the line of progress says how far the run is and what takes long") {
  ProgressState state{3, 12, {{"app.tests", 75.4}, {"app.lint", 3.9}}, 0};
  CHECK(progress_line(state, 80) == "[3/12] app.tests 1 min, app.lint 3 s");
  state.seconds_left = 41.2;
  CHECK(progress_line(state, 80) == "[3/12, about 41 s left] app.tests 1 min, app.lint 3 s");
  state.seconds_left = 0.1;
  CHECK(progress_line(state, 31) == "[3/12, about 1 s left] app.te…");
  state.seconds_left = 2 * 3600;
  CHECK(progress_line({0, 1, {}, 2 * 3600}, 80) == "[0/1, about 2.0 h left]");
  CHECK(progress_line({1, 1, {{"app.\x1B[31m", 0}}, 0}, 80) == "[1/1] app. 0 s");
}

TEST_CASE("progress is drawn after a while, and wiped in the end") {
  const readers::Value none(nullptr, 0);
  policy::Rule slow{{}, {}, true, {}, false, none, {}, {}};
  slow.head.id = "app.slow";
  policy::Rule other{{}, {}, true, {}, false, none, {}, {}};
  other.head.id = "app.content";
  engine::Plan plan;
  plan.tasks.push_back({&slow, checks::find_kind("command"), nullptr, engine::Refused::no, "", {}});
  plan.tasks.push_back(
      {&other, checks::find_kind("content"), nullptr, engine::Refused::no, "", {}});
  engine::Durations durations;
  durations.add("app.slow", 30'000);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
  REQUIRE(file != nullptr);
  SECTION("a short run shows nothing") {
    { TerminalProgress progress(file.get(), 80, plan, durations, 2); }
    CHECK(written(file.get()).empty());
  }
  SECTION("a long one does") {
    {
      TerminalProgress progress(file.get(), 80, plan, durations, 2);
      progress.begins(plan.tasks[0]);
      std::this_thread::sleep_for(500ms);
      progress.ended(plan.tasks[0]);
    }
    const std::string text = written(file.get());
    CHECK(text.starts_with("\r\x1B[K[0/1, about 29 s left] app.slow 0 s"));
    CHECK(text.ends_with("\r\x1B[K"));
  }
}

}  // namespace gate::cli
