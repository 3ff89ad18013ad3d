// Where allocators of this process can have their memory.
#pragma once

#include "bake/heap_range.h"

namespace tubthump::bake {

/// Private mappings of this process that can be read and written, and not executed, in order of
/// address, as far as /proc/self/maps (proc(5)) tells.
std::vector<HeapRange> writable_mappings();

}  // namespace tubthump::bake
