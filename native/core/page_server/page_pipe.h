// Bytes of a socket into a file, inside the kernel: splice(2) needs a pipe in between. What CRIU
// has put into the socket are the process's own pages; this copies them, once, to the page cache.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::page_server {

class PagePipe {
 public:
  /// Errors: System.
  static Result<PagePipe> open();

  /// Lets the next `size` bytes of `socket` go. Errors: DumpFailed when they do not come.
  Result<void> skip(int socket, uint64_t size);

  /// The next `size` bytes of `socket` to `offset` of `file`, which is called `name`. Blocks.
  /// Errors: ImagePublish when the file does not take them, DumpFailed when they do not come.
  Result<void> move(int socket, int file, uint64_t offset, uint64_t size, const std::string& name);

 private:
  PagePipe(UniqueFd out, UniqueFd in, UniqueFd nothing, uint64_t room);

  /// Into the pipe, which is empty. Returns bytes.
  Result<uint64_t> fill(int socket, uint64_t size);
  /// To `at` of `file`, which moves on; nullptr where it has no places.
  Result<void> pass(int socket, int file, off64_t* at, uint64_t size, const std::string& name);

  UniqueFd out_;
  UniqueFd in_;
  UniqueFd nothing_;  ///< /dev/null
  uint64_t room_;     ///< Bytes.
};

}  // namespace tubthump::page_server
