// One address range for all chunks of V8's heap.
//
// V8 asks for its 256 KB chunks at random addresses, so that hardly two are adjacent: four VMAs a
// MB of heap, and a restore pays about 5 us for each. Served side by side from one reserved range,
// the kernel merges them. Units are granules of V8's chunk size; freed ones go back to the system
// and are used again, lowest first.
#pragma once

#include <pthread.h>
#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace tubthump::arena {

inline constexpr size_t kPage = 4096;
inline constexpr size_t kGranule = 256 << 10;
/// Address space only, far above V8's largest default heap.
inline constexpr size_t kSize = size_t{16} << 30;

/// Which granules are in use. Concurrency: any thread. Trivially constructed: it is used before
/// constructors run.
class Arena {
 public:
  /// Reserves the range when that was not done yet. Returns whether there is one.
  bool reserve();

  /// The lowest free run of whole granules for `size` bytes, its first page at a granule; nullptr
  /// when there is none. The memory there is inaccessible until the caller maps it.
  void* take(size_t size);

  /// Gives whole pages back; a granule is free when all its pages came back. Callers have made the
  /// memory inaccessible.
  void give_back(uintptr_t start, size_t size);

  [[nodiscard]] bool contains(uintptr_t start, size_t size) const;
  [[nodiscard]] uintptr_t start() const { return start_.load(std::memory_order_acquire); }

 private:
  static constexpr size_t kGranules = kSize / kGranule;
  static constexpr size_t kPagesPerGranule = kGranule / kPage;

  void count(uintptr_t start, size_t size, int sign);

  std::atomic<uintptr_t> start_{0};
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  size_t lowest_free_ = 0;         ///< No granule below is free.
  uint8_t pages_[kGranules] = {};  ///< In use, of each granule.
};

}  // namespace tubthump::arena
