// What the init of a copy tells its keeper, over a socketpair: one frame when the copy lives or
// cannot, one when it was lost (stream/guard.h), one when it has ended.
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "error/error.h"
#include "os/unique_fd.h"
#include "restore/restore.h"

namespace tubthump::clone {

struct Restored {
  pid_t pid = 0;     ///< As we see it; in its own namespace the copy has the pid of the image.
  UniqueFd process;  ///< pidfd: signals reach this copy or nobody.
  std::string clone_id;
  std::string image_id;
  int generation = 0;
  int took_ms = 0;  ///< From the init's start until the copy runs.
};

struct Ended {
  int status;  ///< As wait(2) gives it.
};

using Report = std::variant<Restored, Error, Ended>;

/// Called by the init; `pid` is the copy's in the init's namespace. Errors: System.
Result<void> report_restored(int socket, const restore::Copy& copy, std::chrono::milliseconds took);
Result<void> report_failed(int socket, const Error& error);
Result<void> report_ended(int socket, int status);

/// Called by the keeper. Errors: HandoverLost when the init is gone, System.
Result<Report> receive_report(int socket);

}  // namespace tubthump::clone
