// Pages mapped before they are touched: 65 ns a page read, 1.3 us a page written, where a fault
// costs the one who waits for it several times that.
#pragma once

#include <cstdint>
#include <span>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::faults {

/// Neighbouring pages of this process, or of the one that gets the list.
struct Stretch {
  uint64_t address = 0;
  uint32_t pages = 0;
  uint32_t write = 0;  ///< The process is to have its own pages; they keep their contents.
};

/// The list as an anonymous file that can be sent. Errors: System.
Result<UniqueFd> share(std::span<const Stretch> stretches);

/// Maps what the list names into this process (madvise(2), MADV_POPULATE_*, Linux 5.14); what
/// cannot be mapped is passed over.
void prefault(int list);

}  // namespace tubthump::faults
