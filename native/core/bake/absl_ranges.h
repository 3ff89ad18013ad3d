// Where Abseil's low-level allocator keeps its memory in this process. V8 has Abseil's mutexes from
// Node 24 on, and their search for deadlocks has a table of 1 MB that is all but untouched.
//
// The allocator gives nothing back to the system before an arena is deleted, which is munmap(2),
// and counts on no zeroes (absl/base/internal/low_level_alloc.cc).
#pragma once

#include "bake/heap_range.h"

namespace tubthump::bake {

/// Mappings that consist of nothing but its blocks, in order of address. Other threads may allocate
/// meanwhile: what changes under our eyes is left out.
std::vector<HeapRange> absl_ranges();

}  // namespace tubthump::bake
