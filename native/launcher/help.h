// The texts that `run --help` and `restore --help` print.
#pragma once

namespace tubthump::launcher {

extern const char* const kRunHelp;
extern const char* const kRestoreHelp;

}  // namespace tubthump::launcher
