// What CRIU leaves out of a restore with `lazy_pages`: read from mm-PID.img and pagemap-PID.img.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "error/error.h"
#include "stream/owed_pages.h"
#include "stream/page_source.h"

namespace tubthump::stream {

/// Whole pages of a process's memory.
struct PageRange {
  uint64_t start = 0;  ///< Address.
  uint64_t end = 0;    ///< Address.
};

struct LazyMemory {
  pid_t pid = 0;  ///< As it was dumped.
  OwedPages owed;
  std::vector<PageRange> empty;  ///< VMAs that are registered although they have no pages.
  std::vector<PageRange> first;  ///< What is wanted first, in this order: a recorded working set.
  std::string file;              ///< Of the image: its pages, at the offsets of `owed`.
  uint64_t size = 0;             ///< Of the file, bytes.
  std::shared_ptr<PageSource> pages;
};

/// Errors: ImageInvalid when the images do not fit together, or are not as CRIU 4.2 writes them.
Result<LazyMemory> load_lazy_memory(int directory, pid_t pid);

}  // namespace tubthump::stream
