#include "handover/stdio.h"

#include <fcntl.h>
#include <unistd.h>

namespace tubthump::handover {

namespace {

Result<void> point(int fd, int target) {
  if (::dup2(fd, target) < 0) return fail_errno(ErrorCode::System, "dup2 onto stdio");
  return {};
}

}  // namespace

Result<void> park_stdio() {
  UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null) return fail_errno(ErrorCode::System, "open /dev/null");
  for (int target = 0; target < 3; target++)
    if (auto done = point(null.get(), target); !done) return done;
  return {};
}

Result<void> adopt_stdio(std::span<const UniqueFd> fds) {
  if (fds.size() < 3) return {};
  for (int target = 0; target < 3; target++)
    if (auto done = point(fds[static_cast<size_t>(target)].get(), target); !done) return done;
  return {};
}

}  // namespace tubthump::handover
