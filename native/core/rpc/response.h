// CRIU's answers, decoded without Node.
#pragma once

#include <sys/types.h>

#include <compare>
#include <string>
#include <string_view>

#include "error/error.h"
#include "rpc/request.h"

namespace tubthump::rpc {

struct Notification {
  std::string script;  ///< "post-dump", "pre-resume" …
  pid_t pid = 0;       ///< Of the restored root, where CRIU tells it.
};

/// criu_version
struct Version {
  int major = 0;
  int minor = 0;
  int sublevel = 0;

  auto operator<=>(const Version&) const = default;
};

/// criu_resp
struct Response {
  RequestType type = RequestType::Empty;
  bool success = false;
  int cr_errno = 0;
  std::string cr_errmsg;  ///< First error logged, often a harmless one: never proof of failure.
  pid_t pid = 0;          ///< RESTORE: the copy.
  Notification notification;
  Version version;  ///< VERSION
};

/// Errors: RpcGarbage when the bytes are no criu_resp.
Result<Response> decode_response(std::string_view bytes);

}  // namespace tubthump::rpc
