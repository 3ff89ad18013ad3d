#include "stream/owed_pages.h"

#include <doctest/doctest.h>

using namespace tubthump::stream;

namespace {

constexpr uint64_t kPage = 4096;

uint64_t page(uint64_t number) { return number * kPage; }

OwedPages pages(uint64_t first, uint64_t count, uint64_t offset) {
  OwedPages owed;
  owed.add({page(first), page(offset), page(count)});
  return owed;
}

void check(const std::optional<Chunk>& chunk, uint64_t first, uint64_t offset, uint64_t count) {
  REQUIRE(chunk);
  CHECK(chunk->address == page(first));
  CHECK(chunk->offset == page(offset));
  CHECK(chunk->size == page(count));
}

}  // namespace

TEST_CASE("what was taken is not owed any more, until it is given back") {
  OwedPages owed = pages(10, 10, 100);
  const auto chunk = owed.take_at(page(12), page(4));
  check(chunk, 12, 102, 4);
  CHECK(owed.bytes() == page(6));
  CHECK_FALSE(owed.take_at(page(13), kPage));
  CHECK_FALSE(owed.take_at(page(20), kPage));
  owed.add(*chunk);
  CHECK(owed.bytes() == page(10));
  check(owed.take_at(page(15), page(100)), 15, 105, 1);
  check(owed.take_at(page(16), page(100)), 16, 106, 4);
}

TEST_CASE("the nearest page is found on both sides, and its neighbours away from there") {
  OwedPages owed = pages(10, 4, 0);
  owed.add({page(20), page(50), page(4)});
  check(owed.take_nearest(page(16), page(2)), 12, 2, 2);
  check(owed.take_nearest(page(18), page(2)), 20, 50, 2);
  check(owed.take_nearest(page(0), page(9)), 10, 0, 2);
  check(owed.take_nearest(page(99), page(9)), 22, 52, 2);
  CHECK(owed.empty());
  CHECK_FALSE(owed.take_nearest(page(1), kPage));
}

TEST_CASE("pages that were given up are owed no more, in the middle and across pieces") {
  OwedPages owed = pages(10, 10, 0);
  owed.add({page(20), page(100), page(5)});
  owed.remove(page(14), page(22));
  CHECK(owed.bytes() == page(7));
  check(owed.take_at(page(10), page(99)), 10, 0, 4);
  check(owed.take_at(page(22), page(99)), 22, 102, 3);
}

TEST_CASE("pages that moved keep their bytes, and replace what they land on") {
  OwedPages owed = pages(10, 10, 0);
  owed.add({page(50), page(200), page(10)});
  owed.move(page(12), page(52), page(3));
  check(owed.take_at(page(52), page(99)), 52, 2, 3);
  check(owed.take_at(page(50), page(99)), 50, 200, 2);
  check(owed.take_at(page(55), page(99)), 55, 205, 5);
  check(owed.take_at(page(10), page(99)), 10, 0, 2);
  check(owed.take_at(page(15), page(99)), 15, 5, 5);
  CHECK(owed.empty());
}

TEST_CASE("a range is looked through from its start, and not beyond its end") {
  OwedPages owed = pages(10, 2, 0);
  owed.add({page(14), page(20), page(4)});
  CHECK(owed.next_after(page(5), page(8)) == page(8));
  CHECK(owed.next_after(page(12), page(99)) == page(14));
  CHECK(owed.chunks_in(page(11), page(15)).size() == 2);
  check(owed.take_first(page(11), page(15), page(9)), 11, 1, 1);
  check(owed.take_first(page(11), page(15), page(9)), 14, 20, 1);
  CHECK_FALSE(owed.take_first(page(11), page(15), page(9)));
}
