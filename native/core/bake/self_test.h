// What was baked, read back: the last step before it takes the place of CRIU's own files.
#pragma once

#include <string>

#include "criu_image/pagemap.h"
#include "error/error.h"

namespace tubthump::bake {

/// The names of the files, old and new, in the image's directory.
struct BakedFiles {
  std::string pages;  ///< As CRIU wrote it.
  std::string mm;     ///< The new ones from here on.
  std::string pagemap;
  std::string rest;
  std::string heap;
};

/// Whether a restore would find every page of `before` (CRIU's own pagemap) where it belongs, once,
/// in the heap file or in the rest. The counts are those of all pages; the contents are compared
/// for the first page of every run and for one in 64. `file` is the heap's id in files.img. Errors:
/// ImageInvalid naming the address that is wrong.
Result<void> test_baked(int directory, const criu_image::Pagemap& before, uint32_t file,
                        const BakedFiles& names);

}  // namespace tubthump::bake
