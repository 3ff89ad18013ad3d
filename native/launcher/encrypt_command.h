// `tubthump encrypt` and `tubthump decrypt`: an image that is there, made into another one.
#pragma once

namespace tubthump::launcher {

/// Exit statuses, as main() returns them.
int encrypt_command(int argc, char** argv);
int decrypt_command(int argc, char** argv);

}  // namespace tubthump::launcher
