#include "process/own_session.h"

#include <fcntl.h>
#include <unistd.h>

#include "os/unique_fd.h"

namespace tubthump::process {

Result<void> ensure_own_session() {
  // getsid(2) answers 0 for a leader that has no pid in our namespace.
  if (::getsid(0) != 0) return {};
  constexpr const char* kRemedy =
      "the session leader is outside our pid namespace: start the service with `tubthump run --` "
      "or `setsid`";
  // A new session has no controlling terminal: Ctrl-C would not reach the service any more.
  if (UniqueFd terminal(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)); terminal)
    return fail(ErrorCode::System, kRemedy);
  if (::setsid() < 0) return fail_errno(ErrorCode::System, kRemedy);
  return {};
}

}  // namespace tubthump::process
