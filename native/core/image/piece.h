// The pieces that a file is read in for its checksum: all processors share one large file.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>

#include "error/error.h"
#include "image/extents.h"
#include "os/page_buffer.h"

namespace tubthump::image {

/// Bytes of a piece; the last one of a file may be shorter. A part of what a checksum is.
inline constexpr off_t kPiece = 1 << 20;

/// XXH3, 64 bits.
uint64_t hash_of(const void* bytes, size_t size);

/// For one thread, which reads one piece after the other.
class PieceReader {
 public:
  PieceReader();

  /// hash_of() the bytes of an open `file` in `piece`. What is in none of `data`, the file's
  /// extents, are zeros, and not read. Errors: ImageInvalid when it cannot be read, or ends too
  /// early.
  Result<uint64_t> hash(int file, Extent piece, std::span<const Extent> data);

 private:
  PageBuffer<char> block_;
};

}  // namespace tubthump::image
