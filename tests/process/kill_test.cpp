// gate is asked to end while its commands run: whatever they started is gone when gate is, every
// report is whole, and the exit status says which signal it was.
#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <deque>
#include <memory>
#include <random>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/base/parallel.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/formats/xml.h"
#include "tests/process/project.h"

namespace gate::test {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr const char* kReports[] = {"json", "gitlab", "junit", "junit-strict"};

constexpr std::size_t kSleepers = 9;  // of all tools together

// What commands do with what they start. `nap` names the project's folder, so that what is left of
// it can be found.
std::vector<Tool> tools() {
  const std::string nap = "nap=$PWD/tools/nap\n";
  return {
      {"plain", nap + "\"$nap\" 300 & \"$nap\" 300\n"},
      {"session", nap + "setsid \"$nap\" 300 & \"$nap\" 300\n"},
      // Forked twice, the second time out of the session of the first.
      {"daemon", nap + "(setsid sh -c '(setsid \"$1\" 300 &)' sh \"$nap\" >/dev/null 2>&1 &)\n" +
                     "\"$nap\" 300\n"},
      {"unmarked", nap + "setsid env -i \"$nap\" 300 >/dev/null 2>&1 &\n\"$nap\" 300\n"},
      {"stubborn", "trap '' TERM INT HUP\n" + nap + "while :; do \"$nap\" 300; done\n"},
  };
}

// The tools, and a `sleep` that is called by the project's folder. Made before any thread starts a
// program, which would hold scripts open that are being written.
class Sleepers {
 public:
  explicit Sleepers(std::vector<Tool> tools) : count_(tools.size()), project_(tools) {
    std::filesystem::create_symlink("/bin/sleep", project_.path() / "tools/nap");
  }

  [[nodiscard]] const Project& project() const { return project_; }

  [[nodiscard]] tests::ChildCommand gate() const {
    std::vector<std::string> arguments{"--jobs", std::to_string(count_)};
    for (const char* format : kReports) {
      arguments.emplace_back("--report");
      arguments.push_back(fmt::format("{}={}", format, (project_.reports() / format).string()));
    }
    tests::ChildCommand command = project_.gate(arguments);
    command.own_group = true;
    return command;
  }

  // Waits until `count` processes sleep; returns whether they do within ten seconds.
  [[nodiscard]] bool wait_for(std::size_t count) const {
    for (int attempt = 0; attempt < 2000; ++attempt) {
      if (project_.processes().size() >= count) return true;
      std::this_thread::sleep_for(5ms);
    }
    return false;
  }

  // Returns what is wrong with the reports; empty where each is whole and has every rule.
  [[nodiscard]] std::string faults() const {
    std::string wrong;
    for (const char* format : kReports) {
      const auto source = std::make_shared<base::Source>(format, project_.report(format));
      const bool is_xml = std::string_view(format).starts_with("junit");
      const auto read = is_xml ? readers::parse_xml(source) : readers::parse_json(source);
      if (!read) wrong += fmt::format("{}: {}\n", format, read.error().message);
    }
    const std::string json = project_.report("json");
    std::size_t undecided = 0;
    for (std::size_t at = json.find(kUndecided); at != std::string::npos;
         at = json.find(kUndecided, at + 1))
      ++undecided;
    if (undecided != count_) wrong += fmt::format("{} of {} rules\n", undecided, count_);
    if (project_.report("output").find("could not decide: ") == std::string::npos)
      wrong += "nothing is printed\n";
    return wrong;
  }

  [[nodiscard]] bool has_reports() const {
    return std::filesystem::exists(project_.reports() / kReports[0]);
  }

 private:
  static constexpr std::string_view kUndecided = R"("verdict": "could_not_run")";

  std::size_t count_;
  Project project_;
};

void send(const tests::Child& child, int signal, bool to_group) {
  if (to_group) {
    child.signal_group(signal);
  } else {
    child.signal(signal);
  }
}

// How one gate ended, and what it left.
struct End {
  std::string name;
  std::optional<tests::ChildResult> result;
  std::vector<std::string> survivors;
  std::string faults;
  bool reported = false;
};

End end_of(std::string name, tests::Child& child, const Sleepers& sleepers) {
  End end{std::move(name), child.wait(), {}, {}};
  // Before anything else: there is no time in which they could have ended by themselves.
  end.survivors = sleepers.project().processes();
  end.reported = sleepers.has_reports();
  end.faults = sleepers.faults();
  return end;
}

}  // namespace

TEST_CASE("A signal to gate or its group ends all that its commands started", "[kill]") {
  struct Case {
    int signal;
    bool to_group;
    int times;
  };
  constexpr std::array<Case, 8> kCases{{{SIGINT, false, 1},
                                        {SIGINT, true, 1},
                                        {SIGTERM, false, 1},
                                        {SIGTERM, true, 1},
                                        {SIGHUP, false, 1},
                                        {SIGHUP, true, 1},
                                        {SIGINT, true, 2},
                                        {SIGTERM, false, 2}}};
  std::array<End, kCases.size()> ends;
  std::deque<Sleepers> all;
  for (std::size_t index = 0; index < kCases.size(); ++index)
    all.emplace_back(tools());
  base::parallel(kCases.size(), kCases.size(), 1, [&](std::size_t index, unsigned /*worker*/) {
    const Case& test = kCases[index];
    const Sleepers& sleepers = all[index];
    std::optional<tests::Child> child = tests::Child::start(sleepers.gate());
    if (!child) return;
    if (!sleepers.wait_for(kSleepers)) return;
    for (int time = 0; time < test.times; ++time)
      send(*child, test.signal, test.to_group);
    ends[index] = end_of(fmt::format("signal {} to {}, {} times", test.signal,
                                     test.to_group ? "the group" : "gate", test.times),
                         *child, sleepers);
  });
  for (std::size_t index = 0; index < kCases.size(); ++index) {
    const End& end = ends[index];
    CAPTURE(end.name);
    REQUIRE(end.result);
    CHECK(end.survivors == std::vector<std::string>());
    CHECK(end.faults.empty());
    CHECK_FALSE(end.result->signalled);
    CHECK(end.result->status == 128 + kCases[index].signal);
    CHECK(end.result->wall < 30s);
  }
}

TEST_CASE("A command that is out of time ends with all that it started", "[kill]") {
  std::vector<Tool> slow = tools();
  for (Tool& tool : slow)
    tool.keys = "timeout = \"400ms\"\n";
  const Sleepers sleepers(slow);
  std::optional<tests::Child> child = tests::Child::start(sleepers.gate());
  REQUIRE(child);
  const End end = end_of("time-out", *child, sleepers);
  REQUIRE(end.result);
  CHECK(end.survivors == std::vector<std::string>());
  CHECK(end.faults.empty());
  CHECK(end.result->status == 3);
}

TEST_CASE("At a hundred moments a signal leaves nothing behind", "[kill]") {
  constexpr std::size_t kMoments = 100;
  constexpr unsigned kAtOnce = 10;
  struct Moment {
    int signal = 0;
    bool to_group = false;
    bool once_begun = false;  // counted from the first command's begin, not from gate's
    std::chrono::milliseconds after{};
    bool stubborn = false;
  };
  std::array<Moment, kMoments> moments;
  std::mt19937 dice(3);
  const auto roll = [&dice](unsigned sides) { return dice() % sides; };
  for (Moment& moment : moments) {
    moment.signal = roll(2) == 0 ? SIGINT : SIGTERM;
    moment.to_group = roll(2) == 0;
    moment.once_begun = roll(2) == 0;
    moment.after = std::chrono::milliseconds(roll(moment.once_begun ? 30 : 120));
    moment.stubborn = roll(4) == 0;
  }
  std::array<End, kMoments> ends;
  std::deque<Sleepers> all;
  for (const Moment& moment : moments) {
    std::vector<Tool> some = tools();
    if (!moment.stubborn) some.pop_back();
    all.emplace_back(std::move(some));
  }
  base::parallel(kMoments, kAtOnce, 1, [&](std::size_t index, unsigned /*worker*/) {
    const Moment& moment = moments[index];
    const Sleepers& sleepers = all[index];
    std::optional<tests::Child> child = tests::Child::start(sleepers.gate());
    if (!child) return;
    if (moment.once_begun && !sleepers.wait_for(1)) return;
    std::this_thread::sleep_for(moment.after);
    send(*child, moment.signal, moment.to_group);
    ends[index] =
        end_of(fmt::format("moment {}, {} ms", index, moment.after.count()), *child, sleepers);
  });
  std::size_t reported = 0;
  for (std::size_t index = 0; index < kMoments; ++index) {
    const Moment& moment = moments[index];
    const End& end = ends[index];
    CAPTURE(end.name, end.faults);
    REQUIRE(end.result);
    CHECK(end.survivors == std::vector<std::string>());
    CHECK(end.result->status == 128 + moment.signal);
    // Before gate knows what there is to run, a signal ends it as it ends any program.
    CHECK(end.reported != end.result->signalled);
    if (moment.once_begun) CHECK(end.reported);
    if (end.reported) CHECK(end.faults.empty());
    reported += end.reported ? 1 : 0;
  }
  CHECK(reported >= kMoments / 4);
}

}  // namespace gate::test
