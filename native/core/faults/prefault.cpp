#include "faults/prefault.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vector>

namespace tubthump::faults {

namespace {

constexpr uint64_t kPage = 4096;

}  // namespace

Result<UniqueFd> share(std::span<const Stretch> stretches) {
  UniqueFd list(::memfd_create("prefault", MFD_CLOEXEC));
  if (!list) return fail_errno(ErrorCode::System, "memfd_create");
  const auto size = static_cast<ssize_t>(stretches.size_bytes());
  if (::pwrite(list.get(), stretches.data(), stretches.size_bytes(), 0) != size)
    return fail_errno(ErrorCode::System, "write the list of pages");
  return list;
}

void prefault(int list) {
  struct stat info;
  if (::fstat(list, &info) < 0) return;
  std::vector<Stretch> stretches(static_cast<size_t>(info.st_size) / sizeof(Stretch));
  const size_t size = stretches.size() * sizeof(Stretch);
  if (::pread(list, stretches.data(), size, 0) != static_cast<ssize_t>(size)) return;
  for (const Stretch& stretch : stretches)
    (void)::madvise(reinterpret_cast<void*>(stretch.address), stretch.pages * kPage,
                    stretch.write ? MADV_POPULATE_WRITE : MADV_POPULATE_READ);
}

}  // namespace tubthump::faults
