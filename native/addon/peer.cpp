#include "addon/peer.h"

#include <sys/socket.h>

#include "addon/errors.h"

namespace tubthump::addon {

Napi::Value peer_user(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  // unix(7): SO_PEERCRED has the credentials of connect(2), whoever holds the socket since.
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
    throw to_js(info.Env(), fail_errno(ErrorCode::System, "SO_PEERCRED").error());
  return Napi::Number::New(info.Env(), peer.uid);
}

}  // namespace tubthump::addon
