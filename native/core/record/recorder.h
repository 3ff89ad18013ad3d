// Records the working set of an image: a copy that is really restored, and watched while somebody
// sends it the requests that matter.
//
//   auto recorder = Recorder::start(options);   // the copy serves
//   ... requests ...
//   auto set = recorder->finish();              // what it has touched; the copy is gone
#pragma once

#include <optional>
#include <string>

#include "error/error.h"
#include "faults/log.h"
#include "os/unique_fd.h"
#include "process/mappings.h"
#include "restore/parked.h"
#include "restore/restore.h"
#include "stream/lazy_memory.h"
#include "working_set/working_set.h"

namespace tubthump::record {

class Recorder {
 public:
  /// Restores a copy and makes its page faults exact. Pages that are not mapped from the image are
  /// streamed as they are asked for, where that is possible; otherwise they are not recorded.
  /// Blocks until the copy goes on. Errors: those of restore::park_copy; ImageInvalid when its heap
  /// is not mapped and cannot be streamed; System when this kernel or container keeps us from
  /// watching.
  static Result<Recorder> start(const restore::RestoreOptions& options);

  Recorder(Recorder&& other) noexcept = default;
  Recorder& operator=(Recorder&&) = delete;
  /// Ends the copy: it must not do what it does at a normal end.
  ~Recorder();

  [[nodiscard]] pid_t pid() const { return parked_.copy.pid; }

  /// What the copy has touched until now, written pages apart.
  /// Errors: System, also when the copy has ended by itself.
  Result<working_set::WorkingSet> finish();

 private:
  explicit Recorder(restore::ParkedCopy parked) : parked_(std::move(parked)) {}
  Result<void> watch(const std::string& images);
  Result<void> watch_heap();
  Result<std::vector<working_set::Page>> streamed_pages(const process::Mapping& mapping,
                                                        working_set::WorkingSet& set) const;

  restore::ParkedCopy parked_;
  UniqueFd heap_;                           ///< Nothing when none is mapped.
  std::optional<stream::LazyMemory> lazy_;  ///< What is streamed, if anything.
  UniqueFd faults_;                         ///< The copy's faults stay exact while it is open.
  std::optional<faults::FaultLog> log_;     ///< Without one there is no order.
};

}  // namespace tubthump::record
