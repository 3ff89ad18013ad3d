// The pid of a process as an outer pid namespace knows it.
#pragma once

#include <sys/types.h>

#include <string>

#include "os/unique_fd.h"

namespace tubthump::clone {

/// The number of what a pidfd of ours refers to, in the pid namespace of this mount of proc; 0 when
/// it has ended. proc(5), /proc/PID/fdinfo.
pid_t pid_of_descriptor(const std::string& proc, int process);

/// Holds the /proc of the time at which it is made, for a process that gets another one.
class PidOutside {
 public:
  PidOutside();

  /// `pid` in our namespace; 0 when there is none.
  [[nodiscard]] pid_t of(pid_t pid) const;

 private:
  UniqueFd proc_;
};

}  // namespace tubthump::clone
