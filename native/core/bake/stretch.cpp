#include "bake/stretch.h"

#include <algorithm>

namespace tubthump::bake {

using criu_image::kPageSize;
using criu_image::PageRun;

namespace {

bool goes_on(const Stretch& last, const Stretch& next) {
  if (last.end != next.start || (last.before < 0) != (next.before < 0)) return false;
  return last.before < 0 ||
         last.before + static_cast<int64_t>(last.end - last.start) == next.before;
}

}  // namespace

std::vector<Stretch> lay_out(const std::vector<criu_image::Vma>& vmas) {
  std::vector<Stretch> stretches;
  uint64_t offset = 0;
  for (const criu_image::Vma& vma : vmas) {
    const bool mapped = vma.status & criu_image::vma_status::kFilePrivate;
    const Stretch next{vma.start, vma.end, offset,
                       mapped ? static_cast<int64_t>(vma.file_offset) : -1};
    offset += vma.end - vma.start;
    if (!stretches.empty() && goes_on(stretches.back(), next))
      stretches.back().end = next.end;
    else
      stretches.push_back(next);
  }
  return stretches;
}

uint64_t size_of(const std::vector<Stretch>& stretches) {
  if (stretches.empty()) return 0;
  return stretches.back().offset_of(stretches.back().end);
}

std::vector<Part> divide(PageRun run, const std::vector<Stretch>& stretches) {
  std::vector<Part> parts;
  auto stretch = std::ranges::upper_bound(stretches, run.address, {}, &Stretch::end);
  while (run.pages > 0) {
    const bool inside = stretch != stretches.end() && run.address >= stretch->start;
    const uint64_t border = stretch == stretches.end() ? run.end()
                            : inside                   ? stretch->end
                                                       : stretch->start;
    PageRun part = run;
    part.pages = (std::min(run.end(), border) - run.address) / kPageSize;
    parts.push_back({part, inside ? &*stretch : nullptr});
    run.address += part.pages * kPageSize;
    run.pages -= part.pages;
    if (inside && run.address == stretch->end) ++stretch;
  }
  return parts;
}

}  // namespace tubthump::bake
