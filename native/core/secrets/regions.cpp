#include "secrets/regions.h"

#include <sys/mman.h>
#include <unistd.h>

#include "process/mappings.h"

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
  const auto mappings = process::mappings_of(::getpid());
  if (mappings.empty()) return fail_errno(ErrorCode::System, "read /proc/self/maps");
  std::vector<Region> regions;
  for (const process::Mapping& mapping : mappings) {
    const bool readable = mapping.protection & PROT_READ,
               writable = mapping.protection & PROT_WRITE;
    if (!readable || mapping.shared || (mapping.inode != 0 && !writable)) continue;
    if (mapping.end - mapping.start > largest()) continue;
    if (mapping.path.starts_with("[v")) continue;  // [vdso], [vvar], [vsyscall]
    regions.push_back({mapping.start, mapping.end});
  }
  return regions;
}

}  // namespace tubthump::secrets
