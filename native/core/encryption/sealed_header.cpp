#include "encryption/sealed_header.h"

#include <cstring>

namespace tubthump::encryption {

namespace {

constexpr char kMagic[16] = "tubthump sealed";
constexpr uint32_t kVersion = 1;
/// No process has more memory; sizes below it cannot overflow.
constexpr uint64_t kMostBytes = uint64_t{1} << 47;

// x86_64 only, as all of tubthump: numbers are little-endian in memory.
template <class T>
void put(HeaderBytes& bytes, size_t at, const T& value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

template <class T>
T take(std::span<const uint8_t> bytes, size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

}  // namespace

HeaderBytes encode_header(const SealedHeader& header) {
  HeaderBytes bytes{};
  put(bytes, 0, kMagic);
  put(bytes, 16, kVersion);
  put(bytes, 20, static_cast<uint32_t>(kChunkSize));
  put(bytes, 24, header.key);
  put(bytes, 40, header.image_salt);
  put(bytes, 72, header.file_salt);
  put(bytes, 88, header.size);
  return bytes;
}

Result<SealedHeader> decode_header(std::span<const uint8_t> bytes, uint64_t file_size,
                                   const std::string& name) {
  if (bytes.size() < kHeaderSize || std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0)
    return fail(ErrorCode::ImageInvalid, "image file " + name + " is not encrypted");
  if (take<uint32_t>(bytes, 16) != kVersion || take<uint32_t>(bytes, 20) != kChunkSize)
    return fail(ErrorCode::ImageMismatch,
                "image file " + name + " is encrypted in a format of another version");
  SealedHeader header;
  header.key = take<KeyId>(bytes, 24);
  header.image_salt = take<ImageSalt>(bytes, 40);
  header.file_salt = take<std::array<uint8_t, 16>>(bytes, 72);
  header.size = take<uint64_t>(bytes, 88);
  if (header.size > kMostBytes || header.sealed_size() != file_size)
    return fail(ErrorCode::ImageInvalid, "image file " + name + " is not as long as it was made");
  return header;
}

}  // namespace tubthump::encryption
