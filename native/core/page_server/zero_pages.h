// Pages of zeros of a process that stands still. They need not be in an image: a hole of the file
// that is mapped says the same. The runtime leaves V8's young generation as zeros, see
// src/runtime/memory/young-generation.ts.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

#include "criu_image/pagemap.h"

namespace tubthump::page_server {

/// A part of a run: pages of zeros, or others.
struct Piece {
  uint64_t pages;
  bool zero;
};

/// The run in pieces, in order; where few pages of zeros follow each other they count as others,
/// and so does what cannot be read. Looks at the first bytes of one page in sixteen, which tell
/// of most.
std::vector<Piece> find_zeroes(pid_t pid, const criu_image::PageRun& run);

}  // namespace tubthump::page_server
