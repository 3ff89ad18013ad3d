// Descriptors that somebody else keeps for the time of a dump: here /dev/null stands in for them.
//
// A dumped terminal, pipe or log file would tie the image to this run; /dev/null restores anywhere.
// A listening socket that somebody else keeps goes on queueing who connects.
#pragma once

#include <array>
#include <span>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::handover {

inline constexpr std::array<int, 3> kStdio{0, 1, 2};

/// Points these numbers at /dev/null.
Result<void> park(std::span<const int> numbers);

/// Points these numbers at the given descriptors, as far as both go. Above 2 they are closed on
/// exec.
Result<void> adopt(std::span<const int> numbers, std::span<const UniqueFd> fds);

}  // namespace tubthump::handover
