// Where the VMAs of the heap lie in heap.img: neighbours are one stretch of the file.
#pragma once

#include <cstdint>
#include <vector>

#include "criu_image/mm.h"
#include "criu_image/pagemap.h"

namespace tubthump::bake {

/// VMAs side by side in heap.img; pages that they do not have are holes.
struct Stretch {
  uint64_t start;   ///< Address.
  uint64_t end;     ///< Address.
  uint64_t offset;  ///< In the file, bytes.
  /// Offset in the file that it was mapped from before; -1: it was anonymous.
  int64_t before = -1;

  bool operator==(const Stretch&) const = default;
  [[nodiscard]] uint64_t offset_of(uint64_t address) const { return offset + (address - start); }
};

/// One stretch after another, in the order of the VMAs. How the kernel has divided the heap into
/// VMAs does not matter: while CRIU dumps it, it may be another way than in CRIU's image.
std::vector<Stretch> lay_out(const std::vector<criu_image::Vma>& vmas);

/// Bytes of a file that holds them all.
uint64_t size_of(const std::vector<Stretch>& stretches);

/// Pages of one run that belong together.
struct Part {
  criu_image::PageRun run;
  const Stretch* stretch;  ///< Null: not in the heap.
};

/// `run` cut at the borders of `stretches`, which are in order of address, as the parts are.
std::vector<Part> divide(criu_image::PageRun run, const std::vector<Stretch>& stretches);

}  // namespace tubthump::bake
