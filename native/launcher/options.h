// Command lines of `run` and `restore`.
#pragma once

#include <string>
#include <vector>

#include "error/error.h"
#include "launcher/copy_options.h"

namespace tubthump::launcher {

struct Options : CopyOptions {
  std::string images;                ///< --images DIR, TUBTHUMP_IMAGES, or restore's argument.
  bool fallback = true;              ///< --no-fallback
  bool parked = false;               ///< --parked, of restore.
  std::string checkpoint;            ///< --checkpoint WHEN, see moment.h; empty: none.
  bool exit = false;                 ///< --exit: the dump ends the service.
  std::string signal;                ///< --signal NAME: makes the service checkpoint itself.
  std::vector<std::string> warm;     ///< --warm URL, may repeat.
  std::string warm_requests;         ///< --warm-requests N, checked by the command that sends them.
  std::string until;                 ///< --until stable
  std::vector<std::string> command;  ///< What follows `--`.
};

/// Errors: Usage.
Result<Options> parse_run(int argc, char** argv);

/// Errors: Usage.
Result<Options> parse_restore(int argc, char** argv);

}  // namespace tubthump::launcher
