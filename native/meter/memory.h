// What the processes of a sandbox have in memory.
#pragma once

#include <istream>

#include "error/error.h"

namespace tubthump::meter {

/// In kB, as in proc(5), /proc/PID/smaps_rollup.
struct Memory {
  /// Pages that exist for one process alone. Not those of files that nobody else happens to map:
  /// the page cache has them anyway.
  long long private_kb = 0;
  long long proportional_kb = 0;  ///< Of every page a share for each who maps it.
};

/// Reads one smaps_rollup.
Memory parse_rollup(std::istream& in);

/// Sum over all processes of this pid namespace but its init, which is us.
Memory memory_of_sandbox();

}  // namespace tubthump::meter
