// The part of a restore that differs with the stream engine: a page server beside CRIU.
#pragma once

#include <vector>

#include "error/error.h"
#include "image/manifest.h"
#include "restore/image_check.h"
#include "rpc/request.h"
#include "stream/start_server.h"

namespace tubthump::restore {

/// How the pages that are not mapped come back.
enum class Paging {
  AsMade,  ///< As the checkpoint asked for.
  Eager,   ///< CRIU copies them before the copy runs.
  Stream,  ///< Our page server brings them while it runs.
};

/// Starts a server for every process of `image` and lets `request` use it.
/// Errors: ImageInvalid, Userfaultfd, System; nothing is left then.
Result<stream::StartedServer> start_streaming(const OpenImage& image, stream::Guard::OnLost on_lost,
                                              rpc::Request& request);

[[nodiscard]] bool is_streamed(Paging paging, const image::Manifest& manifest);

}  // namespace tubthump::restore
