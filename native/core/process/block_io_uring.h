// io_uring answered with ENOSYS, for this thread and all that it starts.
//
// CRIU cannot dump io_uring rings, and libuv >= 1.51 (Node >= 22) opens some for every loop, even
// with UV_USE_IO_URING=0; told ENOSYS it goes on with epoll. Container runtimes' default profiles
// do the same.
#pragma once

#include "error/error.h"

namespace tubthump::process {

/// Call it between fork and exec. Without CAP_SYS_ADMIN it also sets no_new_privs, as seccomp(2)
/// demands. Errors: System.
Result<void> block_io_uring();

}  // namespace tubthump::process
