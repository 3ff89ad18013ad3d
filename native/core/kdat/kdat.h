// CRIU's cache of what the kernel can do, /run/criu.kdat, kept valid where CRIU does not keep it.
//
// CRIU probes the kernel at every start (17 to 50 ms) and stores the result only when /run is
// tmpfs, which it is not in most containers; it *reads* the file from any filesystem. So we let
// CRIU write it once to a private tmpfs, copy it to /run, and remember for which boot, kernel and
// CRIU build it was made. (criu/kerndat.c, CRIU 4.2)
#pragma once

#include <string>

#include "error/error.h"

namespace tubthump::kdat {

enum class State {
  NotNeeded,  ///< /run is tmpfs: CRIU does it by itself.
  Valid,      ///< Ours, and still right.
  Seeded,     ///< Made just now.
};

/// Makes sure that the next start of this CRIU finds a valid cache. Costs a few stat calls when it
/// does. Needs CAP_SYS_ADMIN for seeding. Call it before threads exist: it forks.
/// Errors: System; then CRIU probes as it always does, so callers may go on.
Result<State> ensure(const std::string& criu);

}  // namespace tubthump::kdat
