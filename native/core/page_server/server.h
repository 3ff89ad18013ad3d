// A page server for one dump: CRIU sends the pages, and they are written once, where a restore will
// map them. Without it CRIU writes them to its pages file, and baking copies them from there.
//
//   auto server = PageServer::start(directory, {pid, "heap.img", lay_out});
//   ... swrk inherits server->take_client(), the request has its number there in `ps` ...
//   ... at post-dump: Result<bake::Placed> placed = server->finish();
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bake/placed.h"
#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::page_server {

/// The process whose heap goes to a file of its own.
struct Heap {
  pid_t pid = 0;
  std::string file;
  /// Called when its pages are about to come: the process is frozen from then on.
  std::function<Result<std::vector<bake::Stretch>>()> lay_out;
  /// Pages of zeros become holes of the file.
  bool holes = true;
  /// The disk starts to write while more comes: fsync(2) has less to wait for then, but the process
  /// stands still for longer.
  bool write_early = false;
};

class PageServer {
 public:
  /// Starts a thread that writes into `directory`. Errors: System.
  static Result<std::unique_ptr<PageServer>> start(int directory, Heap heap);

  PageServer(const PageServer&) = delete;
  PageServer& operator=(const PageServer&) = delete;
  /// Ends the connection, if there still is one; a CRIU that is still sending fails then, and lets
  /// the processes go on.
  ~PageServer();

  /// The end for CRIU. It must not stay open here, or nobody notices that CRIU is gone.
  [[nodiscard]] UniqueFd take_client() { return std::move(client_); }

  /// What became of the pages of the heap's process. To be called once, when CRIU has said that
  /// the dump is complete, or has failed. Errors: ImagePublish when they could not be written,
  /// DumpFailed when not all came, and those of Heap::lay_out.
  Result<bake::Placed> finish();

 private:
  PageServer(int directory, Heap heap, UniqueFd socket, UniqueFd client);

  Result<bake::Placed> serve();
  void end();

  int directory_;
  Heap heap_;
  UniqueFd socket_;
  UniqueFd client_;
  Result<bake::Placed> placed_;  ///< Of the thread, until it has ended.
  std::thread thread_;
};

}  // namespace tubthump::page_server
