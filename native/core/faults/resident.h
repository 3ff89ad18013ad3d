// Which pages of a mapping a process has in its page tables, from /proc/PID/pagemap
// (Documentation/admin-guide/mm/pagemap.rst). No soft-dirty bit is needed.
#pragma once

#include <sys/types.h>

#include <vector>

#include "error/error.h"
#include "process/mappings.h"

namespace tubthump::faults {

struct ResidentPage {
  uint64_t address = 0;
  /// A page of its own: a write has copied it. For private mappings of files.
  bool copied = false;
};

/// The pages of one mapping of `pid`, in order of address; swapped ones count.
/// Errors: System when the process is gone.
Result<std::vector<ResidentPage>> resident_pages(pid_t pid, const process::Mapping& mapping);

}  // namespace tubthump::faults
