// Baking: an image rewritten so that a restore maps the heap instead of copying it.
//
// The VMAs of the heap become private mappings of heap.img; their pages leave CRIU's pages file.
// What the copy writes stays its own, what it only reads is shared with every other copy, and what
// it does not touch costs nothing.
//
// Safe only for memory whose owner does not count on zeroes after MADV_DONTNEED (which brings back
// what the file holds) and does not need MADV_FREE. V8's heap is such, and glibc's malloc; other
// allocators, wasm memory and stacks are not. So only VMAs in ranges are taken that are known to
// hold nothing else: those of native/arena, malloc_ranges.h and absl_ranges.h.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "bake/heap_range.h"
#include "error/error.h"

namespace tubthump::bake {

/// What inherit_fd calls heap.img at restore.
inline constexpr const char* kHeapKey = "tubthump/heap.img";

struct Baked {
  uint64_t bytes = 0;  ///< Pages that are mapped at restore.
  size_t vmas = 0;
  size_t all_vmas = 0;  ///< Of the whole process; vm.max_map_count limits them.
};

inline constexpr const char* kHeapFile = "heap.img";

struct MappedBefore;
struct Placed;

/// Bakes the process `pid` of the image in `directory`, whose files are complete and not yet
/// public. `before`: what its heap was mapped from until now, if anything; then the image is of no
/// use unless this succeeds. After an error the image is as it was. Blocks; reads and writes all
/// pages. Errors: ImageInvalid when an image file is not as CRIU 4.2 writes it, ImagePublish.
Result<Baked> bake_heap(int directory, pid_t pid, const std::vector<HeapRange>& ranges,
                        const MappedBefore* before);

/// The same when a page server (page_server/) has put the pages into heap.img already: nothing is
/// copied but what `before` holds. The process still stands still: samples of its memory are
/// compared. After an error the image needs make_plain(). Errors: the same, System.
Result<Baked> bake_placed(int directory, pid_t pid, const std::vector<HeapRange>& ranges,
                          const MappedBefore* before, const Placed& placed);

/// Puts all pages back into CRIU's pages file. Errors: ImagePublish, ImageInvalid.
Result<void> make_plain(int directory, pid_t pid, const Placed& placed);

}  // namespace tubthump::bake
