// In which order the threads of a process touch pages: one software perf event for each fault
// (perf_event_open(2), PERF_COUNT_SW_PAGE_FAULTS with a period of 1). No tracefs is needed.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "error/error.h"

namespace tubthump::faults {

class FaultLog {
 public:
  /// Counts from now on, for these threads; threads that they start later are not seen.
  /// Errors: System (perf_event_paranoid(5), seccomp).
  static Result<FaultLog> open(const std::vector<pid_t>& threads);

  FaultLog(FaultLog&&) noexcept;
  FaultLog& operator=(FaultLog&&) = delete;
  ~FaultLog();

  /// The rank of each page (by its first address) among all faults so far: 0 came first. About ten
  /// thousand faults of a thread are kept; later ones are missing.
  [[nodiscard]] std::unordered_map<uint64_t, size_t> ranks() const;

 private:
  class Thread;
  explicit FaultLog(std::vector<std::unique_ptr<Thread>> threads);
  std::vector<std::unique_ptr<Thread>> threads_;
};

}  // namespace tubthump::faults
