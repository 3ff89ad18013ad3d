// Numbered pieces of work on several threads; the first error ends it.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "error/error.h"

namespace tubthump {

/// The first error, and whose turn it is: pieces may be prepared in any order, and put down in one.
class Turns {
 public:
  /// Until all pieces before this one are down. Errors: what `fail` was told.
  Result<void> wait(size_t piece) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !outcome_ || next_ == piece; });
    return outcome_;
  }
  void done() {
    std::lock_guard lock(mutex_);
    next_++;
    changed_.notify_all();
  }
  void fail(const Error& error) {
    std::lock_guard lock(mutex_);
    if (outcome_) outcome_ = std::unexpected(error);
    changed_.notify_all();
  }
  Result<void> outcome() {
    std::lock_guard lock(mutex_);
    return outcome_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t next_ = 0;
  Result<void> outcome_;
};

/// One for each processor, but no more than `most`.
inline unsigned jobs_up_to(unsigned most) {
  return std::clamp(std::thread::hardware_concurrency(), 1U, most);
}

/// Calls `worker(piece)` for all pieces below `count`, in order of their start, on `jobs` threads
/// (the caller's among them), each with a worker of its own from `make_worker()`. Returns when all
/// have ended. Errors: the first that a worker returned.
template <class MakeWorker>
Result<void> in_parallel(size_t count, unsigned jobs, Turns& turns, const MakeWorker& make_worker) {
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    auto worker = make_worker();
    for (size_t piece = next++; piece < count && turns.outcome(); piece = next++)
      if (Result<void> done = worker(piece); !done) turns.fail(done.error());
  };
  {
    std::vector<std::jthread> others;
    try {
      while (others.size() + 1 < std::min<size_t>(jobs, count)) others.emplace_back(work);
    } catch (const std::system_error&) {
      // The limit of threads: those that are there do it.
    }
    work();
  }
  return turns.outcome();
}

}  // namespace tubthump
