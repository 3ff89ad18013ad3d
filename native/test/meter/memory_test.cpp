#include "meter/memory.h"

#include <doctest/doctest.h>

#include <sstream>

TEST_CASE("private memory is what was written, proportional memory is Pss") {
  std::istringstream rollup(
      "5581a000-7ffd3000 ---p 00000000 00:00 0                      [rollup]\n"
      "Rss:               54984 kB\n"
      "Pss:               16012 kB\n"
      "Pss_Dirty:         11112 kB\n"
      "Pss_Anon:          11111 kB\n"
      "Private_Clean:       300 kB\n"
      "Private_Dirty:     11000 kB\n"
      "Private_Hugetlb:       7 kB\n");
  const auto memory = tubthump::meter::parse_rollup(rollup);
  CHECK(memory.private_kb == 11'000);
  CHECK(memory.proportional_kb == 16'012);
}

TEST_CASE("a process that has ended has no memory") {
  std::istringstream empty;
  CHECK(tubthump::meter::parse_rollup(empty).private_kb == 0);
}
