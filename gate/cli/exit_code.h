// The exit statuses of gate: a contract with scripts and CI systems.
#pragma once

namespace gate::cli {

enum ExitCode : int {
  passed = 0,     // judged, nothing blocks
  blocked = 1,    // a failed rule at or above --fail-on, or a pending one that its stage requires
  misuse = 2,     // the command line or the policy is wrong
  undecided = 3,  // nothing failed, but something could not be decided: tool missing, unreadable,
                  // timed out, crash
  interrupted = 130,  // SIGINT
  terminated = 143,   // SIGTERM
};

}  // namespace gate::cli
