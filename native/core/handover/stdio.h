// Descriptors 0, 1, 2: parked on /dev/null for the time of a dump.
//
// A dumped terminal, pipe or log file would tie the image to this run; /dev/null restores anywhere.
#pragma once

#include <span>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::handover {

/// Points 0, 1 and 2 at /dev/null.
Result<void> park_stdio();

/// Points 0, 1 and 2 at the three given descriptors; with none given they stay as they are.
Result<void> adopt_stdio(std::span<const UniqueFd> fds);

}  // namespace tubthump::handover
