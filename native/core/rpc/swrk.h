// `criu swrk FD`: a CRIU of our own over a socketpair, as libcriu, runc and podman start it.
//
// Offers everything, inherit_fd and rst_sibling among it, and does nothing before its request: it
// may be started ahead of time.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "rpc/session.h"

namespace tubthump::rpc {

struct SwrkOptions {
  std::string criu;                      ///< Path of the binary.
  std::vector<std::string> environment;  ///< "NAME=value", added to ours.
  std::vector<int> inherit;              ///< Descriptors that swrk gets, for inherit_fd.
  int stderr_fd = -1;                    ///< What its stderr is; -1: ours.
  bool detached = false;  ///< Double fork: CRIU must not be in the tree that it dumps.
};

struct Swrk {
  Session session;
  pid_t pid;                   ///< Our child unless detached.
  std::vector<int> inherited;  ///< Number of inherit[i] in swrk's own table.
};

/// Errors: CriuSpawn, System.
Result<Swrk> spawn_swrk(const SwrkOptions& options);

}  // namespace tubthump::rpc
