// Where a file has data: the rest of it are holes, which nobody reads.
#pragma once

#include <sys/types.h>

#include <vector>

namespace tubthump::image {

/// Offsets in bytes: from `start` up to `end`.
struct Extent {
  off_t start, end;
};

/// Those of the first `size` bytes of an open file, in order. A file system that knows of no holes
/// has one. To be asked once for a file: SEEK_HOLE goes through all pages up to the next hole.
std::vector<Extent> extents_of(int file, off_t size);

}  // namespace tubthump::image
