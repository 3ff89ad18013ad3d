#include "encryption/chunk_work.h"

#include <sodium.h>

#include <algorithm>

#include "os/parallel.h"

namespace tubthump::encryption {

ChunkBuffers::ChunkBuffers() : plain_(kChunkSize), sealed_(kChunkSize + kTagSize) {}

ChunkBuffers::~ChunkBuffers() { ::sodium_memzero(plain_.data(), plain_.size()); }

Result<void> do_all(const std::vector<std::unique_ptr<ChunkWork>>& files) {
  std::vector<uint64_t> firsts;  // The number of each file's first chunk among all.
  uint64_t count = 0;
  for (const auto& file : files) {
    firsts.push_back(count);
    count += file->chunks();
  }
  constexpr unsigned kMost = 16;
  Turns turns;
  return in_parallel(count, jobs_up_to(kMost), turns, [&] {
    return [&, buffers = std::make_unique<ChunkBuffers>()](uint64_t chunk) {
      const auto first = std::ranges::upper_bound(firsts, chunk) - 1;
      return files[static_cast<size_t>(first - firsts.begin())]->do_chunk(chunk - *first, *buffers);
    };
  });
}

}  // namespace tubthump::encryption
