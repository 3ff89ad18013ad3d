// `tubthump restore --parked DIR`: a copy that is there, but goes on only when it is told to.
#pragma once

#include "launcher/options.h"
#include "launcher/supervise.h"

namespace tubthump::launcher {

/// Restores up to the copy's handover call, says so in one line on stderr, waits for SIGCONT, then
/// supervises as any restore does. Returns the exit status.
int restore_parked(const Options& options, Supervisor& supervisor);

}  // namespace tubthump::launcher
