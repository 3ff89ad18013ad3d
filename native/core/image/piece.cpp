#include "image/piece.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "image/xxh3.h"

namespace tubthump::image {

namespace {

/// Stays in the processor's second cache.
constexpr off_t kBlock = 256 << 10;

std::unexpected<Error> too_short() { return fail(ErrorCode::ImageInvalid, "it ends too early"); }

/// Never filled: an image has a thousand holes, most of them of a few pages.
constexpr std::array<char, 64 << 10> kZeros{};

void add_zeros(Xxh3& hash, off_t size) {
  constexpr auto kMost = static_cast<off_t>(kZeros.size());
  for (; size > 0; size -= kMost)
    hash.add(kZeros.data(), static_cast<size_t>(std::min(size, kMost)));
}

Result<void> add_bytes(Xxh3& hash, std::span<char> block, int file, off_t start, off_t end) {
  while (start < end) {
    const auto most = static_cast<size_t>(std::min(end - start, kBlock));
    const ssize_t got = ::pread(file, block.data(), most, start);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno(ErrorCode::ImageInvalid, "read");
    if (got == 0) return too_short();
    hash.add(block.data(), static_cast<size_t>(got));
    start += got;
  }
  return {};
}

}  // namespace

uint64_t hash_of(const void* bytes, size_t size) {
  Xxh3 hash;
  hash.add(bytes, size);
  return hash.digest();
}

PieceReader::PieceReader() : block_(static_cast<size_t>(kBlock)) {}

Result<uint64_t> PieceReader::hash(int file, Extent piece, std::span<const Extent> data) {
  Xxh3 hash;
  off_t at = piece.start;
  auto next = std::ranges::upper_bound(data, at, {}, &Extent::end);
  for (; next != data.end() && next->start < piece.end; next++) {
    const off_t start = std::max(at, next->start);
    add_zeros(hash, start - at);
    at = std::min(next->end, piece.end);
    if (auto added = add_bytes(hash, block_, file, start, at); !added)
      return std::unexpected(added.error());
  }
  add_zeros(hash, piece.end - at);
  // What is behind the end looks like a hole.
  struct stat info;
  if (::fstat(file, &info) < 0) return fail_errno(ErrorCode::ImageInvalid, "stat");
  if (info.st_size < piece.end) return too_short();
  return hash.digest();
}

}  // namespace tubthump::image
