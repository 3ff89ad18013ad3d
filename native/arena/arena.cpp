#include "arena/arena.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

namespace tubthump::arena {

namespace {

/// std::mutex would need libstdc++, which whoever preloads this need not have.
class Guard {
 public:
  explicit Guard(pthread_mutex_t& mutex) : mutex_(mutex) { ::pthread_mutex_lock(&mutex_); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard() { ::pthread_mutex_unlock(&mutex_); }

 private:
  pthread_mutex_t& mutex_;
};

}  // namespace

bool Arena::reserve() {
  if (start()) return true;
  Guard guard(mutex_);
  if (start()) return true;
  // mmap(2) by syscall: our own mmap is what calls us.
  const long base = ::syscall(SYS_mmap, nullptr, kSize + kGranule, PROT_NONE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == -1) return false;
  const auto raw = static_cast<uintptr_t>(base);
  start_.store((raw + kGranule - 1) / kGranule * kGranule, std::memory_order_release);
  return true;
}

void* Arena::take(size_t size) {
  const size_t wanted = (size + kGranule - 1) / kGranule;
  Guard guard(mutex_);
  size_t run = 0;
  bool below_all_used = true;
  for (size_t index = lowest_free_; index < kGranules; index++) {
    run = pages_[index] ? 0 : run + 1;
    if (below_all_used && run) {
      lowest_free_ = index;
      below_all_used = false;
    }
    if (run < wanted) continue;
    const uintptr_t address = start() + (index + 1 - wanted) * kGranule;
    count(address, size, +1);
    return reinterpret_cast<void*>(address);  // NOLINT(performance-no-int-to-ptr)
  }
  return nullptr;
}

void Arena::give_back(uintptr_t address, size_t size) {
  Guard guard(mutex_);
  count(address, size, -1);
  lowest_free_ = std::min(lowest_free_, (address - start()) / kGranule);
}

bool Arena::contains(uintptr_t address, size_t size) const {
  const uintptr_t from = start();
  return from && address >= from && address + size <= from + kSize;
}

void Arena::count(uintptr_t address, size_t size, int sign) {
  size_t page = (address - start()) / kPage;
  const size_t end = page + (size + kPage - 1) / kPage;
  while (page < end) {
    const size_t granule = page / kPagesPerGranule;
    const size_t until = std::min(end, (granule + 1) * kPagesPerGranule);
    pages_[granule] = static_cast<uint8_t>(pages_[granule] + sign * static_cast<int>(until - page));
    page = until;
  }
}

}  // namespace tubthump::arena
