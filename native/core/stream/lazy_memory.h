// What CRIU leaves out of a restore with `lazy_pages`: read from mm-PID.img and pagemap-PID.img.
#pragma once

#include <sys/types.h>

#include <memory>
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
  std::vector<PageRange> first;  ///< What is wanted first, in this order.
  std::shared_ptr<PageSource> pages;
};

/// Errors: ImageInvalid when the images do not fit together, or are not as CRIU 4.2 writes them.
Result<LazyMemory> load_lazy_memory(int directory, pid_t pid);

/// An order for a process of which nothing is known: small VMAs first (what libraries keep, and the
/// heap of malloc), up to `most` bytes; V8's heap is in the large ones.
std::vector<PageRange> small_first(std::vector<PageRange> vmas, uint64_t most);

}  // namespace tubthump::stream
