// Keeps a service's pids out of the range where every machine is busy.
//
// A copy needs its old pids. In a container the service would be pid 7 or 20, taken on any other
// host; above the floor they are nearly always free.
#pragma once

#include <sys/types.h>

#include "error/error.h"

namespace tubthump::process {

/// Lowest pid that a service should get.
inline constexpr pid_t kPidFloor = 10'000;

/// Makes the next fork in this pid namespace give an id of at least kPidFloor, when ids are still
/// below it. Needs CAP_SYS_ADMIN or CAP_CHECKPOINT_RESTORE; without it nothing changes.
/// Errors: System when the kernel refuses.
Result<void> raise_pid_floor();

}  // namespace tubthump::process
