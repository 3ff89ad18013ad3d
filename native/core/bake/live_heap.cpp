#include "bake/live_heap.h"

#include <sys/mman.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "bake/gaps.h"
#include "criu_image/mm.h"

namespace tubthump::bake {

namespace {

/// Of "rwxp".
uint32_t protection(const char* rights) {
  return (rights[0] == 'r' ? PROT_READ : 0) | (rights[1] == 'w' ? PROT_WRITE : 0) |
         (rights[2] == 'x' ? PROT_EXEC : 0);
}

}  // namespace

Result<std::vector<Stretch>> lay_out_live(pid_t pid, const std::vector<HeapRange>& ranges,
                                          unsigned long before) {
  const std::string name = "/proc/" + std::to_string(pid) + "/maps";
  std::ifstream maps(name);
  if (!maps) return fail_errno(ErrorCode::System, name);
  std::vector<criu_image::Vma> heap, gaps;
  for (std::string line; std::getline(maps, line);) {
    criu_image::Vma vma;
    char rights[5] = {};
    unsigned long inode = 0;
    // "start-end perms offset major:minor inode path"
    if (std::sscanf(line.c_str(), "%lx-%lx %4s %lx %*x:%*x %lu", &vma.start, &vma.end, rights,
                    &vma.file_offset, &inode) != 5)
      continue;
    const bool was_mapped = inode != 0 && inode == before;
    const bool is_covered = covers(ranges, vma.start, vma.end);
    if (rights[3] != 'p' || !(was_mapped || is_covered)) continue;
    namespace status = criu_image::vma_status;
    vma.status = inode ? status::kFilePrivate : status::kAnonPrivate;
    vma.prot = protection(rights);
    if (is_covered && may_be_gap(vma)) gaps.push_back(vma);
    if (inode || std::string_view(rights) == "rw-p") heap.push_back(vma);
  }
  return lay_out(with_gaps(heap, gaps));
}

}  // namespace tubthump::bake
