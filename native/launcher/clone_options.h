// The command line of `clone`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "error/error.h"
#include "launcher/copy_options.h"

namespace tubthump::launcher {

/// The text that `clone --help` prints.
extern const char* const kCloneHelp;

/// {n} in a text is replaced for each copy.
struct CloneOptions : CopyOptions {
  std::string images;
  int count = 1;
  int first = 1;                       ///< --first N: number of the first copy.
  int at_once = 0;                     ///< 0: two for each processor.
  std::string port;                    ///< --port 8100+
  std::string listen;                  ///< --listen RULE; several, with commas between.
  bool reuse_port = false;             ///< --reuse-port
  std::string own;                     ///< --own LIST
  std::string ip;                      ///< --ip ADDRESS
  std::string bridge;                  ///< --bridge NAME
  std::string network;                 ///< --net PATH
  std::string hostname;                ///< --hostname NAME
  std::string cgroup;                  ///< --cgroup DIR
  std::vector<std::string> limits;     ///< --limit FILE=VALUE
  std::string log;                     ///< --log FILE
  std::vector<std::string> arguments;  ///< What follows `--`.
  /// --control FD; then the first copy's stdin, stdout and stderr are the three descriptors behind
  /// it, and so on.
  std::optional<int> control;
};

/// Errors: Usage.
Result<CloneOptions> parse_clone(int argc, char** argv);

}  // namespace tubthump::launcher
