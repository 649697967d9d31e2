#include "gate/system/children.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <map>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

namespace gate::system {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr const char* kMark = "GATE_COMMAND";
// How long KILL may take before a process is left to the kernel (it hangs in a system call).
constexpr milliseconds kKillTakes{2000};
// Between two walks through /proc while commands run.
constexpr milliseconds kSweepInterval{100};
// Returns whether this process has any child at all, running or not reaped.
bool has_children() {
  siginfo_t info{};
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

}  // namespace

Children::Children() = default;

Children::~Children() {
  if (!begun_) return;
  running_.clear();
  sweep_until_gone(true);
  prctl(PR_SET_CHILD_SUBREAPER, was_reaper_, 0, 0, 0);
  sigaction(SIGCHLD, &child_action_, nullptr);
}

// Called with the mutex held, before the first command.
void Children::begin() {
  if (begun_) return;
  begun_ = true;
  const char* outer = std::getenv(kMark);
  outer_ = outer == nullptr ? "" : std::string(outer) + '/';
  mark_ = fmt::format("{}-{:x}.", getpid(), SteadyClock::now().time_since_epoch().count());
  prctl(PR_GET_CHILD_SUBREAPER, &was_reaper_, 0, 0, 0);
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  // Where SIGCHLD is ignored (a habit some parents pass on), the kernel throws exit statuses away.
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  sigaction(SIGCHLD, nullptr, &child_action_);
  const bool loses_statuses =
      child_action_.sa_handler == SIG_IGN || (child_action_.sa_flags & SA_NOCLDWAIT) != 0;
  if (loses_statuses) sigaction(SIGCHLD, &usual, nullptr);
  if (!has_children()) return;
  for (const ProcessState& process : adopted())
    before_.insert(process.pid);
}

Result<Child> Children::start(const std::string& program, const Command& command,
                              Variables environment, ChildOutput output) {
  std::erase_if(environment, [](const auto& variable) { return variable.first == kMark; });
  // Held while spawning, so that no sweep takes a child for an orphan before it is in the list.
  const std::lock_guard lock(mutex_);
  begin();
  Child child;
  child.number = next_++;
  environment.emplace_back(kMark, fmt::format("{}{}{}", outer_, mark_, child.number));
  GATE_TRY(child.pid, spawn(program, command.argv, environment, command.folder, output));
  leaders_.insert(child.pid);
  running_.insert(child.number);
  return child;
}

std::optional<ChildEnd> Children::ended(const Child& child) {
  siginfo_t info{};
  const int error = waitid(P_PID, static_cast<id_t>(child.pid), &info, WEXITED | WNOHANG | WNOWAIT);
  // Somebody else has reaped it: how it ended is lost, and must not look like success.
  if (error != 0 && errno == ECHILD) return ChildEnd{true, 0};
  if (error != 0 || info.si_pid != child.pid) return std::nullopt;
  return ChildEnd{info.si_code != CLD_EXITED, info.si_status};
}

void Children::signal(const Child& child, int number) { kill(-child.pid, number); }

// Returns the children of this process that are neither leaders nor were there before.
std::vector<ProcessState> Children::adopted() const {
  std::vector<ProcessState> found = processes();
  std::erase_if(found, [&, self = getpid()](const ProcessState& process) {
    return process.parent != self || leaders_.contains(process.pid) ||
           before_.contains(process.pid);
  });
  return found;
}

// Returns the number of the command that an adopted process belongs to.
std::optional<std::uint64_t> Children::owner(const ProcessState& process) const {
  const std::string variables = environment_of(process.pid);
  const std::string name = fmt::format("{}{}=", '\0', kMark);
  const std::size_t variable = variables.find(name);
  if (variable == std::string::npos) return std::nullopt;
  const std::string_view value = std::string_view(variables).substr(
      variable + name.size(), variables.find('\0', variable + 1) - variable - name.size());
  const std::size_t mark = value.find(mark_);
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string_view digits = value.substr(mark + mark_.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc()) return std::nullopt;
  return number;
}

std::uint64_t Children::memory(const Child& child) {
  const std::vector<ProcessState> all = processes();
  std::vector<pid_t> open{child.pid};
  {
    const std::lock_guard lock(mutex_);
    for (const ProcessState& process : all) {
      const bool is_adopted = process.parent == getpid() && !leaders_.contains(process.pid) &&
                              !before_.contains(process.pid);
      if (is_adopted && (process.group == child.pid || owner(process) == child.number))
        open.push_back(process.pid);
    }
  }
  // From the leader and what was orphaned down to the youngest.
  std::multimap<pid_t, const ProcessState*> of_parent;
  std::uint64_t bytes = 0;
  for (const ProcessState& process : all) {
    of_parent.emplace(process.parent, &process);
    if (std::find(open.begin(), open.end(), process.pid) != open.end()) bytes += process.resident;
  }
  while (!open.empty()) {
    const auto [begin, end] = of_parent.equal_range(open.back());
    open.pop_back();
    for (auto found = begin; found != end; ++found) {
      bytes += found->second->resident;
      open.push_back(found->second->pid);
    }
  }
  return bytes;
}

bool Children::ask_orphans_to_end(const Child& child, std::set<pid_t>& asked) {
  const std::lock_guard lock(mutex_);
  bool left = false;
  for (const ProcessState& process : adopted()) {
    if (waitpid(process.pid, nullptr, WNOHANG) != 0) continue;
    const bool in_group = process.group == child.pid;
    if (!in_group && owner(process) != child.number) continue;
    left = true;
    if (!in_group && asked.insert(process.pid).second) kill(process.pid, SIGTERM);
  }
  return left;
}

// Kills, with the mutex held, every orphan that belongs to no running command. Returns whether
// there was one.
bool Children::sweep() {
  bool seen = false;
  for (const ProcessState& process : adopted()) {
    if (waitpid(process.pid, nullptr, WNOHANG) != 0) {
      seen = true;  // its own children may have become ours this moment
      continue;
    }
    const std::optional<std::uint64_t> number = owner(process);
    bool is_left = false;
    if (number) {
      is_left = !running_.contains(*number);
    } else if (!leaders_.contains(process.group)) {
      // Nothing tells whose it is. Where this process had children of its own before, it may be
      // theirs.
      is_left = running_.empty() && before_.empty();
    }
    // One that we may not signal (it has become another user) stays.
    if (is_left && kill(process.pid, SIGKILL) == 0) seen = true;
  }
  last_sweep_ = SteadyClock::now();
  sweep_due_ = false;
  return seen;
}

void Children::sweep_until_gone(bool thorough) {
  const auto give_up = SteadyClock::now() + kKillTakes;
  constexpr milliseconds kLongestPause{16};
  for (milliseconds pause{1}; SteadyClock::now() < give_up;
       pause = std::min(2 * pause, kLongestPause)) {
    {
      const std::lock_guard lock(mutex_);
      if (!has_children()) return;
      if (!thorough && !running_.empty()) {
        sweep_due_ = true;
        return;
      }
      if (!sweep()) return;
    }
    std::this_thread::sleep_for(pause);
  }
}

void Children::end(const Child& child, bool thorough) {
  signal(child, SIGKILL);
  {
    const std::lock_guard lock(mutex_);
    waitpid(child.pid, nullptr, 0);
    leaders_.erase(child.pid);
    running_.erase(child.number);
  }
  sweep_until_gone(thorough);
}

void Children::wait_for_spawn() { const std::lock_guard lock(mutex_); }

void Children::give_up(const Child& child) {
  const std::lock_guard lock(mutex_);
  running_.erase(child.number);  // its leader stays in the list: it is no orphan
}

void Children::reap_ended_orphans() {
  while (true) {
    siginfo_t info{};
    if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) return;
    // The kernel names one only. A leader is for its own thread, which will not be long.
    if (leaders_.contains(info.si_pid) || before_.contains(info.si_pid)) return;
    waitpid(info.si_pid, nullptr, WNOHANG);
  }
}

void Children::tidy() {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return;
  reap_ended_orphans();
  if (sweep_due_ && SteadyClock::now() - last_sweep_ >= kSweepInterval) sweep();
}

}  // namespace gate::system
