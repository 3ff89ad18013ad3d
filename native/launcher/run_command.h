// `tubthump run -- COMMAND`: restore when there is an image, else start.
#pragma once

namespace tubthump::launcher {

/// Arguments after the command's name. Returns the exit status.
int run_command(int argc, char** argv);

}  // namespace tubthump::launcher
