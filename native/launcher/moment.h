// When a service that `run` starts is to be checkpointed: --checkpoint WHEN and --signal NAME.
#pragma once

#include <string_view>

#include "error/error.h"

namespace tubthump::launcher {

/// manual, before-listen, listening, ready, warm, requests=N or idle=MS.
/// Errors: Usage.
Result<void> check_moment(std::string_view moment);

/// A signal that a service may be asked by: SIGUSR2 or SIGHUP.
/// Errors: Usage.
Result<void> check_signal(std::string_view name);

/// Whether the moment comes by itself: all but `manual` and none.
bool is_automatic(std::string_view moment);

}  // namespace tubthump::launcher
