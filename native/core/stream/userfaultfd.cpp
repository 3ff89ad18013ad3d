#include "stream/userfaultfd.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace tubthump::stream {

namespace {

/// The same that CRIU asks for, criu/uffd.c.
constexpr uint64_t kFeatures = UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP |
                               UFFD_FEATURE_EVENT_REMOVE | UFFD_FEATURE_EVENT_UNMAP;

/// `done` is what the kernel wrote back: bytes, or an errno below zero.
Placement outcome_of(int returned, int64_t done) {
  const int error = errno;
  Placement placement;
  placement.bytes = done > 0 ? static_cast<uint64_t>(done) : 0;
  if (returned == 0) return placement;
  placement.sys_errno = error;
  switch (error) {
    case EAGAIN:
      placement.outcome = PlaceOutcome::Changing;
      break;
    case EEXIST:
      placement.outcome = PlaceOutcome::Exists;
      break;
    case ENOENT:
      placement.outcome = PlaceOutcome::Unmapped;
      break;
    // ENOSPC: kernels before 4.13 said so of a process that has ended.
    case ENOSPC:
    case ESRCH:
      placement.outcome = PlaceOutcome::Gone;
      break;
    default:
      placement.outcome = PlaceOutcome::Failed;
  }
  return placement;
}

}  // namespace

Result<void> check_userfaultfd() {
  UniqueFd descriptor(static_cast<int>(::syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK)));
  if (!descriptor) {
    if (errno == ENOSYS) return fail(ErrorCode::Userfaultfd, "this kernel has no userfaultfd");
    return fail_errno(ErrorCode::Userfaultfd, "no right to use userfaultfd");
  }
  uffdio_api api{UFFD_API, kFeatures, 0};
  // EPERM: events of a fork need CAP_SYS_PTRACE, whoever made the descriptor.
  if (::ioctl(descriptor.get(), UFFDIO_API, &api) < 0)
    return fail_errno(ErrorCode::Userfaultfd, "userfaultfd without the events that are needed");
  return {};
}

Placement Userfaultfd::copy(uint64_t to, const void* from, uint64_t size) const {
  uffdio_copy request{to, reinterpret_cast<uint64_t>(from), size, 0, 0};
  const int returned = ::ioctl(fd_.get(), UFFDIO_COPY, &request);
  return outcome_of(returned, request.copy);
}

Placement Userfaultfd::zero(uint64_t at, uint64_t size) const {
  uffdio_zeropage request{{at, size}, 0, 0};
  const int returned = ::ioctl(fd_.get(), UFFDIO_ZEROPAGE, &request);
  return outcome_of(returned, request.zeropage);
}

void Userfaultfd::wake(uint64_t at, uint64_t size) const {
  uffdio_range range{at, size};
  (void)::ioctl(fd_.get(), UFFDIO_WAKE, &range);
}

void Userfaultfd::forget(uint64_t at, uint64_t size) const {
  uffdio_range range{at, size};
  (void)::ioctl(fd_.get(), UFFDIO_UNREGISTER, &range);
}

Result<std::vector<uffd_msg>> Userfaultfd::read(size_t most) const {
  std::vector<uffd_msg> messages(most);
  const ssize_t got = ::read(fd_.get(), messages.data(), most * sizeof(uffd_msg));
  if (got < 0 && errno != EAGAIN && errno != EINTR)
    return fail_errno(ErrorCode::System, "read userfaultfd");
  messages.resize(got > 0 ? static_cast<size_t>(got) / sizeof(uffd_msg) : 0);
  return messages;
}

}  // namespace tubthump::stream
