// What a service asks of its dump agent.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "bake/heap_range.h"
#include "encryption/key_source.h"
#include "error/error.h"

namespace tubthump::dump {

/// The process that is to be dumped; it waits on its end of the channel.
struct Target {
  pid_t pid = 0;
  ino_t channel_inode = 0;
  std::vector<bake::HeapRange> heap;  ///< What may be mapped at restore.
};

struct DumpRequest {
  std::string images;         ///< Absolute path of the directory that is to appear.
  std::string criu;           ///< CRIU binary; empty: the ladder of criu/find.h.
  std::string service;        ///< Socket of a running `criu service`; empty: swrk.
  bool leave_running = true;  ///< The service goes on after the dump.
  std::chrono::milliseconds timeout{60'000};
  int log_level = 2;          ///< CRIU's 0 to 4; 4 costs real time.
  bool map_heap = true;       ///< Bake the image, where the service's heap is known.
  bool stream = false;        ///< The image is for the stream engine.
  encryption::KeySource key;  ///< What the image is encrypted with; none: it is not.
  std::string pad;  ///< A file that goes when the image is complete and the service ended.
  std::string manifest_draft;  ///< JSON object with what only the library knows.
};

/// Errors: HandoverInvalid naming the field.
Result<DumpRequest> parse_request(std::string_view json);

/// Reads {"pid": N, "inode": N, "heap": [{"start": N, "size": N}]}, which the service sends beside
/// its request.
Result<Target> parse_target(std::string_view json);

}  // namespace tubthump::dump
