// The heap of a process that stands still, before CRIU has written down its mappings.
#pragma once

#include <sys/types.h>

#include <vector>

#include "bake/heap_range.h"
#include "bake/stretch.h"
#include "error/error.h"

namespace tubthump::bake {

/// Lays out the private mappings of `pid` that a bake takes, in `ranges` or of the file with the
/// inode `before` (0: none), as far as /proc/PID/maps (proc(5)) tells; CRIU's mm image has the last
/// word. Errors: System.
Result<std::vector<Stretch>> lay_out_live(pid_t pid, const std::vector<HeapRange>& ranges,
                                          unsigned long before);

}  // namespace tubthump::bake
