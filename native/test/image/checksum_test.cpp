#include "image/checksum.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "image/piece.h"
#include "os/unique_fd.h"

using namespace tubthump;
using namespace tubthump::image;

namespace {

/// Bytes that are nowhere the same.
std::string bytes_of(off_t size, uint64_t seed) {
  std::string bytes(static_cast<size_t>(size), '\0');
  for (char& byte : bytes) {
    seed = seed * 6364136223846793005 + 1442695040888963407;
    byte = static_cast<char>(seed >> 56);
  }
  return bytes;
}

struct Directory {
  std::string path = "/tmp/tubthump-checksum-XXXXXX";
  UniqueFd fd;

  Directory() {
    REQUIRE(::mkdtemp(path.data()));
    fd.reset(::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  }
  ~Directory() { std::filesystem::remove_all(path); }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path + "/" + name, std::ios::binary) << bytes;
  }
  /// `bytes` at `offset`, and nothing else.
  void write_sparse(const std::string& name, off_t size, off_t offset,
                    const std::string& bytes) const {
    UniqueFd file(::openat(fd.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600));
    REQUIRE(::ftruncate(file.get(), size) == 0);
    REQUIRE(::pwrite(file.get(), bytes.data(), bytes.size(), offset) ==
            static_cast<ssize_t>(bytes.size()));
  }
  [[nodiscard]] std::string checksum(const std::string& name) const {
    auto checksums = checksums_of(fd.get(), {name});
    REQUIRE(checksums);
    REQUIRE(checksums->size() == 1);
    return checksums->front();
  }
  [[nodiscard]] std::string checksum_of_bytes(const std::string& bytes) const {
    write("bytes", bytes);
    return checksum("bytes");
  }
  [[nodiscard]] std::string refusal(const std::string& name) const {
    auto checksums = checksums_of(fd.get(), {name});
    REQUIRE_FALSE(checksums);
    CHECK(checksums.error().code == ErrorCode::ImageInvalid);
    return checksums.error().message;
  }
};

/// The definition, without threads, blocks and holes.
std::string by_hand(const std::string& bytes) {
  std::vector<uint64_t> pieces;
  for (size_t at = 0; at < bytes.size(); at += kPiece)
    pieces.push_back(hash_of(bytes.data() + at, std::min<size_t>(bytes.size() - at, kPiece)));
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx",
                static_cast<unsigned long long>(hash_of(pieces.data(), 8 * pieces.size())));
  return digits;
}

}  // namespace

TEST_CASE("checksum: XXH3 of the XXH3s of the pieces, the last of which may be short") {
  const Directory directory;
  for (const off_t size : {off_t{0}, off_t{1}, kPiece - 1, kPiece, kPiece + 1, 5 * kPiece / 2}) {
    CAPTURE(size);
    const std::string bytes = bytes_of(size, 1);
    CHECK(directory.checksum_of_bytes(bytes) == by_hand(bytes));
  }
  // Another definition needs another kFormat.
  CHECK(directory.checksum_of_bytes("") == "2d06800538d394c2");
  CHECK(directory.checksum_of_bytes(bytes_of(5 * kPiece / 2, 1)) == "9afe881b476f8f80");
}

TEST_CASE("checksum: pieces in another order, and one byte in any of them, make another one") {
  const Directory directory;
  const std::string first = bytes_of(kPiece, 1), second = bytes_of(kPiece, 2);
  const std::string end = bytes_of(3, 3);
  const std::string whole = directory.checksum_of_bytes(first + second + end);
  CHECK(directory.checksum_of_bytes(second + first + end) != whole);
  CHECK(directory.checksum_of_bytes(first + second) != whole);
  for (const size_t at : {size_t{0}, first.size() - 1, first.size(), 2 * first.size() + 2}) {
    std::string other = first + second + end;
    other[at] ^= 1;
    CHECK(directory.checksum_of_bytes(other) != whole);
  }
}

TEST_CASE("checksum: holes are zeros, wherever they are") {
  const Directory directory;
  constexpr off_t kSize = 4 * kPiece + 70'000;
  int number = 0;
  const auto as_full = [&](off_t offset, const std::string& data) {
    std::string bytes(kSize, '\0');
    bytes.replace(static_cast<size_t>(offset), data.size(), data);
    const std::string name = "sparse" + std::to_string(number++);
    directory.write_sparse(name, kSize, offset, data);
    return directory.checksum(name) == directory.checksum_of_bytes(bytes);
  };
  CHECK(as_full(0, ""));
  CHECK(as_full(0, "at the start"));
  CHECK(as_full(kSize - 10, "at the end"));
  CHECK(as_full(kPiece / 2, "within a piece"));
  CHECK(as_full(2 * kPiece - 6, "over a border"));
  CHECK(as_full(kPiece / 2, bytes_of(3 * kPiece, 4)));
}

TEST_CASE("checksum: of many files, in their order") {
  const Directory directory;
  std::vector<std::string> names, expected;
  for (int i = 0; i < 40; i++) {
    const std::string bytes = bytes_of(i % 7 == 0 ? 2 * kPiece + i : i, static_cast<uint64_t>(i));
    names.push_back("core-" + std::to_string(i) + ".img");
    directory.write(names.back(), bytes);
    expected.push_back(by_hand(bytes));
  }
  CHECK(checksums_of(directory.fd.get(), names) == expected);
  CHECK(checksums_of(directory.fd.get(), {})->empty());
}

TEST_CASE("checksum: what is no regular file is named, and not read") {
  const Directory directory;
  REQUIRE(::mkfifoat(directory.fd.get(), "fifo", 0600) == 0);
  CHECK(directory.refusal("fifo") == "fifo is no regular file");
  REQUIRE(::symlinkat("/etc/passwd", directory.fd.get(), "link") == 0);
  CHECK(directory.refusal("link").starts_with("link: "));
  CHECK(directory.refusal("nowhere").starts_with("nowhere: "));
}

TEST_CASE("piece: a file that ends before it is refused, also where it was a hole") {
  const Directory directory;
  directory.write("short", bytes_of(kPiece - 1, 1));
  const UniqueFd file(::openat(directory.fd.get(), "short", O_RDONLY | O_CLOEXEC));
  PieceReader reader;
  const Extent piece{0, kPiece}, no_data[] = {{2 * kPiece, 3 * kPiece}};
  CHECK(reader.hash(file.get(), {0, kPiece - 1}, std::vector<Extent>{piece}));
  for (const auto& data : {std::vector<Extent>{piece}, {no_data[0]}, {}}) {
    const auto hash = reader.hash(file.get(), piece, data);
    REQUIRE_FALSE(hash);
    CHECK(hash.error().code == ErrorCode::ImageInvalid);
    CHECK(hash.error().message == "it ends too early");
  }
  const UniqueFd no_reading(::openat(directory.fd.get(), "short", O_WRONLY | O_CLOEXEC));
  CHECK(reader.hash(no_reading.get(), {0, 1}, std::vector<Extent>{piece}).error().sys_errno ==
        EBADF);
}

TEST_CASE("extents: where data is, of as many bytes as asked for") {
  const Directory directory;
  directory.write_sparse("sparse", 3 * kPiece, kPiece, "x");
  const UniqueFd file(::openat(directory.fd.get(), "sparse", O_RDONLY | O_CLOEXEC));
  const auto extents = extents_of(file.get(), 3 * kPiece);
  REQUIRE(extents.size() == 1);
  CHECK(extents[0].start <= kPiece);
  CHECK(extents[0].end > kPiece);
  CHECK(extents[0].end < 3 * kPiece);
  CHECK(extents_of(file.get(), kPiece / 2).empty());
  CHECK(extents_of(file.get(), 0).empty());
}
