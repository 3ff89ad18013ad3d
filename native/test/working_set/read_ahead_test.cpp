#include "working_set/read_ahead.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "os/unique_fd.h"
#include "working_set/file.h"

using namespace tubthump;
using namespace tubthump::working_set;

namespace {

constexpr uint64_t kPages = 4096;

Run run(uint64_t page, uint32_t pages) { return {0, pages, page * kPageSize, 0, false}; }

/// A file that the page cache has nothing of, on a disk.
struct ColdFile {
  std::string directory = std::filesystem::current_path() / "tubthump-cold-XXXXXX";
  UniqueFd in;
  ColdFile() {
    REQUIRE(::mkdtemp(directory.data()));
    in.reset(::open(directory.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
    UniqueFd file(::open(path().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    const std::string page(kPageSize, 'x');
    for (uint64_t i = 0; i < kPages; i++)
      REQUIRE(::write(file.get(), page.data(), page.size()) == static_cast<ssize_t>(page.size()));
    REQUIRE(::fsync(file.get()) == 0);
    REQUIRE(::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED) == 0);
  }
  ~ColdFile() { std::filesystem::remove_all(directory); }
  [[nodiscard]] std::string path() const { return directory + "/heap.img"; }

  [[nodiscard]] std::vector<unsigned char> cached() const {
    UniqueFd file(::open(path().c_str(), O_RDONLY | O_CLOEXEC));
    void* map = ::mmap(nullptr, kPages * kPageSize, PROT_READ, MAP_SHARED, file.get(), 0);
    REQUIRE(map != MAP_FAILED);
    std::vector<unsigned char> pages(kPages);
    REQUIRE(::mincore(map, kPages * kPageSize, pages.data()) == 0);
    ::munmap(map, kPages * kPageSize);
    return pages;
  }
};

}  // namespace

TEST_CASE("near runs are read together, in the order of the file") {
  const auto merged = coalesce({run(100, 2), run(10, 1), run(15, 4), run(12, 10), run(40, 1)});
  REQUIRE(merged.size() == 3);
  CHECK(merged[0] == run(10, 12));
  CHECK(merged[1] == run(40, 1));
  CHECK(merged[2] == run(100, 2));
}

TEST_CASE("the working set comes into the page cache, the rest of the file does not") {
  const ColdFile file;
  // On tmpfs, pages are always there.
  if (file.cached()[0] & 1) return;
  WorkingSet set{"id", true, {{"heap.img", true, kPages * kPageSize}}, {run(100, 3), run(3000, 2)}};
  REQUIRE(write(file.in.get(), set));
  ReadAhead reading(file.in.get(), "id", {});
  REQUIRE(reading.wait());
  const auto is_cached = [&](uint64_t page) { return file.cached()[page] & 1; };
  for (int tries = 0; tries < 1000 && !(is_cached(102) && is_cached(3001)); tries++)
    ::usleep(10'000);
  for (const uint64_t page : {100, 101, 102, 3000, 3001}) CHECK(is_cached(page));
  uint64_t all = 0;
  for (const unsigned char page : file.cached()) all += page & 1;
  CHECK(all < 64);
}

TEST_CASE("a small heap without a working set is read as a whole, a large one is not") {
  const auto cached_of = [](uint64_t bytes) {
    const ColdFile file;
    REQUIRE(ReadAhead(file.in.get(), "id", {{}, {"heap.img", bytes, 1, 1}}).wait());
    const bool is_small = bytes < 1 << 30;
    for (int tries = 0; is_small && tries < 1000 && !(file.cached()[kPages - 1] & 1); tries++)
      ::usleep(10'000);
    uint64_t all = 0;
    for (const unsigned char page : file.cached()) all += page & 1;
    return all;
  };
  if (const ColdFile file; file.cached()[0] & 1) return;
  CHECK(cached_of(kPages * kPageSize) == kPages);
  CHECK(cached_of(1 << 30) == 0);
}

TEST_CASE("files that are read first come as a whole") {
  const ColdFile file;
  if (file.cached()[0] & 1) return;
  const image::ImageFile pages{"heap.img", kPages * kPageSize, 0, 0, ""};
  REQUIRE(ReadAhead(file.in.get(), "id", {{pages}, {}}).wait());
  for (int tries = 0; tries < 1000 && !(file.cached()[kPages - 1] & 1); tries++) ::usleep(10'000);
  for (const unsigned char page : file.cached()) CHECK((page & 1) == 1);
}

TEST_CASE("a file of another size is not the one that was recorded") {
  const ColdFile file;
  if (file.cached()[0] & 1) return;
  request_pages(file.in.get(),
                {"id", true, {{"heap.img", true, 17 * kPageSize}}, {run(0, 1), run(9, 1)}}, false);
  for (const unsigned char page : file.cached()) CHECK((page & 1) == 0);
}

TEST_CASE("what was stopped asks for nothing") {
  const ColdFile file;
  if (file.cached()[0] & 1) return;
  const WorkingSet set{"id", true, {{"heap.img", true, kPages * kPageSize}}, {run(0, 9)}};
  request_pages(file.in.get(), set, true);
  for (const unsigned char page : file.cached()) CHECK((page & 1) == 0);
}

TEST_CASE("the reason why a working set was not used is told") {
  const ColdFile file;
  REQUIRE(write(file.in.get(), {"one", true, {}, {}}));
  CHECK(ReadAhead(file.in.get(), "one", {}).wait());
  auto other = ReadAhead(file.in.get(), "other", {}).wait();
  REQUIRE(!other);
  CHECK(other.error().code == ErrorCode::ImageMismatch);
}
