// The namespaces that a copy is started in, all made before any clock runs. Its pids are free
// whatever else the machine does, everything that it starts can be found and ends with it, and
// several copies can have the same port.
#pragma once

#include <sys/types.h>

#include "error/error.h"
#include "meter/options.h"

namespace tubthump::meter {

/// fork(2) into new pid and mount namespaces, and a network of its own if that was asked for. The
/// child is the init of its pid namespace: when it exits, everything in there is killed first.
/// Errors: System, with EPERM without CAP_SYS_ADMIN.
Result<pid_t> fork_sandboxed(const Options& options);

/// In the child: /proc of the namespace, the loopback up, --run and --work in their places; it ends
/// with its parent. Errors: System.
Result<void> furnish_sandbox(const Options& options);

}  // namespace tubthump::meter
