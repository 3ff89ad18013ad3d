// `run --checkpoint warm`: the requests are sent and the image is asked for by `tubthump
// checkpoint`, beside the service.
#pragma once

#include <sys/types.h>

#include "error/error.h"
#include "launcher/options.h"

namespace tubthump::launcher {

/// Starts the command for the service below `service` (our child). It is our child too, and ends by
/// itself; what it has to say goes to our stderr.
/// Errors: ExecFailed, System.
Result<pid_t> start_warm_up(const Options& options, pid_t service);

}  // namespace tubthump::launcher
