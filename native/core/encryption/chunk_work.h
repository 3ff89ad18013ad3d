// Files whose chunks are worked on by all processors, whatever the sizes of the files.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "encryption/sealed_header.h"
#include "error/error.h"
#include "os/page_buffer.h"

namespace tubthump::encryption {

/// A chunk as it is, and sealed. Overwritten at the end: it held plain text.
class ChunkBuffers {
 public:
  ChunkBuffers();
  ChunkBuffers(const ChunkBuffers&) = delete;
  ChunkBuffers& operator=(const ChunkBuffers&) = delete;
  ~ChunkBuffers();
  [[nodiscard]] uint8_t* plain() { return plain_.data(); }
  [[nodiscard]] uint8_t* sealed() { return sealed_.data(); }

 private:
  PageBuffer<uint8_t> plain_, sealed_;
};

/// One file on its way. Concurrency: several chunks at the same time.
class ChunkWork {
 public:
  virtual ~ChunkWork() = default;
  [[nodiscard]] virtual uint64_t chunks() const = 0;
  [[nodiscard]] virtual Result<void> do_chunk(uint64_t chunk, ChunkBuffers& buffers) const = 0;
};

/// Blocks until all chunks of all files are done, or one has failed. Errors: those of the chunk.
Result<void> do_all(const std::vector<std::unique_ptr<ChunkWork>>& files);

}  // namespace tubthump::encryption
