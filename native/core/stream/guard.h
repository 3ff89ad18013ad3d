// Watches a page server from another process, so that its death ends the copy.
//
// A userfaultfd whose last descriptor closes leaves its pages to the kernel, which answers a fault
// with zeroes: memory that is silently wrong. The guard holds a descriptor of each, so that faults
// wait when the server is gone, and ends who waits.
//
//   Guard guard(std::move(channel), [&](const Error& error) { session.cancel(); });
//   ... the restore ...
//   guard.protect(copy.pid, [](const Error& error) { report(error); });
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::stream {

class Guard {
 public:
  using OnLost = std::function<void(const Error&)>;

  /// `on_lost` is called by the guard's own thread if the server is lost before protect().
  Guard(UniqueFd channel, OnLost on_lost);
  ~Guard() { let_go(); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  /// Waits until it holds the userfaultfds of `processes`: from then on no page can be zero by
  /// mistake, whatever becomes of the server. False when there is none any more.
  bool wait_for(size_t processes);

  /// From now on a lost server ends `copy`, a child of ours, and all processes below it; `on_lost`
  /// is called first. Returns the error when the server is lost already: nothing was ended then.
  Result<void> protect(pid_t copy, OnLost on_lost);

  /// Lets go of all that it holds, whatever the server does: one that CRIU has not found ends.
  void let_go();

  /// Why the server was lost, if it was.
  [[nodiscard]] std::optional<Error> lost();

 private:
  void run();
  std::optional<Error> hold_until_end();
  void lose(const Error& error);

  UniqueFd channel_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<UniqueFd> held_;
  OnLost on_lost_;
  pid_t copy_ = 0;
  UniqueFd process_;  ///< pidfd of the copy
  std::optional<Error> lost_;
  bool ended_ = false;
  bool stopping_ = false;
  std::jthread thread_;
};

}  // namespace tubthump::stream
