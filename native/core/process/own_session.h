// A session that CRIU can save.
#pragma once

#include "error/error.h"

namespace tubthump::process {

/// Makes this process the leader of a new session when the present leader lives outside our pid
/// namespace, where CRIU cannot name it ("A session leader … is outside of its pid namespace"): so
/// it is for what `unshare --pid` or a container's `exec` started. Otherwise does nothing.
/// Errors: System with the remedy, when that would cost us a terminal, or we lead a process group.
Result<void> ensure_own_session();

}  // namespace tubthump::process
