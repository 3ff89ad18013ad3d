#include "meter/sandbox.h"

#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>

#include "os/unique_fd.h"

namespace tubthump::meter {

namespace {

Result<void> loopback_up() {
  UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (!socket || ::ioctl(socket.get(), SIOCSIFFLAGS, &request) < 0)
    return fail_errno(ErrorCode::System, "bring the loopback up");
  return {};
}

}  // namespace

Result<pid_t> fork_sandboxed(const Options& options) {
  const unsigned long flags =
      CLONE_NEWPID | CLONE_NEWNS | (options.own_network ? CLONE_NEWNET : 0) | SIGCHLD;
  // Not unshare(2): a second pid namespace for children is refused to a process that has made one.
  const long pid = ::syscall(SYS_clone, flags, nullptr, nullptr, nullptr, nullptr);
  if (pid < 0) return fail_errno(ErrorCode::System, "make namespaces for a copy");
  return static_cast<pid_t>(pid);
}

Result<void> furnish_sandbox(const Options& options) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0 ||
      ::mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) < 0)
    return fail_errno(ErrorCode::System, "mount /proc");
  if (!options.run.empty() && ::mount(options.run.c_str(), "/run", nullptr, MS_BIND, nullptr) < 0)
    return fail_errno(ErrorCode::System, "put " + options.run + " over /run");
  if (!options.work.empty() &&
      ::mount("tmpfs", options.work.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "mode=700") < 0)
    return fail_errno(ErrorCode::System, "put a tmpfs over " + options.work);
  if (options.own_network) return loopback_up();
  return {};
}

}  // namespace tubthump::meter
