// A socket on an address that other processes listen on, too.
#pragma once

#include <string>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::sockets {

/// A TCP socket bound with SO_REUSEPORT, not listening yet: the kernel spreads connections over all
/// that listen on the address and have the same user. Not by way of libuv, which has the option
/// from 1.49 on only (Node 23.1).
/// `host` is a numeric address. Errors: System, also when someone listens there without the option.
Result<UniqueFd> bind_shared(const std::string& host, int port, bool v6_only);

}  // namespace tubthump::sockets
