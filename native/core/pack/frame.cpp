#include "pack/frame.h"

#include <zstd.h>

#include "pack/format.h"

namespace tubthump::pack {

Compressor::Compressor(int level)
    : context_(::ZSTD_createCCtx()), level_(level), frame_(kMaxFrame) {}

void Compressor::Free::operator()(ZSTD_CCtx_s* context) const { ::ZSTD_freeCCtx(context); }

Result<Bytes> Compressor::compress(Bytes bytes) {
  if (!context_) return fail(ErrorCode::System, "no memory for zstd");
  const size_t size = ::ZSTD_compressCCtx(context_.get(), frame_.data(), frame_.size(),
                                          bytes.data(), bytes.size(), level_);
  if (::ZSTD_isError(size))
    return fail(ErrorCode::System, std::string("zstd: ") + ::ZSTD_getErrorName(size));
  return Bytes(frame_.data(), size);
}

Decompressor::Decompressor() : context_(::ZSTD_createDCtx()) {}

void Decompressor::Free::operator()(ZSTD_DCtx_s* context) const { ::ZSTD_freeDCtx(context); }

Result<void> Decompressor::decompress(Bytes frame, std::span<unsigned char> target) {
  if (!context_) return fail(ErrorCode::System, "no memory for zstd");
  const size_t size = ::ZSTD_decompressDCtx(context_.get(), target.data(), target.size(),
                                            frame.data(), frame.size());
  if (::ZSTD_isError(size))
    return fail(ErrorCode::PackInvalid,
                std::string("the pack is damaged: zstd: ") + ::ZSTD_getErrorName(size));
  if (size != target.size())
    return fail(ErrorCode::PackInvalid, "the pack is damaged: a frame is short");
  return {};
}

}  // namespace tubthump::pack
