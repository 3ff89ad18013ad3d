// Options of a command line turned into a restore.
#pragma once

#include "launcher/options.h"
#include "restore/parked.h"
#include "restore/restore.h"

namespace tubthump::launcher {

/// One copy as our child, with our stdio and environment; `arguments` replace the service's own.
/// Errors: those of restore_copy and criu::find.
Result<restore::Copy> restore_service(const Options& options, std::vector<std::string> arguments);

/// The same, parked.
Result<restore::ParkedCopy> park_service(const Options& options,
                                         std::vector<std::string> arguments);

}  // namespace tubthump::launcher
