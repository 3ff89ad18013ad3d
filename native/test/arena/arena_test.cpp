#include "arena/arena.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

using namespace tubthump::arena;

namespace {

uintptr_t number(void* address) { return reinterpret_cast<uintptr_t>(address); }

struct Reserved {
  std::unique_ptr<Arena> arena = std::make_unique<Arena>();
  Reserved() { REQUIRE(arena->reserve()); }
  uintptr_t take(size_t size) { return number(arena->take(size)); }
};

}  // namespace

TEST_CASE("runs start at granules, side by side") {
  Reserved reserved;
  const uintptr_t first = reserved.take(kGranule), second = reserved.take(kGranule);
  CHECK(first % kGranule == 0);
  CHECK(first == reserved.arena->start());
  CHECK(second == first + kGranule);
  CHECK(reserved.arena->contains(first, kGranule));
  CHECK(!reserved.arena->contains(first - 1, 1));
  CHECK(!reserved.arena->contains(first, kSize + 1));
}

TEST_CASE("what V8 trims off its reservation is free for the next") {
  Reserved reserved;
  // 508 KB are asked for to get 256 aligned ones; the tail is unmapped at once.
  const uintptr_t first = reserved.take(520192);
  reserved.arena->give_back(first + kGranule, 520192 - kGranule);
  CHECK(reserved.take(520192) == first + kGranule);
}

TEST_CASE("a granule is free when its last page came back, and the lowest is taken first") {
  Reserved reserved;
  const uintptr_t first = reserved.take(kGranule), second = reserved.take(kGranule);
  reserved.arena->give_back(first, kGranule - kPage);
  CHECK(reserved.take(kGranule) == second + kGranule);
  reserved.arena->give_back(first + kGranule - kPage, kPage);
  CHECK(reserved.take(kPage) == first);
}

TEST_CASE("a large run passes over holes that are too small") {
  Reserved reserved;
  const uintptr_t first = reserved.take(kGranule);
  const uintptr_t second = reserved.take(kGranule);
  reserved.arena->give_back(first, kGranule);
  CHECK(reserved.take(3 * kGranule) == second + kGranule);
  CHECK(reserved.take(kGranule) == first);
}

TEST_CASE("nothing is left when the range is used up") {
  Reserved reserved;
  CHECK(reserved.take(kSize) == reserved.arena->start());
  CHECK(reserved.arena->take(kPage) == nullptr);
}

TEST_CASE("threads never get the same granule") {
  Reserved reserved;
  std::vector<std::vector<uintptr_t>> taken(4);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : taken)
      threads.emplace_back([&] {
        for (int i = 0; i < 500; i++) {
          mine.push_back(reserved.take(kGranule));
          if (i % 3 == 0) {
            reserved.arena->give_back(mine.back(), kGranule);
            mine.pop_back();
          }
        }
      });
  }
  std::vector<uintptr_t> all;
  for (const auto& mine : taken) all.insert(all.end(), mine.begin(), mine.end());
  std::ranges::sort(all);
  CHECK(std::ranges::adjacent_find(all) == all.end());
}
