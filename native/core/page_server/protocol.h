// How CRIU sends the pages of what it dumps to a page server (its option `ps`), over one stream
// socket (criu/page-xfer.c of CRIU 4.2):
//
//   Open        the pages of one owner follow; answered with one byte: is there a parent image?
//   Pages       so many pages from this address; their bytes follow
//   CheckParent is there a parent image of this owner? answered with an int
//   Close       all is sent; answered with an int, 0 when it was also received
//
// CRIU goes on with its dump, and lets the processes go on, only after the last answer.
#pragma once

#include <cstdint>

#include "criu_image/pagemap.h"
#include "error/error.h"

namespace tubthump::page_server {

/// Whose pages they are; `id` is a pid, or that of a shared mapping.
struct Owner {
  enum class Kind : uint8_t { Process = 1, SharedMemory = 2 } kind;
  uint64_t id;
};

struct Command {
  enum class Kind { Open, CheckParent, Pages, Close } kind;
  Owner owner;                ///< Not of Close.
  criu_image::PageRun run{};  ///< Of Pages.
};

/// Blocks until there is one. Errors: DumpFailed when CRIU is gone or says what it never says in a
/// dump of ours.
Result<Command> receive_command(int socket);

/// Answers Open or CheckParent: there is none. Errors: DumpFailed.
Result<void> answer_no_parent(int socket, Command::Kind asked);

/// Answers Close. Errors: DumpFailed.
Result<void> answer_received(int socket);

}  // namespace tubthump::page_server
