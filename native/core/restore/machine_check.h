// Whether a copy can live on this machine, as this user: what CRIU would find out late, not at all,
// or by waiting for ever.
#pragma once

#include "error/error.h"
#include "image/manifest.h"

namespace tubthump::restore {

/// Errors: ImageMismatch naming the instruction sets that this processor lacks.
Result<void> check_cpu(const image::Manifest& manifest);

/// Errors: Capability naming those that we lack: CRIU's own, or what the dumped process had.
Result<void> check_capabilities(const image::Manifest& manifest);

}  // namespace tubthump::restore
