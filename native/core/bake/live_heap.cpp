#include "bake/live_heap.h"

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "criu_image/mm.h"

namespace tubthump::bake {

Result<std::vector<Stretch>> lay_out_live(pid_t pid, const std::vector<HeapRange>& ranges,
                                          unsigned long before) {
  const std::string name = "/proc/" + std::to_string(pid) + "/maps";
  std::ifstream maps(name);
  if (!maps) return fail_errno(ErrorCode::System, name);
  std::vector<criu_image::Vma> heap;
  for (std::string line; std::getline(maps, line);) {
    criu_image::Vma vma;
    char rights[5] = {};
    unsigned long inode = 0;
    // "start-end perms offset major:minor inode path"
    if (std::sscanf(line.c_str(), "%lx-%lx %4s %lx %*x:%*x %lu", &vma.start, &vma.end, rights,
                    &vma.file_offset, &inode) != 5)
      continue;
    const bool was_mapped = inode != 0 && inode == before;
    if (rights[3] != 'p' || !(was_mapped || covers(ranges, vma.start, vma.end))) continue;
    if (inode == 0 && std::string_view(rights) != "rw-p") continue;
    namespace status = criu_image::vma_status;
    vma.status = inode ? status::kFilePrivate : status::kAnonPrivate;
    heap.push_back(vma);
  }
  return lay_out(heap);
}

}  // namespace tubthump::bake
