// The file format of packs, byte for byte in docs/packs.md. All numbers little-endian.
//
//   header   92 bytes: magic, version, where the index is, digests of index and header
//   frames   one zstd frame for each chunk that has stored pages, in the order of the index
//   index    files and their chunks; up to the end of the file
//
// A chunk is 1 MB of a file, a run some of its pages: zero, stored in the chunk's frame, or in the
// base. Chunks that hold nothing but zeroes are not there: holes cost nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "error/error.h"
#include "pack/digest.h"

namespace tubthump::pack {

inline constexpr uint64_t kPage = 4096;
inline constexpr uint64_t kChunk = 1 << 20;
/// What zstd needs at most for a chunk (ZSTD_COMPRESSBOUND).
inline constexpr uint64_t kMaxFrame = kChunk + (kChunk >> 8);
inline constexpr size_t kHeaderSize = 92;
/// Enough for 100 GB of pages that are in the base by turns.
inline constexpr uint64_t kMaxIndex = 256 << 20;

struct Header {
  uint64_t index_offset = 0;
  uint64_t index_size = 0;
  Digest index;
};

enum class Kind : uint8_t { Zero = 0, Stored = 1, Base = 2 };

struct Run {
  Kind kind = Kind::Zero;
  uint16_t pages = 0;
  uint16_t base_file = 0;  ///< With Kind::Base: which of Base::files …
  uint32_t base_page = 0;  ///< … and the first page in it.
};

struct Chunk {
  uint32_t number = 0;  ///< Which megabyte of the file.
  uint32_t frame = 0;   ///< Bytes of its frame, 0 when no page is stored.
  Digest digest;        ///< Of all its pages that are not zero, one after the other.
  std::vector<Run> runs;
};

struct PackedFile {
  std::string name;
  uint64_t size = 0;  ///< bytes
  std::vector<Chunk> chunks;
};

struct BaseFile {
  std::string name;
  uint64_t size = 0;  ///< bytes
};

/// The image that has the pages of Kind::Base.
struct Base {
  std::string image_id;
  Digest manifest;  ///< Of its manifest.json.
  std::vector<BaseFile> files;
};

struct Index {
  std::optional<Base> base;
  std::vector<PackedFile> files;  ///< By name, manifest.json among them.
};

/// Bytes of chunk `number` of a file of `size` bytes.
inline uint64_t chunk_size(uint64_t size, uint64_t number) {
  return std::min(kChunk, size - number * kChunk);
}

std::string encode_header(const Header& header);
std::string encode_index(const Index& index);

/// `bytes` are the first ones of a file of `file_size` bytes.
/// Errors: PackInvalid when it is cut short, damaged, no pack, or of another version.
Result<Header> decode_header(std::string_view bytes, uint64_t file_size);

/// Everything in it has been checked: names are names, not paths, in order and only once; runs fill
/// their chunks and stay inside the base; frames fill the `frames` bytes between header and index.
/// Errors: PackInvalid.
Result<Index> decode_index(std::string_view bytes, uint64_t frames);

}  // namespace tubthump::pack
