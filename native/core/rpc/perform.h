// One operation from request to final answer, its notifications answered on the way.
#pragma once

#include <functional>

#include "rpc/response.h"
#include "rpc/session.h"

namespace tubthump::rpc {

/// Returns whether CRIU is to go on.
using NotifyHandler = std::function<bool(const Notification&)>;

/// Sends `request`, answers every notification by `on_notify` (none: always go on) and returns the
/// final answer, which may say success = false. The deadline covers all of it.
/// Errors: Rpc*, System.
Result<Response> perform(Session& session, const Request& request, const NotifyHandler& on_notify,
                         Deadline deadline);

}  // namespace tubthump::rpc
