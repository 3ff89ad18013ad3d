#include "secrets/regions.h"

#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <string>

namespace tubthump::secrets {

namespace {

/// Mappings that are larger than all memory are reservations: shadows of sanitizers, with terabytes
/// of nothing, and never what malloc or V8 hand out.
uintptr_t largest() {
  return 2 * static_cast<uintptr_t>(::sysconf(_SC_PHYS_PAGES)) *
         static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

Result<std::vector<Region>> searchable_regions() {
  std::ifstream maps("/proc/self/maps");
  if (!maps) return fail_errno(ErrorCode::System, "open /proc/self/maps");
  std::vector<Region> regions;
  for (std::string line; std::getline(maps, line);) {
    Region region{};
    char access[5] = "";
    uint64_t inode = 0;
    // proc(5): address-address perms offset device inode path
    if (std::sscanf(line.c_str(), "%" SCNxPTR "-%" SCNxPTR " %4s %*x %*s %" SCNu64, &region.start,
                    &region.end, access, &inode) < 4)
      continue;
    const bool writable = access[1] == 'w';
    if (access[0] != 'r' || access[3] != 'p' || (inode != 0 && !writable)) continue;
    if (region.end - region.start > largest()) continue;
    if (line.find("[v") != std::string::npos) continue;  // [vdso], [vvar], [vsyscall]
    regions.push_back(region);
  }
  return regions;
}

}  // namespace tubthump::secrets
