// Where the bytes of dumped pages come from: a plain file today; whatever is encrypted, compressed
// or far away is another source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "error/error.h"

namespace tubthump::stream {

/// Concurrency: any number of threads, each with its own buffer.
class PageSource {
 public:
  virtual ~PageSource() = default;

  /// As many bytes from `offset` on as `buffer` holds, whole pages; they are in `buffer`, or where
  /// the source has them anyway, until the next call with this buffer.
  /// Errors: ImageInvalid when they cannot be had; the copy must not go on then.
  virtual Result<std::span<const std::byte>> read(uint64_t offset, std::span<std::byte> buffer) = 0;

  /// These bytes are going to be read: starts what takes time, and does not wait for it.
  virtual void will_need(uint64_t offset, uint64_t size) = 0;
};

}  // namespace tubthump::stream
