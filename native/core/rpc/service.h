// The socket of a running `criu service --address PATH`.
//
// Refuses inherit_fd and rst_sibling; whoever reaches it is root, so its mode matters (0666 up to
// CRIU 4.2, 0600 since 4.2.1).
#pragma once

#include <stop_token>
#include <string>

#include "rpc/session.h"

namespace tubthump::rpc {

/// Waits for a place in the service's queue.
/// Errors: RpcConnect, RpcTimeout, RpcAborted when stopped, System.
Result<Session> connect_service(const std::string& path, Deadline deadline,
                                std::stop_token stop = {});

}  // namespace tubthump::rpc
