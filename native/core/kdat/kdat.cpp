#include "kdat/kdat.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "kdat/build_key.h"
#include "os/unique_fd.h"
#include "rpc/perform.h"
#include "rpc/swrk.h"

namespace tubthump::kdat {

namespace {

constexpr const char* kCache = "/run/criu.kdat";
constexpr const char* kStamp = "/run/criu.kdat.tubthump";
/// CRIU leaves this empty file behind off tmpfs, and it blocks its own later saves.
constexpr const char* kLeftover = "/run/criu.kdat.tmp";
constexpr std::chrono::seconds kProbeLimit{10};

bool run_is_tmpfs() {
  struct statfs info;
  return ::statfs("/run", &info) == 0 && info.f_type == TMPFS_MAGIC;
}

/// Build key and file key as they were when the cache was seeded.
std::string stamp_text(const std::string& build, const std::string& file) {
  return build + "\n" + file + "\n";
}

bool is_valid(const std::string& build) {
  auto file = file_key(kCache);
  if (!file) return false;
  std::ifstream stamp(kStamp);
  std::string text(std::istreambuf_iterator<char>(stamp), {});
  return text == stamp_text(build, *file);
}

/// Runs in a forked child with a private mount namespace; `out` is on the real /run.
Result<void> probe_into(const std::string& criu, int out) {
  if (::unshare(CLONE_NEWNS) < 0) return fail_errno(ErrorCode::System, "unshare mounts");
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0 ||
      ::mount("tmpfs", "/run", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=1m") < 0)
    return fail_errno(ErrorCode::System, "mount a private /run");
  rpc::SwrkOptions options;
  options.criu = criu;
  auto swrk = rpc::spawn_swrk(options);
  if (!swrk) return std::unexpected(swrk.error());
  rpc::Request request;
  request.type = rpc::RequestType::FeatureCheck;
  auto response = rpc::perform(swrk->session, request, {}, Deadline::after(kProbeLimit));
  if (!response) return std::unexpected(response.error());
  UniqueFd made(::open(kCache, O_RDONLY | O_CLOEXEC));
  struct stat info;
  if (!made || ::fstat(made.get(), &info) < 0) return fail_errno(ErrorCode::System, kCache);
  if (::sendfile(out, made.get(), nullptr, static_cast<size_t>(info.st_size)) != info.st_size)
    return fail_errno(ErrorCode::System, "copy the kdat cache");
  return {};
}

Result<void> seed(const std::string& criu, const std::string& build) {
  std::string draft = std::string(kCache) + ".XXXXXX";  // Two launchers may seed at once.
  UniqueFd out(::mkostemp(draft.data(), O_CLOEXEC));
  if (!out) return fail_errno(ErrorCode::System, draft);
  const pid_t child = ::fork();
  if (child < 0) return fail_errno(ErrorCode::System, "fork");
  if (child == 0) ::_exit(probe_into(criu, out.get()) ? 0 : 1);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (status != 0) {
    ::unlink(draft.c_str());
    return fail(ErrorCode::System, "CRIU could not be made to write its kdat cache");
  }
  ::unlink(kLeftover);
  if (::rename(draft.c_str(), kCache) < 0) return fail_errno(ErrorCode::System, kCache);
  auto file = file_key(kCache);
  if (!file) return std::unexpected(file.error());
  std::ofstream stamp(kStamp, std::ios::trunc);
  stamp << stamp_text(build, *file);
  return {};
}

}  // namespace

Result<State> ensure(const std::string& criu) {
  if (run_is_tmpfs()) return State::NotNeeded;
  auto build = build_key(criu);
  if (!build) return std::unexpected(build.error());
  if (is_valid(*build)) return State::Valid;
  if (auto seeded = seed(criu, *build); !seeded) return std::unexpected(seeded.error());
  return State::Seeded;
}

}  // namespace tubthump::kdat
