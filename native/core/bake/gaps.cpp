#include "bake/gaps.h"

#include <sys/mman.h>

#include <algorithm>
#include <iterator>

namespace tubthump::bake {

using criu_image::Vma;

namespace {

constexpr uint64_t kLargestGap = 1 << 20;
constexpr uint32_t kReadWrite = PROT_READ | PROT_WRITE;

bool continues(const Vma& last, const Vma& next) {
  return last.end == next.start && last.file_offset + (last.end - last.start) == next.file_offset &&
         last.prot == next.prot && last.flags == next.flags && last.status == next.status &&
         last.madv == next.madv;
}

/// `gap` as what `before` is, if it has no access of its own.
Vma continued(const Vma& before, Vma gap) {
  if (gap.prot != PROT_NONE) return gap;
  gap.prot = before.prot;
  gap.flags = before.flags | MAP_ANONYMOUS;
  gap.madv = before.madv;
  gap.has_madv = before.has_madv;
  return gap;
}

}  // namespace

bool may_be_gap(const Vma& vma) {
  return (vma.prot == PROT_NONE || vma.prot == PROT_READ) &&
         (vma.status & criu_image::vma_status::kAnonPrivate);
}

std::vector<Vma> with_gaps(const std::vector<Vma>& heap, const std::vector<Vma>& gaps) {
  std::vector<Vma> all;
  auto gap = gaps.begin();
  for (const Vma& part : heap) {
    const uint64_t from = all.empty() ? part.start : all.back().end;
    const bool is_between = !all.empty() && all.back().prot == kReadWrite &&
                            part.prot == kReadWrite && part.start - from <= kLargestGap;
    while (gap != gaps.end() && gap->start < from) ++gap;
    const auto first = gap;
    uint64_t end = from;
    for (; gap != gaps.end() && gap->start == end && gap->end <= part.start; ++gap) end = gap->end;
    if (is_between && end == part.start) {
      const Vma before = all.back();
      std::ranges::transform(first, gap, std::back_inserter(all),
                             [&](const Vma& vma) { return continued(before, vma); });
    }
    all.push_back(part);
  }
  return all;
}

bool is_mapped_from(const Vma& vma, uint32_t file) {
  return (vma.status & criu_image::vma_status::kFilePrivate) && vma.shmid == file;
}

std::vector<Vma> join_mapped(const std::vector<Vma>& vmas, uint32_t file) {
  std::vector<Vma> joined;
  for (const Vma& vma : vmas) {
    if (is_mapped_from(vma, file) && !joined.empty() && is_mapped_from(joined.back(), file) &&
        continues(joined.back(), vma))
      joined.back().end = vma.end;
    else
      joined.push_back(vma);
  }
  return joined;
}

}  // namespace tubthump::bake
