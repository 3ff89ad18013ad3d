#include "bake/malloc_ranges.h"

#include <dlfcn.h>
#include <doctest/doctest.h>

#include <cstdlib>
#include <cstring>
#include <semaphore>
#include <string_view>
#include <thread>

using namespace tubthump;

namespace {

constexpr size_t kBlock = 40 << 10;

/// Sanitizers have a malloc of their own.
bool has_own_malloc() {
  Dl_info info;
  return !::dladdr(::dlsym(RTLD_DEFAULT, "malloc"), &info) ||
         std::string_view(info.dli_fname).find("libc.so.6") == std::string_view::npos;
}

bool is_covered(const std::vector<bake::HeapRange>& ranges, const void* block) {
  const auto address = reinterpret_cast<uint64_t>(block);
  return bake::covers(ranges, address, address + kBlock);
}

}  // namespace

TEST_CASE("malloc_ranges: knows the heaps of all threads, and nothing else") {
  void* ours = std::malloc(kBlock);
  void* theirs = nullptr;
  std::binary_semaphore allocated(0), looked(0);
  std::thread thread([&] {
    theirs = std::malloc(kBlock);
    allocated.release();
    looked.acquire();
    std::free(theirs);
  });
  allocated.acquire();
  const auto ranges = bake::malloc_ranges();
  int on_the_stack = 0;
  if (has_own_malloc()) {
    CHECK(ranges.empty());
  } else {
    CHECK(is_covered(ranges, ours));
    CHECK(is_covered(ranges, theirs));
    CHECK_FALSE(is_covered(ranges, &on_the_stack));
    for (const auto& range : ranges) CHECK(range.start % 4096 == 0);
  }
  looked.release();
  thread.join();
  std::free(ours);
}

TEST_CASE("malloc_ranges: what is allocated next does not move the end") {
  if (has_own_malloc()) return;
  const auto ranges = bake::malloc_ranges();
  void* block = std::malloc(kBlock);
  CHECK(is_covered(ranges, block));
  std::free(block);
}

TEST_CASE("ranges that adjoin are one, whatever their order") {
  const std::vector<bake::HeapRange> ranges{{0x8000, 0x2000}, {0x3000, 0x1000}, {0x4000, 0x2000}};
  CHECK(bake::covers(ranges, 0x3000, 0x6000));
  CHECK(bake::covers(ranges, 0x3800, 0x4800));
  CHECK(bake::covers(ranges, 0x8000, 0xa000));
  CHECK_FALSE(bake::covers(ranges, 0x3000, 0x7000));
  CHECK_FALSE(bake::covers(ranges, 0x5000, 0x9000));
  CHECK_FALSE(bake::covers(ranges, 0x2000, 0x4000));
}
