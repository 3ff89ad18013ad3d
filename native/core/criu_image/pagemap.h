// pagemap-PID.img: which pages of a process are in which pages file, in order of address.
//
// The file of pages has no offsets of its own: the present runs lie in it one after another, in the
// order of the pagemap.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "error/error.h"

namespace tubthump::criu_image {

inline constexpr uint64_t kPageSize = 4096;

/// pagemap_entry (images/pagemap.proto), a run of pages.
struct PageRun {
  uint64_t address = 0;
  uint64_t pages = 0;
  uint32_t flags = 0;  ///< criu/include/pagemap.h: PE_*

  static constexpr uint32_t kLazy = 1 << 1;  ///< May be restored later; every dump says so.
  static constexpr uint32_t kPresent = 1 << 2;
  [[nodiscard]] uint64_t end() const { return address + pages * kPageSize; }
};

struct Pagemap {
  uint32_t pages_id = 0;  ///< Its pages are in pages-ID.img.
  std::vector<PageRun> runs;
};

/// From the messages of the image file. Errors: ImageInvalid; also for an image with a parent.
Result<Pagemap> decode_pagemap(const std::vector<std::string>& messages);

std::vector<std::string> encode_pagemap(const Pagemap& pagemap);

}  // namespace tubthump::criu_image
