#include "clone/cgroup_sweeper.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <iterator>
#include <thread>
#include <utility>

#include "os/deadline.h"
#include "process/reap.h"

namespace tubthump::clone {

namespace {

constexpr std::chrono::seconds kTimeToEnd{10};
constexpr std::chrono::milliseconds kRetry{5};

[[noreturn]] void be_sweeper(int alive, const std::vector<std::string>& cgroups) {
  sigset_t all;
  sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, nullptr);
  ::setsid();
  ::prctl(PR_SET_NAME, "tubthump-sweep");
  // Whoever reads our output waits for its end.
  ::dup2(alive, STDIN_FILENO);
  ::close_range(STDIN_FILENO + 1, ~0u, 0);
  char byte;
  while (::read(STDIN_FILENO, &byte, 1) < 0 && errno == EINTR) {
  }
  const Deadline deadline = Deadline::after(kTimeToEnd);
  for (const std::string& cgroup : cgroups)
    while (::rmdir(cgroup.c_str()) < 0 && errno == EBUSY && !deadline.over())
      std::this_thread::sleep_for(kRetry);
  ::_exit(0);
}

}  // namespace

Result<CgroupSweeper> CgroupSweeper::start(const std::vector<std::string>& cgroups) {
  CgroupSweeper sweeper;
  std::ranges::copy_if(cgroups, std::back_inserter(sweeper.cgroups_),
                       [](const std::string& path) { return ::access(path.c_str(), F_OK) < 0; });
  if (sweeper.cgroups_.empty()) return sweeper;
  std::array<int, 2> ends;
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) return fail_errno(ErrorCode::System, "pipe");
  UniqueFd theirs(ends[0]);
  sweeper.alive_.reset(ends[1]);
  sweeper.pid_ = ::fork();
  if (sweeper.pid_ < 0) return fail_errno(ErrorCode::System, "fork");
  if (sweeper.pid_ == 0) be_sweeper(theirs.get(), sweeper.cgroups_);
  return sweeper;
}

CgroupSweeper& CgroupSweeper::operator=(CgroupSweeper&& other) noexcept {
  std::swap(cgroups_, other.cgroups_);
  std::swap(alive_, other.alive_);
  std::swap(pid_, other.pid_);
  return *this;
}

CgroupSweeper::~CgroupSweeper() {
  if (!alive_) return;
  alive_.reset();
  process::reap(pid_);
}

void CgroupSweeper::sweep(const std::string& cgroup) const {
  if (std::ranges::count(cgroups_, cgroup)) ::rmdir(cgroup.c_str());
}

}  // namespace tubthump::clone
