// How the launcher says that something failed, and its exit statuses (the CLI's own are equal).
#pragma once

#include "error/error.h"

namespace tubthump::launcher {

/// sysexits.h where it has a fitting one; docs/cli.md lists them.
int exit_status_of(ErrorCode code);

/// Prints "tubthump: message (CODE)" and the hint, or one JSON object; returns the exit status.
int report(const Error& error, bool as_json);

/// One line for a restore that failed and is followed by a normal start.
void report_fallback(const Error& error);

}  // namespace tubthump::launcher
