#include "bake/malloc_ranges.h"

#include <dlfcn.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "bake/writable_mappings.h"

namespace tubthump::bake {

namespace {

constexpr uint64_t kPage = 4096;
/// Less than malloc maps by itself or gives back at once (mallopt(3): 128 KB).
constexpr size_t kRoom = 96 << 10;
constexpr int kAttempts = 20;
/// malloc/arena.c, HEAP_MAX_SIZE: heaps of threads begin at its multiples.
constexpr uint64_t kThreadHeap = uint64_t{64} << 20;

/// malloc/arena.c, heap_info: the beginning that all versions share, from 2.10 on.
struct HeapInfo {
  uint64_t arena;     ///< ar_ptr
  uint64_t previous;  ///< Of the same arena, or 0.
  uint64_t size;
  uint64_t accessible;  ///< mprotect_size
};

/// Behind heap_info in the first heap of an arena; the distance differs between versions.
constexpr uint64_t kFarthestArena = 128;

/// Whether the statistics of glibc's malloc see what malloc gives. Its address says nothing: to a
/// program that is not position-independent it is a stub in the program itself.
bool is_glibc_malloc() {
  using Statistics = struct mallinfo2();
  const std::unique_ptr<void, int (*)(void*)> libc(
      ::dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD),
      [](void* library) { return ::dlclose(library); });
  if (!libc) return false;
  const auto statistics = reinterpret_cast<Statistics*>(::dlsym(libc.get(), "mallinfo2"));
  if (!statistics) return false;
  // Of all threads: what others free meanwhile hides what we have got.
  for (int attempt = 0; attempt < kAttempts; attempt++) {
    const size_t before = statistics().uordblks;
    void* volatile block = std::malloc(kRoom);
    const size_t after = statistics().uordblks;
    std::free(block);
    if (after >= before + kRoom) return true;
    std::this_thread::yield();
  }
  return false;
}

/// proc(5), /proc/PID/stat: (47) start_brk.
uint64_t start_of_brk() {
  std::ifstream file("/proc/self/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  // The second field may hold spaces and parentheses.
  std::istringstream rest(text.substr(std::min(text.rfind(')') + 1, text.size())));
  std::string field;
  for (int number = 3; number <= 47; number++)
    if (!(rest >> field)) return 0;
  return std::stoull(field);
}

bool is_thread_heap(const HeapInfo& heap, uint64_t start, const std::vector<HeapRange>& before) {
  if (heap.accessible % kPage || heap.accessible > kThreadHeap || heap.accessible < heap.size)
    return false;
  if (heap.size < sizeof(HeapInfo) || heap.size % kPage) return false;
  if (heap.previous == 0) return heap.arena > start && heap.arena <= start + kFarthestArena;
  return std::ranges::count(before, heap.previous, &HeapRange::start) > 0;
}

/// Addresses in writable private mappings at which a thread's heap may begin. Heaps that adjoin are
/// one mapping.
std::vector<uint64_t> candidates() {
  std::vector<uint64_t> starts;
  for (const HeapRange& mapping : writable_mappings()) {
    const uint64_t first = (mapping.start + kThreadHeap - 1) / kThreadHeap * kThreadHeap;
    for (uint64_t at = first; at + sizeof(HeapInfo) <= mapping.end(); at += kThreadHeap)
      starts.push_back(at);
  }
  return starts;
}

}  // namespace

std::vector<HeapRange> malloc_ranges() {
  std::vector<HeapRange> ranges;
  if (!is_glibc_malloc()) return ranges;
  std::vector<uint64_t> starts = candidates();
  // A heap may lie below the one that it continues: until nothing more is found.
  for (size_t found = 1; found > 0;) {
    found = std::erase_if(starts, [&](uint64_t start) {
      const auto& heap = *reinterpret_cast<const HeapInfo*>(start);  // NOLINT
      if (!is_thread_heap(heap, start, ranges)) return false;
      ranges.push_back({start, heap.accessible});
      return true;
    });
  }
  // What this thread still allocates until the dump must not move the end.
  void* volatile room = std::malloc(kRoom);
  std::free(room);
  const uint64_t main = start_of_brk() / kPage * kPage;
  const auto top = (reinterpret_cast<uint64_t>(::sbrk(0)) + kPage - 1) / kPage * kPage;
  if (main && top > main) ranges.push_back({main, top - main});
  return ranges;
}

}  // namespace tubthump::bake
