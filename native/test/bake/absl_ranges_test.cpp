#include "bake/absl_ranges.h"

#include <doctest/doctest.h>
#include <sys/mman.h>

#include <algorithm>

using namespace tubthump;

namespace {

constexpr uint64_t kAllocated = 0x4c833e95;
constexpr size_t kSize = 128 << 10;

/// A mapping with a page on each side that nobody can read, or the kernel would make it one with
/// its neighbours.
class Mapping {
 public:
  Mapping() {
    all_ = ::mmap(nullptr, kSize + 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(all_ != MAP_FAILED);
    REQUIRE(::mprotect(reinterpret_cast<void*>(start()), kSize, PROT_READ | PROT_WRITE) == 0);
  }
  ~Mapping() { ::munmap(all_, kSize + 8192); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  [[nodiscard]] uint64_t start() const { return reinterpret_cast<uint64_t>(all_) + 4096; }

  void put(uint64_t offset, uint64_t size, uint64_t magic) const {
    auto* header = reinterpret_cast<uint64_t*>(start() + offset);
    header[0] = size;
    header[1] = magic ^ (start() + offset);
  }

  [[nodiscard]] bool is_found() const {
    const auto ranges = bake::absl_ranges();
    const auto found = std::ranges::find(ranges, start(), &bake::HeapRange::start);
    if (found == ranges.end()) return false;
    CHECK(found->size == kSize);
    return true;
  }

 private:
  void* all_;
};

}  // namespace

TEST_CASE("absl_ranges: blocks up to the end of a mapping, and nothing else") {
  const Mapping mapping;
  CHECK_FALSE(mapping.is_found());
  mapping.put(0, 0x1a0, kAllocated);
  CHECK_FALSE(mapping.is_found());
  mapping.put(0x1a0, kSize - 0x1a0, ~kAllocated);
  CHECK(mapping.is_found());

  SUBCASE("a header that is none") { mapping.put(0x1a0, kSize - 0x1a0, 0x1234); }
  SUBCASE("a block that reaches out of the mapping") {
    mapping.put(0x1a0, kSize - 0x1a0 + 32, ~kAllocated);
  }
  SUBCASE("a block that ends before the mapping does") {
    mapping.put(0x1a0, kSize - 0x1a0 - 8, ~kAllocated);
  }
  SUBCASE("a block of no size") { mapping.put(0x1a0, 0, ~kAllocated); }
  CHECK_FALSE(mapping.is_found());
}
