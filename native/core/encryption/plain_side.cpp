#include "encryption/plain_side.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>

#include "os/free_memory.h"

namespace tubthump::encryption {

namespace {

bool set(int context, const char* key, const std::string& value) {
  return ::fsconfig(context, FSCONFIG_SET_STRING, key, value.c_str(), 0) == 0;
}

std::unexpected<Error> cannot_mount() {
  if (errno == EPERM)
    return fail(ErrorCode::Namespace,
                "CAP_SYS_ADMIN is missing: an encrypted image is decrypted into a private tmpfs");
  return fail_errno(ErrorCode::System, "mount a private tmpfs");
}

}  // namespace

Result<PlainSide> PlainSide::create() { return create(0); }

Result<PlainSide> PlainSide::create(uint64_t bytes) {
  // Page tables and metadata of small files.
  constexpr uint64_t kMore = 8 << 20;
  const uint64_t free = free_memory();
  if (free < bytes)
    return fail(ErrorCode::NoMemory, "the image takes " + std::to_string(bytes >> 20) +
                                         " MB when it is decrypted, and " +
                                         std::to_string(free >> 20) + " MB of memory are free");
  // The rest is for what else needs memory meanwhile.
  const uint64_t most = free / 8 * 7;
  // More than `bytes`: a hole takes a page when a copy reads it, and who gets none is killed
  // (SIGBUS).
  UniqueFd context(::fsopen("tmpfs", FSOPEN_CLOEXEC));
  if (!context) return cannot_mount();
  if (!set(context.get(), "source", "tubthump") || !set(context.get(), "mode", "0700") ||
      !set(context.get(), "size", std::to_string(std::max(bytes, most) + kMore)))
    return cannot_mount();
  // Older kernels do not know it, and user namespaces may not ask for it.
  (void)::fsconfig(context.get(), FSCONFIG_SET_FLAG, "noswap", nullptr, 0);
  if (::fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) < 0)
    return cannot_mount();
  PlainSide side;
  // Not noexec: V8 may make code of a heap page that is mapped from here.
  side.mount_.reset(
      ::fsmount(context.get(), FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV));
  if (!side.mount_) return cannot_mount();
  side.directory_.reset(::openat(side.mount_.get(), ".", O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  if (!side.directory_) return fail_errno(ErrorCode::System, "open a private tmpfs");
  return side;
}

PlainSide::~PlainSide() {
  if (!directory_) return;
  UniqueFd again(::openat(directory_.get(), ".", O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  std::unique_ptr<DIR, int (*)(DIR*)> entries(again ? ::fdopendir(again.get()) : nullptr,
                                              ::closedir);
  if (!entries) return;
  (void)again.release();  // closedir() closes it.
  while (const dirent* entry = ::readdir(entries.get()))
    ::unlinkat(directory_.get(), entry->d_name, 0);
}

}  // namespace tubthump::encryption
