// A range of a process's memory that may be mapped from heap.img at restore.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tubthump::bake {

struct HeapRange {
  uint64_t start = 0;
  uint64_t size = 0;  ///< Bytes.

  [[nodiscard]] uint64_t end() const { return start + size; }
};

/// Whether [start, end) lies in `ranges`: in one, or in several that adjoin, whose mappings the
/// kernel makes one.
inline bool covers(const std::vector<HeapRange>& ranges, uint64_t start, uint64_t end) {
  while (start < end) {
    const auto range = std::ranges::find_if(
        ranges, [&](const HeapRange& it) { return it.start <= start && start < it.end(); });
    if (range == ranges.end()) return false;
    start = range->end();
  }
  return true;
}

}  // namespace tubthump::bake
