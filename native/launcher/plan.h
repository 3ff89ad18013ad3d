// What a service is told at its start, in TUBTHUMP_PLAN: src/when/plan.ts reads it and removes it.
#pragma once

#include <optional>
#include <string>

#include "error/error.h"
#include "launcher/options.h"

namespace tubthump::launcher {

/// JSON, or an empty text when there is nothing to tell. `fallback` is why the service was not
/// restored although there was an image.
std::string make_plan(const Options& options, const std::optional<Error>& fallback);

}  // namespace tubthump::launcher
