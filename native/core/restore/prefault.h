// Pages that a copy maps before it touches them.
#pragma once

#include <optional>

#include "os/unique_fd.h"
#include "working_set/working_set.h"

namespace tubthump::restore {

/// The working set as the copy takes it (faults/prefault.h); nothing when that is not known.
UniqueFd prefault_list(const std::optional<working_set::WorkingSet>& touched);

}  // namespace tubthump::restore
