// A page server in a process of its own.
//
//   auto server = start_server({*load_lazy_memory(images, pid)}, Serving::Everything, tasks, lost);
//   request.options->lazy_pages = true;
//   request.options->work_dir_fd = server->work.fd();
#pragma once

#include <sys/types.h>

#include <memory>
#include <vector>

#include "error/error.h"
#include "stream/criu_socket.h"
#include "stream/guard.h"
#include "stream/lazy_memory.h"
#include "stream/server.h"

namespace tubthump::stream {

struct StartedServer {
  pid_t pid = 0;         ///< Our child; it ends by itself and is to be reaped.
  size_t processes = 0;  ///< That it serves.
  WorkDirectory work;
  std::unique_ptr<Guard> guard;
};

/// Forks a server of `memory`, as load_lazy_memory() read and checked it. `taken`: ids that it must
/// not have. Not for a multi-threaded caller. Errors: Userfaultfd, System.
Result<StartedServer> start_server(std::vector<LazyMemory> memory, Serving serving,
                                   const std::vector<pid_t>& taken, Guard::OnLost on_lost);

/// Ends and reaps it. Errors: what it was lost by before, PageServer and others.
Result<void> end_server(const StartedServer& server);

/// Threads of a server beside its first: two processors are the service's and the server's own, and
/// a third thread would slow both.
unsigned count_fillers();

}  // namespace tubthump::stream
