// Sees to it that no cgroup is left behind: a directory does not go with its last process.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::clone {

/// A process of its own, which outlives us for a moment also when we are killed.
class CgroupSweeper {
 public:
  /// Of these paths it removes those that are not there yet. For a caller with one thread: it is
  /// copied. Errors: System.
  static Result<CgroupSweeper> start(const std::vector<std::string>& cgroups);

  CgroupSweeper() = default;
  CgroupSweeper(CgroupSweeper&& other) noexcept = default;
  CgroupSweeper& operator=(CgroupSweeper&& other) noexcept;
  /// Removes what is left; waits up to 10 s for its processes to end.
  ~CgroupSweeper();

  /// Removes one of them now, unless it is in use.
  void sweep(const std::string& cgroup) const;

 private:
  std::vector<std::string> cgroups_;
  UniqueFd alive_;  ///< Closed by our end, however it comes.
  pid_t pid_ = 0;
};

}  // namespace tubthump::clone
