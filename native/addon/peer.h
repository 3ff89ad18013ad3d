// Who is at the other end of a connection.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// peerUser(fd): the user id of the process that connected a Unix socket, at that time.
Napi::Value peer_user(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
