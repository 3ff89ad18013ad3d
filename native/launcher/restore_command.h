// `tubthump restore DIR`.
#pragma once

namespace tubthump::launcher {

/// Arguments after the command's name. Returns the exit status.
int restore_command(int argc, char** argv);

}  // namespace tubthump::launcher
