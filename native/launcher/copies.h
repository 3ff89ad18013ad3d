// The copies of one `clone` command, from their start to the last one's end.
#pragma once

#include <signal.h>

#include <string>
#include <vector>

#include "clone/init.h"
#include "launcher/clone_events.h"
#include "launcher/clone_specs.h"

namespace tubthump::launcher {

/// Starts them, a few at the same time, passes signals on, reports their lives. One that fails or
/// ends is no reason for the others to end.
class Copies {
 public:
  explicit Copies(CloneBase base);

  /// Until the last one has ended. Returns the exit status of the command: 0 when all came up and
  /// ended with 0, else the first that was another; 128 + N for signal N.
  int run();

 private:
  struct Copy {
    pid_t init = 0;
    std::string cgroup;
    UniqueFd reports;
    UniqueFd process;  ///< pidfd, as soon as it lives.
    bool restored = false;
    bool failed = false;
    int status = -1;  ///< wait(2), when it has ended.
  };

  [[nodiscard]] int number_of(size_t index) const {
    return base_.options.first + static_cast<int>(index);
  }
  void start_more();
  void fail_copy(size_t index, const Error& error);
  void on_report(size_t index);
  void on_end(size_t index);
  void on_signals();
  void on_command();
  void obey(const std::string& line);
  void signal_copy(Copy& copy, int signal);
  void end_all();
  void note_status(int status);
  void settle();

  CloneBase base_;
  CloneEvents events_;
  UniqueFd signals_;
  UniqueFd control_;
  std::string line_;          ///< Beginning of a command.
  std::vector<Copy> copies_;  ///< Those that were started.
  int restoring_ = 0;
  int living_ = 0;  ///< Inits that are not reaped.
  int up_ = 0;      ///< Copies that were restored.
  bool settled_ = false;
  bool stopping_ = false;
  int exit_status_ = 0;
};

}  // namespace tubthump::launcher
