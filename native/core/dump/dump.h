// One dump: staging directory, CRIU, manifest, publication.
#pragma once

#include <sys/types.h>

#include <string>

#include "dump/request.h"
#include "error/error.h"

namespace tubthump::dump {

/// Dumps `target`. The image is published at CRIU's post-dump notification, while the process is
/// still frozen: if publishing fails the process runs on, and if CRIU fails after it, the image is
/// withdrawn. Without `leave_running` the process is gone on success.
/// Blocks; the caller must not be a descendant of `target`.
/// Errors: ImagePublish, CriuSpawn, Rpc*, DumpFailed (with CRIU's first error and its log).
Result<void> dump_image(const DumpRequest& request, const Target& target);

}  // namespace tubthump::dump
