#include "working_set/working_set.h"

#include <doctest/doctest.h>

using namespace tubthump::working_set;

namespace {

File heap() { return {"heap.img", true, 100 * kPageSize}; }
File program() { return {"/usr/bin/node", false, 50 * kPageSize}; }

Run run(uint32_t file, uint64_t page, uint32_t pages, bool written = false) {
  return {file, pages, page * kPageSize, (1000 + page) * kPageSize, written};
}

}  // namespace

TEST_CASE("pages that follow each other, in the file and in memory, are one run") {
  std::vector<Run> runs;
  for (const uint64_t page : {7, 8, 9, 3, 4})
    append(runs, {0, page * kPageSize, (1000 + page) * kPageSize, false});
  append(runs, {0, 5 * kPageSize, (1000 + 5) * kPageSize, true});
  append(runs, {0, 6 * kPageSize, 7 * kPageSize, true});
  CHECK(runs == std::vector<Run>{run(0, 7, 3),
                                 run(0, 3, 2),
                                 run(0, 5, 1, true),
                                 {0, 1, 6 * kPageSize, 7 * kPageSize, true}});
}

TEST_CASE("two runs of an image have what either has, first the order of the one") {
  const WorkingSet one{"id", true, {heap()}, {run(0, 10, 2), run(0, 1, 1)}};
  // The same files under other numbers; page 11 is written now, pages 12 and 30 are new.
  const WorkingSet other{
      "id", true, {program(), heap()}, {run(1, 30, 1), run(1, 11, 2, true), run(0, 4, 2)}};
  const WorkingSet both = unite(one, other);
  CHECK(both.ordered);
  CHECK(both.files == std::vector<File>{heap(), program()});
  CHECK(both.runs == std::vector<Run>{run(0, 10, 1), run(0, 11, 1, true), run(0, 1, 1),
                                      run(0, 30, 1), run(0, 12, 1, true), run(1, 4, 2)});
  CHECK(count_pages(both, true) == 5);
  CHECK(count_pages(both, false) == 7);
}

TEST_CASE("a set united with itself is the same") {
  const WorkingSet set{"id", true, {heap()}, {run(0, 10, 2), run(0, 1, 1, true)}};
  CHECK(unite(set, set).runs == set.runs);
}
