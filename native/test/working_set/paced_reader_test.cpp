#include "working_set/paced_reader.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <string>

#include "os/unique_fd.h"

using tubthump::UniqueFd;
using tubthump::working_set::PacedReader;

namespace {

constexpr uint64_t kMegabyte = 1 << 20;

UniqueFd file_of(uint64_t megabytes) {
  UniqueFd file(::memfd_create("paced", MFD_CLOEXEC));
  REQUIRE(::ftruncate(file.get(), static_cast<off_t>(megabytes * kMegabyte)) == 0);
  return file;
}

}  // namespace

TEST_CASE("a file that comes quickly is asked for up to its end") {
  const UniqueFd file = file_of(32);
  const std::atomic<bool> stopped{false};
  PacedReader reader(file.get(), stopped);
  CHECK(reader.request(0, 20 * kMegabyte + 5));
  CHECK(reader.request(24 * kMegabyte, 8 * kMegabyte));
}

TEST_CASE("nothing more is asked for when it was stopped") {
  const UniqueFd file = file_of(1);
  const std::atomic<bool> stopped{true};
  CHECK(!PacedReader(file.get(), stopped).request(0, kMegabyte));
}

TEST_CASE("nothing more is asked for when what was asked for cannot be read") {
  const UniqueFd file = file_of(1);
  const std::atomic<bool> stopped{false};
  CHECK(!PacedReader(file.get(), stopped).request(0, 20 * kMegabyte));
}

TEST_CASE("nothing more is asked for when it comes too slowly") {
  // As if 200 ms had passed before the first 4 MB were there.
  const UniqueFd file = file_of(32);
  const std::atomic<bool> stopped{false};
  PacedReader reader(file.get(), stopped);
  ::usleep(200'000);
  CHECK(!reader.request(0, 20 * kMegabyte));
}
