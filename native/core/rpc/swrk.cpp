#include "rpc/swrk.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "process/spawn.h"

namespace tubthump::rpc {

namespace {

constexpr int kRpcSocket = 3;

}  // namespace

Result<Swrk> spawn_swrk(const SwrkOptions& options) {
  std::array<int, 2> ends;
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) < 0)
    return fail_errno(ErrorCode::System, "socketpair");
  UniqueFd ours(ends[0]), crius(ends[1]);

  // Node closes its own on exec, and CRIU takes what is free: a page server in the background would
  // put /dev/null over its image directory. A shell job needs our terminal as stdin.
  UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null) return fail_errno(ErrorCode::System, "open /dev/null");
  const bool has_stdin = ::fcntl(STDIN_FILENO, F_GETFD) >= 0;

  process::SpawnOptions spawn;
  spawn.argv = {options.criu, "swrk", std::to_string(kRpcSocket)};
  spawn.environment = options.environment;
  spawn.fds = {{has_stdin ? STDIN_FILENO : null.get(), STDIN_FILENO},
               {null.get(), STDOUT_FILENO},
               {crius.get(), kRpcSocket}};
  if (options.stderr_fd >= 0) spawn.fds.push_back({options.stderr_fd, 2});
  spawn.detached = options.detached;
  // A terminal's Ctrl-C is for the service, not for a CRIU in the middle of its work.
  spawn.new_session = true;
  std::vector<int> inherited;
  for (int fd : options.inherit) {
    inherited.push_back(kRpcSocket + 1 + static_cast<int>(inherited.size()));
    spawn.fds.push_back({fd, inherited.back()});
  }
  auto pid = process::spawn(spawn);
  if (!pid) {
    Error error = pid.error();
    error.code = ErrorCode::CriuSpawn;
    return std::unexpected(error);
  }
  return Swrk{Session(std::move(ours)), *pid, std::move(inherited)};
}

}  // namespace tubthump::rpc
