// An image as one file: compressed, checksummed, the same bytes whenever the content is the same.
//
//   Progress progress;
//   auto figures = pack({.directory = "/var/images/shop", .file = "/tmp/shop.pack"}, progress);
#pragma once

#include <string>

#include "error/error.h"
#include "pack/progress.h"

namespace tubthump::pack {

struct PackOptions {
  std::string directory;  ///< The image.
  std::string file;       ///< Absolute path; nothing is there yet.
  std::string base{};     ///< An image whose pages need not be stored again; empty: none.
  int level = 3;          ///< 1 to 22, as zstd(1) has it.
  unsigned jobs = 1;      ///< Threads.
};

/// All in bytes.
struct Figures {
  uint64_t files = 0;   ///< How many.
  uint64_t size = 0;    ///< Of all files, with holes.
  uint64_t data = 0;    ///< Pages that are not zero.
  uint64_t shared = 0;  ///< Of them, those that are in the base.
  uint64_t packed = 0;  ///< Of the pack.
};

/// Each thread holds two chunks in memory, a base 100 bytes for each of its pages.
/// Errors: ImageMissing, ImageInvalid, ImageUntrusted for image and base; ImagePublish for the
/// pack, of which nothing is left then; PackAborted.
Result<Figures> pack(const PackOptions& options, Progress& progress);

}  // namespace tubthump::pack
