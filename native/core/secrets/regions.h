// The parts of this process's memory that may hold what it has read or made.
#pragma once

#include <cstdint>
#include <vector>

#include "error/error.h"

namespace tubthump::secrets {

struct Region {
  uintptr_t start, end;
};

/// Readable private mappings, without unchanged file contents and what is the kernel's own.
Result<std::vector<Region>> searchable_regions();

}  // namespace tubthump::secrets
