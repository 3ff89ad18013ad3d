// A file brought into the page cache from start to end, beside whoever reads it page by page.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>

namespace tubthump::working_set {

/// Asks for little at a time, and waits until it is there: a disk with a long queue lets the others
/// wait. One that is slow is left to them.
class PacedReader {
 public:
  /// Ends, too, when `stopped` is set.
  PacedReader(int file, const std::atomic<bool>& stopped) : file_(file), stopped_(stopped) {}

  /// Asks for `size` bytes at `offset`; blocks while more than 4 MB are on their way. Returns
  /// whether more should be asked for: not when less than 200 MB/s come.
  bool request(uint64_t offset, uint64_t size);

 private:
  using Clock = std::chrono::steady_clock;
  struct Piece {
    uint64_t offset, size;
  };

  bool await_first();

  int file_;
  const std::atomic<bool>& stopped_;
  const Clock::time_point started_ = Clock::now();
  std::deque<Piece> under_way_;
  uint64_t asked_ = 0;    ///< Bytes.
  uint64_t arrived_ = 0;  ///< Bytes.
};

}  // namespace tubthump::working_set
