#include "bake/live_heap.h"

#include <string>

#include "bake/gaps.h"
#include "criu_image/mm.h"
#include "process/mappings.h"

namespace tubthump::bake {

Result<std::vector<Stretch>> lay_out_live(pid_t pid, const std::vector<HeapRange>& ranges,
                                          unsigned long before) {
  const auto mappings = process::mappings_of(pid);
  if (mappings.empty())
    return fail_errno(ErrorCode::System, "/proc/" + std::to_string(pid) + "/maps");
  std::vector<criu_image::Vma> heap, gaps;
  for (const process::Mapping& mapping : mappings) {
    const bool was_mapped = mapping.inode != 0 && mapping.inode == before;
    const bool is_covered = covers(ranges, mapping.start, mapping.end);
    if (mapping.shared || !(was_mapped || is_covered)) continue;
    namespace status = criu_image::vma_status;
    criu_image::Vma vma{.start = mapping.start, .end = mapping.end, .file_offset = mapping.offset};
    vma.status = mapping.inode ? status::kFilePrivate : status::kAnonPrivate;
    vma.prot = mapping.protection;
    if (is_covered && may_be_gap(vma)) gaps.push_back(vma);
    if (mapping.inode || is_writable_data(mapping)) heap.push_back(vma);
  }
  return lay_out(with_gaps(heap, gaps));
}

}  // namespace tubthump::bake
