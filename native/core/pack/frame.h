// One zstd frame from one piece of memory, and back. Not for several threads at a time.
#pragma once

#include <memory>
#include <vector>

#include "error/error.h"
#include "pack/digest.h"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace tubthump::pack {

class Compressor {
 public:
  /// `level` as zstd(1) has it, 1 to 22.
  explicit Compressor(int level);

  /// At most kChunk bytes. The frame holds until the next call. The same bytes, level and version
  /// of libzstd give the same frame.
  Result<Bytes> compress(Bytes bytes);

 private:
  struct Free {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, Free> context_;
  int level_;
  std::vector<unsigned char> frame_;
};

class Decompressor {
 public:
  Decompressor();

  /// Fills `target`, exactly. Takes no more memory, whatever the frame says.
  /// Errors: PackInvalid.
  Result<void> decompress(Bytes frame, std::span<unsigned char> target);

 private:
  struct Free {
    void operator()(ZSTD_DCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_DCtx_s, Free> context_;
};

}  // namespace tubthump::pack
