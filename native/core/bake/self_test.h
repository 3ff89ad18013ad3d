// What was baked, read back: the last step before it takes the place of CRIU's own files.
#pragma once

#include <string>

#include "criu_image/pagemap.h"
#include "error/error.h"

namespace tubthump::bake {

/// The names of the new files in the image's directory.
struct BakedFiles {
  std::string mm;
  std::string pagemap;
  std::string rest;
  std::string heap;
};

/// What the pages have to be equal to.
struct Original {
  int file;
  /// The memory of the process (/proc/PID/mem), which stands still, instead of CRIU's pages file.
  /// Then only pages of the heap are compared: in others the kernel may have written since, as it
  /// does where a thread has registered for it (rseq(2)).
  bool by_address = false;
};

/// Whether a restore would find every page of `before` (CRIU's own pagemap) where it belongs, once,
/// in the heap file or in the rest. The counts are those of all pages; the contents are compared
/// for the first page of every run and for one in 64. `file` is the heap's id in files.img. Errors:
/// ImageInvalid naming the address that is wrong.
Result<void> test_baked(int directory, const criu_image::Pagemap& before, const Original& original,
                        uint32_t file, const BakedFiles& names);

}  // namespace tubthump::bake
