#include "kdat/build_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "os/unique_fd.h"

namespace tubthump::kdat {

namespace {

std::string describe(const struct stat& info) {
  return std::to_string(info.st_ino) + ":" + std::to_string(info.st_size) + ":" +
         std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec);
}

}  // namespace

Result<std::string> build_key(const std::string& criu) {
  struct stat info;
  if (::stat(criu.c_str(), &info) < 0) return fail_errno(ErrorCode::CriuNotFound, criu);
  utsname kernel;
  ::uname(&kernel);
  UniqueFd file(::open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC));
  char boot[36];
  if (!file || ::read(file.get(), boot, sizeof boot) != sizeof boot)
    return fail_errno(ErrorCode::System, "read boot_id");
  return std::string(boot, sizeof boot) + " " + kernel.release + " " + criu + " " + describe(info);
}

Result<std::string> file_key(const std::string& path) {
  struct stat info;
  if (::stat(path.c_str(), &info) < 0) return fail_errno(ErrorCode::System, path);
  return describe(info);
}

}  // namespace tubthump::kdat
