#include "bake/gaps.h"

#include <doctest/doctest.h>
#include <sys/mman.h>

#include <vector>

#include "criu_image/mm.h"

using namespace tubthump;
using bake::join_mapped;
using bake::may_be_gap;
using bake::with_gaps;
using criu_image::Vma;
namespace status = criu_image::vma_status;

namespace {

constexpr uint64_t kChunk = 256 << 10;
constexpr uint32_t kReadWrite = PROT_READ | PROT_WRITE;
constexpr uint32_t kFile = 7;

/// [from, to) in chunks.
Vma vma(uint64_t from, uint64_t to, uint32_t prot) {
  Vma vma;
  vma.start = from * kChunk;
  vma.end = to * kChunk;
  vma.prot = prot;
  vma.flags = MAP_PRIVATE | MAP_ANONYMOUS | (prot ? 0 : MAP_NORESERVE);
  vma.status = status::kRegular | status::kAnonPrivate;
  return vma;
}

Vma mapped(uint64_t from, uint64_t to, uint64_t offset, uint32_t file = kFile) {
  Vma vma = ::vma(from, to, kReadWrite);
  vma.status = status::kRegular | status::kFilePrivate;
  vma.file_offset = offset * kChunk;
  vma.shmid = file;
  return vma;
}

std::vector<std::pair<uint64_t, uint64_t>> chunks(const std::vector<Vma>& vmas) {
  std::vector<std::pair<uint64_t, uint64_t>> all;
  for (const Vma& vma : vmas) all.emplace_back(vma.start / kChunk, vma.end / kChunk);
  return all;
}

using Chunks = std::vector<std::pair<uint64_t, uint64_t>>;

}  // namespace

TEST_CASE("a gap is memory of nobody's, which CRIU may have made readable") {
  CHECK(may_be_gap(vma(1, 2, PROT_NONE)));
  CHECK(may_be_gap(vma(1, 2, PROT_READ)));
  CHECK(!may_be_gap(vma(1, 2, kReadWrite)));
  Vma other = mapped(1, 2, 0);
  other.prot = PROT_NONE;
  CHECK(!may_be_gap(other));
}

TEST_CASE("a gap has a few chunks, however many VMAs they are") {
  const std::vector heap{vma(1, 3, kReadWrite), vma(7, 8, kReadWrite), vma(12, 13, kReadWrite)};
  const auto all = with_gaps(heap, {vma(3, 4, PROT_NONE), vma(4, 7, PROT_READ),
                                    vma(8, 9, PROT_NONE), vma(9, 12, PROT_NONE)});
  CHECK(chunks(all) == Chunks{{1, 3}, {3, 4}, {4, 7}, {7, 8}, {8, 9}, {9, 12}, {12, 13}});
  CHECK(all[1].prot == kReadWrite);
  CHECK(all[2].prot == PROT_READ);
  const std::vector far{vma(1, 3, kReadWrite), vma(8, 9, kReadWrite)};
  CHECK(chunks(with_gaps(far, {vma(3, 4, PROT_NONE), vma(4, 8, PROT_NONE)})) == chunks(far));
  const std::vector apart{vma(1, 3, kReadWrite), vma(6, 7, kReadWrite)};
  CHECK(chunks(with_gaps(apart, {vma(3, 4, PROT_NONE), vma(5, 6, PROT_NONE)})) == chunks(apart));
}

TEST_CASE("a gap continues what is before it, where the heap goes on behind it") {
  const std::vector heap{vma(1, 3, kReadWrite), vma(4, 5, kReadWrite), vma(9, 10, kReadWrite)};
  const auto all = with_gaps(heap, {vma(0, 1, PROT_NONE), vma(3, 4, PROT_NONE),
                                    vma(5, 6, PROT_NONE), vma(10, 11, PROT_NONE)});
  REQUIRE(chunks(all) == Chunks{{1, 3}, {3, 4}, {4, 5}, {9, 10}});
  CHECK(all[1].prot == kReadWrite);
  CHECK(all[1].flags == all[0].flags);
}

TEST_CASE("neighbours that cannot be written stay alone") {
  const auto gaps = {vma(3, 4, PROT_NONE)};
  const auto before = with_gaps({vma(1, 3, PROT_READ), vma(4, 5, kReadWrite)}, gaps);
  CHECK(chunks(before) == Chunks{{1, 3}, {4, 5}});
  const auto behind = with_gaps({vma(1, 3, kReadWrite), vma(4, 5, PROT_READ)}, gaps);
  CHECK(chunks(behind) == Chunks{{1, 3}, {4, 5}});
}

TEST_CASE("mappings that go on in memory and in the file become one") {
  CHECK(chunks(join_mapped({mapped(1, 3, 0), mapped(3, 4, 2), mapped(4, 8, 3)}, kFile)) ==
        Chunks{{1, 8}});
  // Another place in the file, another place in memory, another file, another protection.
  CHECK(join_mapped({mapped(1, 3, 0), mapped(3, 4, 3)}, kFile).size() == 2);
  CHECK(join_mapped({mapped(1, 3, 0), mapped(4, 5, 2)}, kFile).size() == 2);
  CHECK(join_mapped({mapped(1, 3, 0), mapped(3, 4, 2, 8)}, kFile).size() == 2);
  CHECK(join_mapped({mapped(1, 3, 0, 8), mapped(3, 4, 2, 8)}, kFile).size() == 2);
  Vma locked = mapped(3, 4, 2);
  locked.prot = PROT_READ;
  CHECK(join_mapped({mapped(1, 3, 0), locked, mapped(4, 5, 3)}, kFile).size() == 3);
}
