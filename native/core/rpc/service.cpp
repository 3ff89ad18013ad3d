#include "rpc/service.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>

namespace tubthump::rpc {

Result<Session> connect_service(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return fail(ErrorCode::RpcConnect, path + ": too long for a unix socket (107 bytes)");
  std::memcpy(address.sun_path, path.data(), path.size());
  UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  if (!socket) return fail_errno(ErrorCode::System, "socket");
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0)
    return fail_errno(ErrorCode::RpcConnect, "connect to " + path);
  return Session(std::move(socket));
}

}  // namespace tubthump::rpc
