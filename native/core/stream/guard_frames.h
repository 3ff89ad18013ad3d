// What a page server tells its guard: frames on a channel of their own (handover/channel.h).
#pragma once

#include <string>
#include <string_view>

#include "error/error.h"

namespace tubthump::stream {

inline constexpr std::string_view kGuardHold = "hold";  ///< With a userfaultfd: keep it open.
/// With the number of processes: before anything else, and only from a program of its own.
inline constexpr std::string_view kGuardReady = "ready ";
inline constexpr std::string_view kGuardDone =
    "done";  ///< No page is owed, or there is no copy: let go.

/// The server cannot go on. Both ends are of one build: codes travel as numbers.
std::string failed_frame(const Error& error);

/// Whatever else arrives is such a failure.
Error error_of_frame(std::string_view frame);

}  // namespace tubthump::stream
