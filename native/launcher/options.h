// Command lines of `run` and `restore`, parsed with getopt_long.
#pragma once

#include <string>
#include <vector>

#include "error/error.h"
#include "restore/streaming.h"

namespace tubthump::launcher {

struct Options {
  std::string images;                    ///< --images DIR, TUBTHUMP_IMAGES, or restore's argument.
  std::string criu;                      ///< --criu PATH; empty: search.
  std::vector<std::string> environment;  ///< --env NAME=value, may repeat.
  std::string public_key;                ///< --require-signature FILE; empty: none is required.
  bool fallback = true;                  ///< --no-fallback
  bool strict = false;                   ///< --strict
  restore::Paging paging = restore::Paging::AsMade;  ///< --engine
  bool parked = false;                               ///< --parked, of restore.
  bool json = false;                                 ///< --json: errors as JSON on stderr.
  bool help = false;
  int timeout_ms = 60'000;           ///< --timeout SECONDS, for the restore.
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
