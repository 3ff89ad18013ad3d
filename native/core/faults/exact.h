// Page faults of one page each, in this process.
//
// A read fault of a mapped file maps up to 16 neighbours that are in the page cache
// (fault_around_bytes), so page tables do not tell what was touched. They do for memory that is
// registered for asynchronous write protection (userfaultfd(2), kernel 6.7): the kernel does not
// map around there (uffd_disable_fault_around, include/linux/userfaultfd_k.h). Nothing is
// protected, so nobody has to serve the descriptor.
#pragma once

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::faults {

/// Faults of private mappings of `file` touch one page, as long as the returned descriptor is open
/// (here, or in a process that it was sent to). Errors: System when the kernel cannot.
Result<UniqueFd> fault_exactly(int file);

}  // namespace tubthump::faults
