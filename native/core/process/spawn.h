// Starts a program from a process of any size: no page table is copied.
//
//   SpawnOptions options;
//   options.argv = {"/usr/sbin/criu", "swrk", "3"};
//   options.fds = {{socket, 3}};
//   Result<pid_t> pid = spawn(options);
//
// clone(CLONE_VM | CLONE_VFORK): the child borrows our memory until it execs, and what it could not
// do (a missing program, say) is in our memory when we go on.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "error/error.h"

namespace tubthump::process {

struct FdMapping {
  int ours;
  int childs;  ///< Number in the child, at least 0.
};

struct SpawnOptions {
  std::vector<std::string> argv;         ///< argv[0] is a path, PATH is not searched.
  std::vector<std::string> environment;  ///< "NAME=value", added to ours or replacing it.
  std::vector<FdMapping>
      fds;                ///< Beyond 0 to 2, which are inherited unless mapped; all others close.
  bool detached = false;  ///< Double fork: not our child, nobody has to reap it.
  bool new_session = false;   ///< setsid: a terminal's Ctrl-C does not reach it.
  bool ends_with_us = false;  ///< Killed when the thread that starts it ends, however that does.
};

/// The pid of the started program. Signals are unblocked and at their defaults in it.
/// Concurrency: any thread; blocks this thread until the exec, all other threads run on.
/// Errors: ExecFailed when the program cannot be executed, System.
Result<pid_t> spawn(const SpawnOptions& options);

}  // namespace tubthump::process
