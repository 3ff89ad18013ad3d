// One dump: staging directory, CRIU, manifest, publication.
#pragma once

#include <sys/types.h>

#include <string>

#include "dump/request.h"
#include "error/error.h"

namespace tubthump::dump {

/// Dumps `target`. The image is completed at CRIU's post-dump notification, while the process is
/// still frozen. Without `leave_running` it is published then, too: if that fails the process runs
/// on, if CRIU fails after it, the image is withdrawn, and on success the process is gone. A
/// process that goes on anyway does so before its image is published. Blocks; the caller must not
/// be a descendant of `target`. Errors: ImagePublish, CriuSpawn, Rpc*, DumpFailed (with CRIU's
/// first error and its log).
Result<void> dump_image(const DumpRequest& request, const Target& target);

}  // namespace tubthump::dump
