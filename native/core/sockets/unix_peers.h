// Which unix socket is connected to which: /proc/net/unix does not tell.
//
//   for (const UnixPair& pair : *sockets::unix_peers()) …
#pragma once

#include <cstdint>
#include <vector>

#include "error/error.h"

namespace tubthump::sockets {

struct UnixPair {
  uint32_t inode;
  uint32_t peer;  ///< Inode of the other end; 0 when that end is closed.
};

/// Every connected unix socket of our network namespace, by sock_diag(7): takes well under a
/// millisecond for hundreds of sockets, and needs no privileges.
/// Errors: System.
Result<std::vector<UnixPair>> unix_peers();

}  // namespace tubthump::sockets
