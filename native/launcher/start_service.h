// A normal start, prepared so that the service can be checkpointed later.
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <string>
#include <vector>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::launcher {

struct StartOptions {
  std::vector<std::string> command;
  std::vector<std::string> environment;  ///< "NAME=value", over our own.
  sigset_t signal_mask;                  ///< What the service is to have.
  std::string plan = {};                 ///< See plan.h; empty: none.
};

struct Service {
  pid_t pid;
  UniqueFd channel;  ///< Our end; the service finds the number of its own in TUBTHUMP_CHANNEL.
};

/// Starts the command as our child: own session, io_uring blocked, pids above the floor, the
/// library preloaded through NODE_OPTIONS. It gets SIGTERM when we die.
/// Errors: ExecFailed, System.
Result<Service> start_service(const StartOptions& options);

}  // namespace tubthump::launcher
