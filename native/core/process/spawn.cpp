#include "process/spawn.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#ifdef __SANITIZE_THREAD__
extern "C" int __clone(int (*start)(void*), void* stack, int flags, void* argument, ...);
#endif

namespace tubthump::process {

namespace {

#ifdef __SANITIZE_THREAD__
// libtsan of gcc 12 counts the end of a clone() twice when parent and child share their memory, and
// sees no lock of the thread from then on. It does not know glibc's other name for it.
constexpr auto share_memory_with = ::__clone;
#else
constexpr auto share_memory_with = ::clone;
#endif

constexpr size_t kStackSize = 64 << 10;

/// For what runs on a Stack: it ends in exec, never returns, and AddressSanitizer would take its
/// frames for live ones when the next stack gets the same address.
#define ON_BORROWED_STACK [[gnu::no_sanitize("address", "thread")]]

/// A stack for the borrowed-memory child.
class Stack {
 public:
  Stack()
      : base_(::mmap(nullptr, kStackSize, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0)) {}
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;
  ~Stack() {
    if (*this) ::munmap(base_, kStackSize);
  }
  explicit operator bool() const { return base_ != MAP_FAILED; }
  [[nodiscard]] void* top() const { return static_cast<char*>(base_) + kStackSize; }

 private:
  void* base_;
};

/// All that the child needs, made before the clone: it must not allocate.
struct Plan {
  const SpawnOptions* options;
  std::vector<char*> argv;
  std::vector<char*> environment;
  std::vector<FdMapping> fds;
  void* inner_stack;
  int failed_errno = 0;
  pid_t pid = -1;
};

std::string_view name_of(std::string_view entry) { return entry.substr(0, entry.find('=')); }

std::vector<char*> merged_environment(const std::vector<std::string>& added) {
  std::vector<char*> result;
  for (char** entry = environ; *entry; entry++) {
    bool replaced = std::ranges::any_of(
        added, [&](const std::string& other) { return name_of(other) == name_of(*entry); });
    if (!replaced) result.push_back(*entry);
  }
  for (const std::string& entry : added) result.push_back(const_cast<char*>(entry.c_str()));
  result.push_back(nullptr);
  return result;
}

/// Moves the mapped descriptors to their numbers; a source may be another one's target.
ON_BORROWED_STACK bool arrange_fds(std::vector<FdMapping>& fds) {
  int free = 3;
  for (const FdMapping& mapping : fds) free = std::max(free, mapping.childs + 1);
  for (FdMapping& mapping : fds) {
    mapping.ours = ::fcntl(mapping.ours, F_DUPFD_CLOEXEC, free);
    if (mapping.ours < 0) return false;
  }
  for (const FdMapping& mapping : fds)
    if (::dup2(mapping.ours, mapping.childs) < 0) return false;
  return true;
}

/// Runs in the child, on its own stack, in our memory; ends in exec or _exit.
ON_BORROWED_STACK int become_program(void* argument) {
  Plan& plan = *static_cast<Plan*>(argument);
  for (int signal = 1; signal < NSIG; signal++) ::signal(signal, SIG_DFL);
  if (plan.options->new_session) ::setsid();
  if (plan.options->ends_with_us) ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The child has a descriptor table of its own: what happens here is not seen by us.
  if (arrange_fds(plan.fds)) {
    ::close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
    for (const FdMapping& mapping : plan.fds) ::fcntl(mapping.childs, F_SETFD, 0);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(plan.argv[0], plan.argv.data(), plan.environment.data());
  }
  plan.failed_errno = errno;
  ::_exit(127);
}

ON_BORROWED_STACK int start_detached(void* argument) {
  Plan& plan = *static_cast<Plan*>(argument);
  plan.pid = share_memory_with(become_program, plan.inner_stack, CLONE_VM | CLONE_VFORK, &plan);
  if (plan.pid < 0) plan.failed_errno = errno;
  ::_exit(0);
}

void reap(pid_t pid) {
  while (::waitpid(pid, nullptr, __WALL) < 0 && errno == EINTR) {
  }
}

}  // namespace

Result<pid_t> spawn(const SpawnOptions& options) {
  Plan plan{.options = &options,
            .argv = {},
            .environment = merged_environment(options.environment),
            .fds = options.fds,
            .inner_stack = nullptr};
  for (const std::string& argument : options.argv)
    plan.argv.push_back(const_cast<char*>(argument.c_str()));
  plan.argv.push_back(nullptr);
  Stack outer, inner;
  if (!outer || !inner) return fail_errno(ErrorCode::System, "stack for a child");
  plan.inner_stack = inner.top();

  // A handler of ours must not run in the child while it has our memory.
  sigset_t all, before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  if (options.detached) {
    pid_t between = share_memory_with(start_detached, outer.top(), CLONE_VM | CLONE_VFORK, &plan);
    if (between < 0) plan.failed_errno = errno;
    // Without an exit signal it never was a SIGCHLD for the application to see.
    if (between > 0) reap(between);
  } else {
    plan.pid =
        share_memory_with(become_program, outer.top(), CLONE_VM | CLONE_VFORK | SIGCHLD, &plan);
    if (plan.pid < 0) plan.failed_errno = errno;
    if (plan.pid > 0 && plan.failed_errno) reap(plan.pid);
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (plan.failed_errno)
    return fail_errno(ErrorCode::ExecFailed, "start " + options.argv[0], plan.failed_errno);
  return plan.pid;
}

}  // namespace tubthump::process
