// What a sealed file begins with, 96 bytes, little-endian:
//
//    0  "tubthump sealed" and a zero byte
//   16  format version (u32), bytes in a chunk (u32)
//   24  key id (16 bytes): of which key
//   40  image salt (32 bytes): the same in all files of an image
//   72  file salt (16 bytes): another one whenever a file is sealed
//   88  bytes of plain text (u64)
//
// Chunks follow: so many bytes of cipher text each, the last one fewer, and a tag of 16 bytes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "encryption/key.h"
#include "error/error.h"

namespace tubthump::encryption {

inline constexpr size_t kHeaderSize = 96;
inline constexpr size_t kTagSize = 16;
/// Small enough for a processor's cache, large enough for tags and calls not to matter.
inline constexpr size_t kChunkSize = 256 << 10;

using ImageSalt = std::array<uint8_t, 32>;

struct SealedHeader {
  KeyId key{};
  ImageSalt image_salt{};
  std::array<uint8_t, 16> file_salt{};
  uint64_t size = 0;  ///< bytes of plain text

  /// At least one: an empty file has an empty chunk, whose tag says so.
  [[nodiscard]] uint64_t chunks() const { return size == 0 ? 1 : (size - 1) / kChunkSize + 1; }
  [[nodiscard]] size_t bytes_of(uint64_t chunk) const {
    return static_cast<size_t>(std::min<uint64_t>(kChunkSize, size - chunk * kChunkSize));
  }
  /// Where a chunk stands in the file.
  [[nodiscard]] static uint64_t offset_of(uint64_t chunk) {
    return kHeaderSize + chunk * (kChunkSize + kTagSize);
  }
  /// Of the whole file.
  [[nodiscard]] uint64_t sealed_size() const { return kHeaderSize + size + chunks() * kTagSize; }
};

using HeaderBytes = std::array<uint8_t, kHeaderSize>;

HeaderBytes encode_header(const SealedHeader& header);

/// `name`: of the file, for the message. `file_size`: all of it, as it is on the disk.
/// Errors: ImageInvalid when it is no such file, or cut short; ImageMismatch for another version.
Result<SealedHeader> decode_header(std::span<const uint8_t> bytes, uint64_t file_size,
                                   const std::string& name);

}  // namespace tubthump::encryption
