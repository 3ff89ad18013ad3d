// A page server in a process of its own.
//
//   auto server = start_server({*load_lazy_memory(images, pid)}, tasks, on_lost);
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

namespace tubthump::stream {

struct StartedServer {
  pid_t pid = 0;         ///< Our child; it ends by itself and is to be reaped.
  size_t processes = 0;  ///< That it serves.
  WorkDirectory work;
  std::unique_ptr<Guard> guard;
};

/// Forks a server of `memory`, as load_lazy_memory() read and checked it. `taken`: ids that it must
/// not have. Not for a multi-threaded caller. Errors: Userfaultfd, System.
Result<StartedServer> start_server(std::vector<LazyMemory> memory, const std::vector<pid_t>& taken,
                                   Guard::OnLost on_lost);

}  // namespace tubthump::stream
