// The launcher's life while its service runs: forward signals, dump on request, reap, mirror the
// exit status.
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <vector>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::launcher {

/// Blocks the signals that it forwards from its construction on, so that none is lost before the
/// service exists.
class Supervisor {
 public:
  Supervisor();

  /// The mask that the launcher was started with, for the service to have.
  [[nodiscard]] const sigset_t& before() const { return before_; }

  /// A dump is to end the service: that is then success, exit status 0.
  void expect_dump() { dump_expected_ = true; }

  /// Waits for SIGCONT beside the parked `service` (our child); false when it ended before. A
  /// signal that is to end us ends it first, and the call does not return.
  bool wait_parked(pid_t service);

  /// Serves `service` (our child) until it ends; reaps whatever else ends meanwhile.
  /// Returns the exit status to end with. When the service was ended by a signal, this process is
  /// ended by the same one and the call does not return.
  int supervise(pid_t service, UniqueFd channel);

  /// The same for pid 1 of a namespace, which nothing but its own exit ends: returns the service's
  /// wait(2) status.
  int watch(pid_t service, UniqueFd channel);

 private:
  void on_signals();
  void on_channel();
  void reap();
  void release_signals();
  bool ended_by_dump();

  UniqueFd signals_;
  sigset_t before_;
  UniqueFd channel_;
  pid_t service_ = 0;
  pid_t agent_ = 0;        ///< Dumps right now; the channel is its own meanwhile.
  std::vector<int> held_;  ///< Signals that came while an agent dumped.
  bool dump_expected_ = false;
  bool dumped_ = false;  ///< The last agent made an image.
  bool ended_ = false;
  int status_ = 0;
};

}  // namespace tubthump::launcher
