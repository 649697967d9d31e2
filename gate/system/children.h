// Children: every process that this one started, and what those left behind.
//
// A command may leave processes that outlive it, and one that called setsid is in no group of ours.
// So this process makes itself the reaper of its descendants' orphans (prctl(2),
// PR_SET_CHILD_SUBREAPER): an orphan becomes our child and can be found in /proc. Which command it
// belongs to is told by a variable in the environment that it inherited, GATE_COMMAND; where it has
// wiped that, by its process group; where it has left that too, it goes when no command runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): of POSIX, <csignal> promises less
#include <string>
#include <sys/types.h>
#include <vector>

#include "gate/base/result.h"
#include "gate/system/proc.h"
#include "gate/system/process.h"
#include "gate/system/spawn.h"

namespace gate::system {

// A command that was started. `pid` is the leader of its own session and group, and stays taken
// until end().
struct Child {
  pid_t pid = -1;
  std::uint64_t number = 0;
};

// How the leader of a command ended.
struct ChildEnd {
  bool signalled = false;
  int status = 0;  // exit status or signal
};

// Thread-safe.
class Children {
 public:
  Children();
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;
  // Kills whatever is left of the commands.
  ~Children();

  // Starts the program of `command`, with its mark added to `environment`; see spawn.h.
  Result<Child> start(const std::string& program, const Command& command, Variables environment,
                      ChildOutput output);

  // Returns how the leader ended, or nothing while it runs. Does not wait.
  [[nodiscard]] static std::optional<ChildEnd> ended(const Child& child);

  // Sends a signal to the command's group.
  static void signal(const Child& child, int number);

  // Returns how many bytes all processes of a running command have resident; what they share counts
  // for each. Costs a walk through /proc.
  [[nodiscard]] std::uint64_t memory(const Child& child);

  // Returns whether processes of a command are left after its leader ended; those outside its group
  // that are not in `asked` yet get TERM. Costs a walk through /proc.
  bool ask_orphans_to_end(const Child& child, std::set<pid_t>& asked);

  // Ends what an ended command left behind and forgets it. A thorough end looks for processes that
  // left the group at once; otherwise they are looked for when the last command ends or tidy() is
  // called, which saves the walk through /proc for each of many short commands.
  void end(const Child& child, bool thorough);

  // Returns when no other thread is in the middle of starting a program: such a child has copies of
  // our files until then.
  void wait_for_spawn();

  // Forgets a command that KILL does not end.
  void give_up(const Child& child);

  // Reaps orphans that ended by themselves, and ends those of commands that are over. Cheap; to be
  // called now and then while commands run.
  void tidy();

 private:
  void begin();
  [[nodiscard]] std::vector<ProcessState> adopted() const;
  [[nodiscard]] std::optional<std::uint64_t> owner(const ProcessState& process) const;
  bool sweep();
  // Sweeps until nothing is left to end. One that is not thorough leaves it for later where a
  // command runs, also one that has begun meanwhile.
  void sweep_until_gone(bool thorough);
  void reap_ended_orphans();

  std::mutex mutex_;
  bool begun_ = false;
  int was_reaper_ = 0;
  struct sigaction child_action_ {};  // as it was before
  std::string mark_;                  // begins the value of GATE_COMMAND in what is ours
  std::string outer_;                 // the value that this process itself was given
  std::set<pid_t> before_;   // children that this process already had: none of our business
  std::set<pid_t> leaders_;  // of commands, not yet reaped
  std::set<std::uint64_t> running_;
  std::uint64_t next_ = 0;
  bool sweep_due_ = false;
  std::chrono::steady_clock::time_point last_sweep_;
};

}  // namespace gate::system
