// Which CRIU is at the other end of a session, asked before its one request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "error/error.h"
#include "rpc/response.h"
#include "rpc/session.h"

namespace tubthump::rpc {

/// "4.2.1", or "4.2" for sublevel 0.
std::string to_text(const Version& version);
/// The opposite; nothing for other text.
std::optional<Version> parse_version(std::string_view text);

/// Asks without waiting: a CRIU that was just started answers when it is ready for its request.
Result<void> ask_version(Session& session, Deadline deadline);

/// The answer. Errors: of Session::receive(); RpcGarbage, RpcUnexpected.
Result<Version> hear_version(Session& session, Deadline deadline);

}  // namespace tubthump::rpc
