#include "meter/cgroup.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace tubthump::meter {

namespace {

/// Where cgroup v2 is mounted: proc(5), /proc/PID/mountinfo.
std::string mount_point() {
  std::ifstream mounts("/proc/self/mountinfo");
  for (std::string line; std::getline(mounts, line);) {
    if (line.find(" - cgroup2 ") == std::string::npos) continue;
    std::istringstream fields(line);
    std::string id, parent, device, root, point;
    fields >> id >> parent >> device >> root >> point;
    return point;
  }
  return {};
}

/// The line of cgroup v2 in /proc/self/cgroup is `0::PATH`.
std::string own_path() {
  std::ifstream lines("/proc/self/cgroup");
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("0::")) return line.substr(3);
  return {};
}

}  // namespace

std::optional<Cgroup> Cgroup::make() {
  const std::string mount = mount_point();
  if (mount.empty()) return std::nullopt;
  const std::string path = mount + own_path() + "/tubthump-meter-" + std::to_string(::getpid());
  if (::mkdir(path.c_str(), 0755) < 0) return std::nullopt;
  UniqueFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory) {
    ::rmdir(path.c_str());
    return std::nullopt;
  }
  return Cgroup(path, std::move(directory));
}

Cgroup::~Cgroup() {
  if (directory_) ::rmdir(path_.c_str());
}

// Not a write to cgroup.procs: it waits for an RCU grace period (cgroup_attach_lock() takes a
// percpu semaphore for writing), which was 12 ms of every sample. A clone takes the same one for
// reading.
pid_t Cgroup::fork_into() const {
  clone_args args{};
  args.flags = CLONE_INTO_CGROUP;
  args.exit_signal = SIGCHLD;
  args.cgroup = static_cast<__u64>(directory_.get());
  return static_cast<pid_t>(::syscall(SYS_clone3, &args, sizeof args));
}

std::optional<std::chrono::microseconds> Cgroup::used() const {
  std::ifstream statistics(path_ + "/cpu.stat");
  std::string name;
  long long value = 0;
  while (statistics >> name >> value)
    if (name == "usage_usec") return std::chrono::microseconds(value);
  return std::nullopt;
}

}  // namespace tubthump::meter
