#include "control/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "os/unique_fd.h"

namespace tubthump::control {

void remove_files_of(pid_t service) {
  const uid_t user = ::getuid();
  const std::string path = user == 0 ? kRootDirectory : "/tmp/tubthump-" + std::to_string(user);
  const UniqueFd directory(::open(path.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat info;
  if (!directory || ::fstat(directory.get(), &info) < 0) return;
  if (info.st_uid != user || (info.st_mode & 077)) return;
  for (const char* kind : {".sock", ".checkpoint"})
    (void)::unlinkat(directory.get(), (std::to_string(service) + kind).c_str(), 0);
}

}  // namespace tubthump::control
