// One restored process whose pages are served: its faults, its events, and filling in the rest.
//
// The one rule that keeps memory right: from the moment that an event (a fork, pages moved or given
// up) is read, the process goes on, so nothing may be placed until that event is taken into
// account. serve() therefore holds the lock alone from read(2) to the last answer, and fill()
// shares it with other fillers while it places one chunk.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "stream/lazy_memory.h"
#include "stream/turn_lock.h"
#include "stream/userfaultfd.h"

namespace tubthump::stream {

enum class Fill {
  Progress,
  Later,   ///< Events have to be read first: serve() is the one to do that.
  Nothing  ///< No page is owed, or the process has ended.
};

class ProcessMemory {
 public:
  /// `around_fault`: what an answer brings at most, bytes.
  ProcessMemory(LazyMemory memory, UniqueFd userfaultfd, uint64_t around_fault = kAroundFault);

  /// As long as a fault is answered (8 us), another has to wait. Measured with 250 MB: half or
  /// twice as much changes the first answer by less than noise.
  static constexpr uint64_t kAroundFault = 32 << 10;

  [[nodiscard]] int fd() const { return userfault_.fd(); }
  [[nodiscard]] pid_t pid() const { return pid_; }

  struct Served {
    std::vector<std::unique_ptr<ProcessMemory>> forks;  ///< New processes, to be served too.
    bool later = false;  ///< A fault waits for an event that is not readable yet: call again soon.
  };

  /// Answers everything that is waiting on fd(). Concurrency: one thread.
  /// Errors: what PageSource::read says; System. The process must be ended then.
  Result<Served> serve();

  /// When all mappings are in place: forgets those that have no pages, so that their faults are the
  /// kernel's own again. By the thread in serve().
  void start();

  /// Copies the next chunk: first what is wanted first, then the nearest to the last fault.
  /// Concurrency: any thread but the one in serve(). Errors: as serve().
  Result<Fill> fill();

  /// Faults that were answered, with pages of the image or with zeroes.
  [[nodiscard]] uint64_t faults() const { return faults_.load(std::memory_order_relaxed); }

 private:
  ProcessMemory(const ProcessMemory& parent, UniqueFd userfaultfd);

  struct Placed {
    uint64_t bytes = 0;  ///< That need no more care: placed, there already, or unmapped.
    PlaceOutcome outcome = PlaceOutcome::Done;
  };

  Result<void> read_events(Served& served);
  void apply(const uffd_msg& event, Served& served);
  Result<bool> answer(uint64_t address);
  bool answer_hole(uint64_t address);
  Result<Placed> place(const Chunk& chunk);
  std::optional<Chunk> next_chunk();
  void give_back(const Chunk& chunk, uint64_t placed);

  pid_t pid_;
  uint64_t around_fault_;
  Userfaultfd userfault_;
  std::shared_ptr<PageSource> pages_;
  std::vector<PageRange> first_;
  std::vector<PageRange> empty_;
  std::vector<uint64_t> unanswered_;  ///< Addresses of faults that were read.
  std::atomic<uint64_t> last_fault_{0};
  std::atomic<uint64_t> faults_{0};
  std::atomic<bool> gone_{false};

  TurnLock events_;
  std::mutex owed_mutex_;  ///< Guards what follows.
  OwedPages owed_;
  size_t next_first_ = 0;
  unsigned in_hand_ = 0;  ///< Chunks that fillers have taken and not yet placed.
};

}  // namespace tubthump::stream
