// Waits for the end of one child, without SIGCHLD and without touching other children.
//
//   auto child = Child::open(pid);
//   Result<Exit> exit = child->wait();
#pragma once

#include <sys/types.h>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::process {

struct Exit {
  int status = 0;  ///< When it ended by itself.
  int signal = 0;  ///< What killed it, or 0.
};

/// Concurrency: one thread waits; cancel() from any thread.
class Child {
 public:
  /// `pid` is a process that nobody has reaped yet. Errors: System.
  static Result<Child> open(pid_t pid);

  /// Reaps it. Errors: RpcAborted after cancel(); System, also when it is not our child.
  Result<Exit> wait();

  /// Ends a pending wait and all that follow.
  void cancel();

 private:
  Child(UniqueFd process, UniqueFd cancelled);

  UniqueFd process_;
  UniqueFd cancelled_;
};

}  // namespace tubthump::process
