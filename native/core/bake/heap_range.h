// A range of a process's memory that may be mapped from heap.img at restore.
#pragma once

#include <cstdint>
#include <vector>

namespace tubthump::bake {

struct HeapRange {
  uint64_t start = 0;
  uint64_t size = 0;  ///< Bytes.

  [[nodiscard]] uint64_t end() const { return start + size; }
};

/// Whether [start, end) lies in one of `ranges`.
inline bool covers(const std::vector<HeapRange>& ranges, uint64_t start, uint64_t end) {
  for (const HeapRange& range : ranges)
    if (start >= range.start && end <= range.end()) return true;
  return false;
}

}  // namespace tubthump::bake
