// How the launcher says that something failed.
#pragma once

#include "error/error.h"

namespace tubthump::launcher {

/// Prints "tubthump: message (CODE)" and the hint, or one JSON object; returns the exit status.
int report(const Error& error, bool as_json);

/// One line for a restore that failed and is followed by a normal start.
void report_fallback(const Error& error);

}  // namespace tubthump::launcher
