#include "process/child.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace tubthump::process {

Child::Child(UniqueFd process, UniqueFd cancelled)
    : process_(std::move(process)), cancelled_(std::move(cancelled)) {}

Result<Child> Child::open(pid_t pid) {
  UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!process) return fail_errno(ErrorCode::System, "pidfd_open " + std::to_string(pid));
  UniqueFd cancelled(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!cancelled) return fail_errno(ErrorCode::System, "eventfd");
  return Child(std::move(process), std::move(cancelled));
}

Result<Exit> Child::wait() {
  pollfd entries[] = {{process_.get(), POLLIN, 0}, {cancelled_.get(), POLLIN, 0}};
  while (::poll(entries, 2, -1) < 0)
    if (errno != EINTR) return fail_errno(ErrorCode::System, "wait for a child");
  if (entries[1].revents) return fail(ErrorCode::RpcAborted, "cancelled by the caller");
  siginfo_t info{};
  // __WALL: a child that CRIU cloned for us need not have SIGCHLD as its exit signal.
  if (::waitid(P_PIDFD, static_cast<id_t>(process_.get()), &info, WEXITED | __WALL) < 0)
    return fail_errno(ErrorCode::System, "wait for a child");
  if (info.si_code == CLD_EXITED) return Exit{info.si_status, 0};
  return Exit{0, info.si_status};
}

void Child::cancel() { (void)::eventfd_write(cancelled_.get(), 1); }

}  // namespace tubthump::process
