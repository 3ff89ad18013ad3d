// Serves the pages of one restore: from CRIU's connection until no page is owed.
//
//   thread in serve()   CRIU's messages, faults and events of all processes; between them it copies
//                       what nobody has asked for yet
//   fillers             do the same where there are processors for them; started when all memory is
//                       in place, so that none of them takes a thread id that CRIU needs
//
// Every userfaultfd is also sent to the guard (guard.h), which keeps it open: a server that dies
// must leave faults waiting, for without a server the kernel answers them with zeroes.
#pragma once

#include <functional>
#include <vector>

#include "error/error.h"
#include "os/unique_fd.h"
#include "stream/lazy_memory.h"

namespace tubthump::stream {

enum class Serving {
  Everything,
  /// Only pages that are asked for, one at a time, as long as the guard listens: for one who wants
  /// to see which those are.
  Asked,
};

struct ServerOptions {
  UniqueFd listener;                        ///< lazy-pages.socket
  std::function<void()> connected = [] {};  ///< Called when CRIU has found it.
  UniqueFd guard;                           ///< The server's end of the guard's channel.
  std::vector<LazyMemory> memory;           ///< Of every process of the image.
  Serving serving = Serving::Everything;
  unsigned fillers = 0;  ///< Threads beside the one in serve().
};

/// Blocks until all pages are in place, the processes have ended, or the restore failed. Errors:
/// after the guard was told of them and the processes were ended.
Result<void> serve(ServerOptions options);

}  // namespace tubthump::stream
