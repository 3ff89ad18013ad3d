#include "image/checksum.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <thread>

#include "image/extents.h"
#include "image/piece.h"
#include "os/parallel.h"
#include "os/unique_fd.h"

namespace tubthump::image {

namespace {

static_assert(std::endian::native == std::endian::little, "a checksum is of little-endian numbers");

constexpr unsigned kMostThreads = 8;
/// More than any address space has: there is a mistake in it.
constexpr off_t kMostBytes = off_t{1} << 47;

struct File {
  const std::string& name;
  off_t size;
  std::vector<Extent> extents;
  std::vector<uint64_t> pieces;  ///< Their hashes.
};

/// Which piece of which file.
struct Place {
  File& file;
  size_t piece;
};

Result<UniqueFd> open_file(int directory, const std::string& name) {
  UniqueFd file(::openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return fail_errno(ErrorCode::ImageInvalid, name);
  return file;
}

Result<File> examine(int directory, const std::string& name) {
  auto file = open_file(directory, name);
  if (!file) return std::unexpected(file.error());
  struct stat info;
  if (::fstat(file->get(), &info) < 0) return fail_errno(ErrorCode::ImageInvalid, name);
  if (!S_ISREG(info.st_mode)) return fail(ErrorCode::ImageInvalid, name + " is no regular file");
  if (info.st_size > kMostBytes) return fail(ErrorCode::ImageInvalid, name + " is too large");
  const auto pieces = static_cast<size_t>((info.st_size + kPiece - 1) / kPiece);
  return File{name, info.st_size, extents_of(file->get(), info.st_size),
              std::vector<uint64_t>(pieces)};
}

/// Opened for each piece: a process may have fewer descriptors than an image has files.
Result<void> read_piece(int directory, const Place& place, PieceReader& reader) {
  const File& file = place.file;
  auto opened = open_file(directory, file.name);
  if (!opened) return std::unexpected(opened.error());
  const off_t start = static_cast<off_t>(place.piece) * kPiece;
  auto hash =
      reader.hash(opened->get(), {start, std::min(start + kPiece, file.size)}, file.extents);
  if (!hash) {
    Error error = hash.error();
    error.message = file.name + ": " + error.message;
    return std::unexpected(error);
  }
  place.file.pieces[place.piece] = *hash;
  return {};
}

std::string digits_of(const std::vector<uint64_t>& pieces) {
  const uint64_t hash = hash_of(pieces.data(), pieces.size() * sizeof(uint64_t));
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
  return digits;
}

}  // namespace

Result<std::vector<std::string>> checksums_of(int directory,
                                              const std::vector<std::string>& names) {
  std::vector<File> files;
  for (const std::string& name : names) {
    auto file = examine(directory, name);
    if (!file) return std::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  std::vector<Place> places;
  for (File& file : files)
    for (size_t piece = 0; piece < file.pieces.size(); piece++) places.push_back({file, piece});
  Turns turns;
  auto read = in_parallel(places.size(), jobs_up_to(kMostThreads), turns, [&] {
    return [&, reader = PieceReader()](size_t index) mutable {
      return read_piece(directory, places[index], reader);
    };
  });
  if (!read) return std::unexpected(read.error());
  std::vector<std::string> checksums;
  for (const File& file : files) checksums.push_back(digits_of(file.pieces));
  return checksums;
}

}  // namespace tubthump::image
