// The command line of tubthump-meter: what one sample is made of.
#pragma once

#include <cstdint>
#include <string>

#include "error/error.h"

namespace tubthump::meter {

extern const char* const kUsage;

struct Options {
  uint16_t port = 0;         ///< --port N: where the service answers, on 127.0.0.1.
  std::string path = "/";    ///< --path PATH
  int copies = 1;            ///< --copies N: started at once.
  bool own_network = false;  ///< --own-network: every copy has the port for itself.
  std::string run;           ///< --run DIR: put over /run.
  std::string work;          ///< --work DIR: an empty tmpfs is put over it, one for each copy.
  std::string channel;       ///< --channel FILE: descriptor 3 is a socket from which it is read.
  std::string evict;         ///< --evict DIR: its files leave the page cache before the start.
  bool drop_caches = false;  ///< --drop-caches: everything leaves it.
  double pause = 0;          ///< --pause SECONDS: of rest right before the start.
  int warm = 0;              ///< --warm N: requests before those that are timed.
  int requests = 0;          ///< --requests N: timed one by one, after the first answer.
  std::string gc;            ///< --gc PATH: asked for once; answers after a full collection.
  int throughput = 0;        ///< --throughput N: requests over several connections.
  int settle = 0;            ///< --settle N: as many before them, not timed.
  bool parked = false;       ///< --parked: the clock starts with SIGCONT to the command.
  bool terminate = false;    ///< --terminate: SIGTERM, and time to end, instead of SIGKILL.
  int limit_seconds = 120;   ///< --limit SECONDS: for the first answer.
  char** command = nullptr;  ///< What follows `--`.
};

/// Errors: Usage.
Result<Options> parse(int argc, char** argv);

}  // namespace tubthump::meter
