// The tasks of a process and of its descendants, read from /proc.
#pragma once

#include <sys/types.h>

#include <vector>

#include "error/error.h"

namespace tubthump::process {

/// Every thread id in the tree below `root`, sorted; exact when the tree is frozen.
/// Reads /proc/PID/task/TID/children, which CRIU needs too (CONFIG_PROC_CHILDREN).
/// Errors: System when `root` is gone.
Result<std::vector<pid_t>> tasks_of(pid_t root);

}  // namespace tubthump::process
