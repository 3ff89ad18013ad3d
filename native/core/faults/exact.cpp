#include "faults/exact.h"

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "process/mappings.h"

namespace tubthump::faults {

namespace {

// Younger than Debian 12's headers (include/uapi/linux/userfaultfd.h of 6.7).
constexpr uint64_t kWpUnpopulated = 1 << 13;
constexpr uint64_t kWpAsync = 1 << 15;
constexpr int kUserModeOnly = 1;  // UFFD_USER_MODE_ONLY: allowed without privileges.

}  // namespace

Result<UniqueFd> fault_exactly(int file) {
  struct stat info;
  if (::fstat(file, &info) < 0) return fail_errno(ErrorCode::System, "stat the mapped file");
  UniqueFd faults(
      static_cast<int>(::syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | kUserModeOnly)));
  if (!faults) return fail_errno(ErrorCode::System, "userfaultfd");
  uffdio_api api{.api = UFFD_API, .features = kWpAsync | kWpUnpopulated};
  if (::ioctl(faults.get(), UFFDIO_API, &api) < 0)
    return fail_errno(ErrorCode::System, "userfaultfd without asynchronous write protection");
  for (const process::Mapping& mapping : process::mappings_of(::getpid())) {
    if (mapping.inode != info.st_ino || mapping.shared) continue;
    uffdio_register range{.range = {mapping.start, mapping.end - mapping.start},
                          .mode = UFFDIO_REGISTER_MODE_WP};
    if (::ioctl(faults.get(), UFFDIO_REGISTER, &range) < 0)
      return fail_errno(ErrorCode::System, "register a mapping with userfaultfd");
  }
  return faults;
}

}  // namespace tubthump::faults
