// `tubthump restore --parked` as a sample: made ready before the clock starts.
#pragma once

#include <string>

#include "error/error.h"
#include "os/deadline.h"
#include "os/unique_fd.h"

namespace tubthump::meter {

/// Waits until a line on `said`, the command's stderr, says that the copy is parked, and then until
/// it has had time to rest. Errors: System, with what was said instead.
Result<void> await_parked(const UniqueFd& said, Deadline deadline);

}  // namespace tubthump::meter
