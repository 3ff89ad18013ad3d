// The part of a restore that differs with the stream engine: a page server beside CRIU.
#pragma once

#include <optional>

#include "error/error.h"
#include "image/manifest.h"
#include "restore/image_check.h"
#include "rpc/request.h"
#include "stream/start_server.h"
#include "working_set/working_set.h"

namespace tubthump::restore {

/// How the pages that are not mapped come back.
enum class Paging {
  AsMade,  ///< As the checkpoint asked for.
  Eager,   ///< CRIU copies them before the copy runs.
  Stream,  ///< Our page server brings them while it runs.
  Asked,   ///< It brings only pages that are asked for, one at a time: tells which those are.
};

/// Starts a server for every process of `image` and lets `request` use it. `touched`: what copies
/// want first, if that is known. Errors: ImageInvalid, Userfaultfd, System; nothing is left then.
Result<stream::StartedServer> start_streaming(const OpenImage& image, Paging paging,
                                              const std::optional<working_set::WorkingSet>& touched,
                                              stream::Guard::OnLost on_lost, rpc::Request& request);

[[nodiscard]] bool is_streamed(Paging paging, const image::Manifest& manifest);

}  // namespace tubthump::restore
