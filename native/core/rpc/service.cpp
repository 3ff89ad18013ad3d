#include "rpc/service.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace tubthump::rpc {

namespace {

constexpr std::chrono::milliseconds kRetry(5);

}  // namespace

Result<Session> connect_service(const std::string& path, Deadline deadline, std::stop_token stop) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return fail(ErrorCode::RpcConnect, path + ": too long for a unix socket (107 bytes)");
  std::memcpy(address.sun_path, path.data(), path.size());
  UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return fail_errno(ErrorCode::System, "socket");
  while (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0) {
    // EAGAIN is a full queue, and nothing to poll for tells when it no longer is.
    if (errno != EAGAIN) return fail_errno(ErrorCode::RpcConnect, "connect to " + path);
    if (stop.stop_requested()) return fail(ErrorCode::RpcAborted, "cancelled by the caller");
    if (deadline.over())
      return fail(ErrorCode::RpcTimeout,
                  path + ": the service did not take the connection in time");
    std::this_thread::sleep_for(kRetry);
  }
  return Session(std::move(socket));
}

}  // namespace tubthump::rpc
