// Every command that is not native: the TypeScript CLI takes over in this same process.
#pragma once

#include <string>

namespace tubthump::launcher {

/// The directory of the installed package, from /proc/self/exe (PACKAGE/build/Release/tubthump).
std::string package_directory();

/// Path of this executable.
std::string own_path();

/// Does not return unless Node or the CLI's files are missing; then the exit status.
int delegate_to_cli(char** argv);

}  // namespace tubthump::launcher
