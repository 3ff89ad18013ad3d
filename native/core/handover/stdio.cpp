#include "handover/stdio.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <string>

namespace tubthump::handover {

namespace {

Result<void> point(int fd, int target) {
  if (::dup3(fd, target, target > 2 ? O_CLOEXEC : 0) < 0)
    return fail_errno(ErrorCode::System, "dup3 onto fd " + std::to_string(target));
  return {};
}

}  // namespace

Result<void> park(std::span<const int> numbers) {
  UniqueFd opened(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!opened) return fail_errno(ErrorCode::System, "open /dev/null");
  // Where stdin was closed it got that number, which dup3 cannot point at itself.
  const UniqueFd null(::fcntl(opened.get(), F_DUPFD_CLOEXEC, 3));
  if (!null) return fail_errno(ErrorCode::System, "dup /dev/null");
  opened.reset();
  for (int target : numbers)
    if (auto done = point(null.get(), target); !done) return done;
  return {};
}

Result<void> adopt(std::span<const int> numbers, std::span<const UniqueFd> fds) {
  const size_t count = std::min(numbers.size(), fds.size());
  for (size_t i = 0; i < count; i++)
    if (auto done = point(fds[i].get(), numbers[i]); !done) return done;
  return {};
}

}  // namespace tubthump::handover
