// Where glibc's malloc keeps its memory in this process.
//
// After MADV_DONTNEED a private file mapping shows the file's bytes again, anonymous memory zeroes.
// glibc's malloc can do with either: calloc clears what it takes from below the highest size that
// the main heap or a thread's heap ever had (malloc/malloc.c, __libc_calloc: max_system_mem,
// mprotect_size). Other allocators count on zeroes.
#pragma once

#include "bake/heap_range.h"

namespace tubthump::bake {

/// The main heap (brk) and the heaps of threads, in no order; nothing when malloc is not glibc's.
/// No other thread may allocate meanwhile.
std::vector<HeapRange> malloc_ranges();

}  // namespace tubthump::bake
