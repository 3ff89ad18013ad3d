// The end of a child that nobody asks for its status.
#pragma once

#include <sys/types.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>

namespace tubthump::process {

/// Waits until `pid`, a child of ours, has ended.
inline void reap(pid_t pid) {
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

/// Ends a child of ours by SIGKILL, and waits until it has.
inline void kill_and_reap(pid_t pid) {
  ::kill(pid, SIGKILL);
  reap(pid);
}

}  // namespace tubthump::process
