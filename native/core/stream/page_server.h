// A page server as a program of its own, for callers that have threads and cannot fork one, and for
// images that have no manifest.
//
//   auto server = spawn_server(launcher, images, on_lost);  // In the caller.
//   page_server(work);                                      // In `tubthump page-server WORK`.
#pragma once

#include <string>

#include "error/error.h"
#include "stream/guard.h"
#include "stream/start_server.h"

namespace tubthump::stream {

/// Starts `program page-server` for all processes in `images`, a directory; returns when it has
/// read and checked the image. It is our child. Blocks for a few ms. Concurrency: any thread.
/// Errors: ImageInvalid, Userfaultfd, ExecFailed, System.
Result<StartedServer> spawn_server(const std::string& program, int images, Guard::OnLost on_lost);

/// What the program does, with the descriptors that spawn_server() gave it. Returns its exit
/// status.
int page_server(const std::string& work);

}  // namespace tubthump::stream
