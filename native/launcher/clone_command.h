// `tubthump clone DIR -n N`: many copies of one image, side by side.
#pragma once

namespace tubthump::launcher {

/// Arguments after the command's name. Returns the exit status.
int clone_command(int argc, char** argv);

}  // namespace tubthump::launcher
