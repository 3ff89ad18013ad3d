#include "process/pid_floor.h"

#include <fstream>

namespace tubthump::process {

Result<void> raise_pid_floor() {
  // pid_namespaces(7): the last id that was given out in our pid namespace; writable.
  constexpr const char* path = "/proc/sys/kernel/ns_last_pid";
  pid_t last = 0;
  std::ifstream(path) >> last;
  if (last >= kPidFloor) return {};
  std::ofstream file(path);
  file << kPidFloor;
  file.flush();
  if (!file) return fail(ErrorCode::System, std::string("write ") + path);
  return {};
}

}  // namespace tubthump::process
