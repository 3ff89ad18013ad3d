// userfaultfd(2): the kernel asks us for the pages of another process.
//
//   Userfaultfd memory(std::move(descriptor_from_criu));
//   Placement placed = memory.copy(address, bytes, size);
#pragma once

#include <linux/userfaultfd.h>

#include <cstdint>
#include <vector>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::stream {

/// Whether this kernel lets us serve the pages of another process: faults of the kernel itself, and
/// the events of a process that forks, moves and unmaps its memory (ioctl_userfaultfd(2)).
/// Errors: Userfaultfd, saying what is missing.
Result<void> check_userfaultfd();

enum class PlaceOutcome {
  Done,      ///< All of it.
  Exists,    ///< The next page is there already.
  Unmapped,  ///< No registered mapping holds all of the rest: it may cross a border.
  Changing,  ///< Events have to be read first.
  Gone,      ///< The process has no memory any more.
  Failed,    ///< errno says why.
};

struct Placement {
  uint64_t bytes = 0;  ///< That were placed before the outcome.
  PlaceOutcome outcome = PlaceOutcome::Done;
  int sys_errno = 0;
};

/// Concurrency: any thread; an event that was read has to be taken into account before anything is
/// placed (see process_memory.h).
class Userfaultfd {
 public:
  /// A descriptor that does not block, its API agreed on, as CRIU sends it.
  explicit Userfaultfd(UniqueFd descriptor) : fd_(std::move(descriptor)) {}

  [[nodiscard]] int fd() const { return fd_.get(); }

  /// Copies into missing pages and wakes who waits for them. Whole pages.
  [[nodiscard]] Placement copy(uint64_t to, const void* from, uint64_t size) const;

  /// Missing pages become zero pages.
  [[nodiscard]] Placement zero(uint64_t at, uint64_t size) const;

  /// Makes those who wait for these pages try again.
  void wake(uint64_t at, uint64_t size) const;

  /// No fault of these pages is ours any more.
  void forget(uint64_t at, uint64_t size) const;

  /// What is waiting to be read, at most `most`; none when there is nothing. Errors: System.
  [[nodiscard]] Result<std::vector<uffd_msg>> read(size_t most) const;

 private:
  UniqueFd fd_;
};

}  // namespace tubthump::stream
