// The line between the meter and a process that plays one copy's part: phases begin when the meter
// says so, and each ends with one message. A peer that has died is an error, never a wait.
#pragma once

#include <string>
#include <utility>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::meter {

class Line {
 public:
  /// Both ends. Errors: System.
  static Result<std::pair<Line, Line>> pair();

  /// Tells the other end to begin its next phase. Errors: System, when it is gone.
  Result<void> go();
  /// Waits until the other end says so. Errors: System, when it is gone.
  Result<void> await_go();

  /// Ends a phase, with its outcome.
  void report(const Result<std::string>& outcome);
  /// What the other end reported, also when that is a failure of its own.
  Result<std::string> await_report();

 private:
  explicit Line(UniqueFd socket) : socket_(std::move(socket)) {}
  UniqueFd socket_;
};

}  // namespace tubthump::meter
