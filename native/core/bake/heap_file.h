// heap.img: the pages of V8's heap, laid out in stretches (stretch.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bake/stretch.h"
#include "criu_image/pagemap.h"
#include "error/error.h"

namespace tubthump::bake {

/// CRIU's file of the pages of `pagemap`.
std::string pages_name(const criu_image::Pagemap& pagemap);

/// What is left for CRIU to copy, and how much was moved.
struct Moved {
  criu_image::Pagemap rest;
  uint64_t bytes = 0;
};

/// Copies the pages of `pagemap` that lie in a stretch to the new file `heap`, all others to the
/// new file `rest`. Names are relative to `directory`. Errors: ImageInvalid when the pages file is
/// shorter than the pagemap says, ImagePublish.
Result<Moved> move_pages(int directory, const criu_image::Pagemap& pagemap,
                         const std::vector<Stretch>& stretches, const std::string& heap,
                         const std::string& rest);

/// Completes the file `heap` by what `before`, the file that stretches were mapped from, holds of
/// the pages that are not in `pagemap`: those that were not written since. Errors: ImageInvalid,
/// ImagePublish.
Result<void> fill_gaps(int directory, const criu_image::Pagemap& pagemap,
                       const std::vector<Stretch>& stretches, int before, const std::string& heap);

/// The opposite of moving: copies all pages of `pagemap`, from `heap` and from CRIU's pages file
/// with what is not in a stretch, to the new file `pages`. Errors: ImageInvalid, ImagePublish.
Result<void> gather_pages(int directory, const criu_image::Pagemap& pagemap,
                          const std::vector<Stretch>& stretches, const std::string& heap,
                          const std::string& pages);

}  // namespace tubthump::bake
