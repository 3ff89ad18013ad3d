// Control sockets of services, as src/control/location.ts names them.
#pragma once

#include <sys/types.h>

namespace tubthump::control {

/// Of root's services. Others have theirs in /tmp/tubthump-UID.
inline constexpr const char* kRootDirectory = "/run/tubthump";

/// Removes what a service of this user, which was reaped, has left there: its socket when it was
/// killed, the mark of a checkpoint when it ended with it. Nothing happens where there is neither,
/// or where the directory is not this user's alone.
void remove_files_of(pid_t service);

}  // namespace tubthump::control
