#include "rpc/service.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace tubthump::rpc {

namespace {

/// connect(2) on a full queue waits as long as SO_SNDTIMEO says; 0 is for ever.
timeval send_timeout(Deadline deadline) {
  const int ms = deadline.poll_timeout();
  if (ms < 0) return {};
  return {ms / 1000, std::max(ms % 1000 * 1000, 1)};
}

}  // namespace

Result<Session> connect_service(const std::string& path, Deadline deadline) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return fail(ErrorCode::RpcConnect, path + ": too long for a unix socket (107 bytes)");
  std::memcpy(address.sun_path, path.data(), path.size());
  UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  if (!socket) return fail_errno(ErrorCode::System, "socket");
  const timeval limit = send_timeout(deadline);
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0) {
    if (errno == EAGAIN)
      return fail(ErrorCode::RpcTimeout,
                  path + ": the service did not take the connection in time");
    return fail_errno(ErrorCode::RpcConnect, "connect to " + path);
  }
  return Session(std::move(socket));
}

}  // namespace tubthump::rpc
