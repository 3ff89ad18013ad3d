// Brings one copy of an image back as a child of the calling process.
//
//   RestoreOptions options{.criu = "/usr/sbin/criu", .images = "/var/images/shop"};
//   options.payload = make_payload(environ, {});
//   Result<Copy> copy = restore_copy(options);      // copy->pid is our child: wait for it
// In two steps, with any time between them: parked.h.
#pragma once

#include <sys/types.h>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "error/error.h"
#include "os/unique_fd.h"
#include "restore/checked_image.h"
#include "restore/payload.h"
#include "restore/streaming.h"

namespace tubthump::restore {

struct RestoreOptions {
  std::string criu;
  std::string images;
  std::string public_key;  ///< PEM file: the image has to be signed with its key; empty: need not.
  ReadAll read_all = ReadAll::IfOfOthers;
  Payload payload;
  std::array<int, 3> stdio{0, 1, 2};  ///< What becomes the copy's stdin, stdout, stderr.
  std::chrono::milliseconds timeout{60'000};
  /// What others know the copy by, for its payload; for a caller in a namespace of its own.
  std::function<pid_t(pid_t)> pid_outside;
  int log_level = 1;  ///< CRIU's; 4 costs real time.
  Paging paging = Paging::AsMade;
  /// Called by a thread of the copy's guard when the page server was lost and the copy is ended.
  stream::Guard::OnLost on_lost = [](const Error&) {};
  bool prefault = true;  ///< Of park_copy: the copy maps its working set while it waits.
};

struct Copy {
  pid_t pid = 0;
  UniqueFd channel;  ///< Our end of its channel: its next dump request comes here.
  std::string clone_id;
  std::string image_id;
  int generation = 0;
  std::unique_ptr<stream::Guard> guard;  ///< Of its page server; ends the copy if that is lost.
  std::string unused;                    ///< Why the working set was not used, empty otherwise.
};

/// Checks the image, sees to CRIU's kdat cache, restores through `criu swrk`.
/// Blocks until the copy runs. Not for a multi-threaded caller: seeding kdat forks.
/// Errors: ImageMissing, ImageInvalid, ImageMismatch, ImageUntrusted, PidTaken, CriuNotFound,
/// CriuSpawn, Rpc*, RestoreFailed (with CRIU's first error and its log), Userfaultfd and PageServer
/// when the image is streamed. After an error no copy is left.
Result<Copy> restore_copy(const RestoreOptions& options);

}  // namespace tubthump::restore
