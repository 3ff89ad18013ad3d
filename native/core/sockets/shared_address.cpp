#include "sockets/shared_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace tubthump::sockets {

namespace {

Result<UniqueFd> bind_to(const sockaddr* address, socklen_t size, bool v6_only,
                         const std::string& what) {
  UniqueFd fd(::socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  if (!fd || ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
      ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) < 0 ||
      (v6_only && ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) < 0) ||
      ::bind(fd.get(), address, size) < 0)
    return fail_errno(ErrorCode::System, what);
  return fd;
}

}  // namespace

Result<UniqueFd> bind_shared(const std::string& host, int port, bool v6_only) {
  const std::string what = "bind " + host + " port " + std::to_string(port);
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(static_cast<uint16_t>(port));
  if (::inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1)
    return bind_to(reinterpret_cast<const sockaddr*>(&v4), sizeof v4, false, what);
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(static_cast<uint16_t>(port));
  if (::inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1)
    return bind_to(reinterpret_cast<const sockaddr*>(&v6), sizeof v6, v6_only, what);
  return fail(ErrorCode::System, what + ": no numeric address");
}

}  // namespace tubthump::sockets
