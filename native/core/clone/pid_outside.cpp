#include "clone/pid_outside.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fstream>

namespace tubthump::clone {

pid_t pid_of_descriptor(const std::string& proc, int process) {
  std::ifstream info(proc + "/self/fdinfo/" + std::to_string(process));
  for (std::string word; info >> word;)
    if (pid_t pid = 0; word == "Pid:" && info >> pid) return pid > 0 ? pid : 0;
  return 0;
}

PidOutside::PidOutside() : proc_(::open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC)) {}

pid_t PidOutside::of(pid_t pid) const {
  const UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!process || !proc_) return 0;
  // The new /proc leads to the old one's mount, whose `self` is our number there.
  return pid_of_descriptor("/proc/self/fd/" + std::to_string(proc_.get()), process.get());
}

}  // namespace tubthump::clone
