#include "os/page_buffer.h"

#include <doctest/doctest.h>

#include <cstdint>

using tubthump::PageBuffer;

TEST_CASE("a page buffer starts with a page, whatever its size, and after it has grown") {
  for (size_t size : {1U, 4096U, 128U << 10, 1U << 20}) {
    PageBuffer<unsigned char> buffer(size);
    const auto past = [&] { return reinterpret_cast<uintptr_t>(buffer.data()) % 4096; };
    CHECK(past() == 0);
    buffer.resize(3 * size, 7);
    CHECK(past() == 0);
    CHECK(buffer.front() == 0);
    CHECK(buffer.back() == 7);
  }
}
