// heap.img: the pages of V8's heap, laid out so that each VMA is one stretch of the file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "criu_image/mm.h"
#include "criu_image/pagemap.h"
#include "error/error.h"

namespace tubthump::bake {

/// Where one VMA lies in heap.img; pages that it does not have are holes.
struct Stretch {
  uint64_t start;   ///< Address.
  uint64_t end;     ///< Address.
  uint64_t offset;  ///< In the file, bytes.
  /// Offset in the file that it was mapped from before; -1: it was anonymous.
  int64_t before = -1;
};

/// One stretch after another, in the order of the VMAs.
std::vector<Stretch> lay_out(const std::vector<criu_image::Vma>& vmas);

/// What is left for CRIU to copy, and how much was moved.
struct Moved {
  criu_image::Pagemap rest;
  uint64_t bytes = 0;
};

/// Copies the pages of `pagemap` that lie in a stretch to the new file `heap`, all others to the
/// new file `rest`. Names are relative to `directory`. Stretches that were mapped before start with
/// the bytes of the file `before`, which is -1 when there are none. Errors: ImageInvalid when the
/// pages file is shorter than the pagemap says, ImagePublish.
Result<Moved> move_pages(int directory, const criu_image::Pagemap& pagemap,
                         const std::vector<Stretch>& stretches, int before, const std::string& heap,
                         const std::string& rest);

}  // namespace tubthump::bake
