// What `criu restore` with lazy_pages tells its page server, over a stream socket called
// lazy-pages.socket in its working directory (criu/uffd.c of CRIU 4.2):
//
//   for each process   its id as it was dumped, an int; then one byte with its userfaultfd
//                      (SCM_RIGHTS), before any of its memory is in place
//   for each zombie    minus its id
//   at last            0x52535446: all memory is in place, the processes are about to run
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::stream {

/// A directory for CRIU to work in, with its lazy-pages.socket: 0700, gone with this object. It has
/// the pid of who made it in its name.
///
/// Page servers inherit it and remove it too, as soon as CRIU has found the socket: nothing stays
/// of a launcher that is killed.
class WorkDirectory {
 public:
  /// Errors: System.
  static Result<WorkDirectory> create();
  /// One that another process has made, for who removes it as well.
  static WorkDirectory adopt(std::string path);
  WorkDirectory(WorkDirectory&& other) noexcept;
  WorkDirectory& operator=(WorkDirectory&&) = delete;
  ~WorkDirectory();

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] int fd() const { return directory_.get(); }

  /// Nobody but the server is to hold it, or CRIU would wait for a server that is gone.
  [[nodiscard]] UniqueFd take_listener() { return std::move(listener_); }

  /// Removes what is there; who works in it, goes on in a directory without a name.
  void remove() const;

 private:
  WorkDirectory(std::string path, UniqueFd directory, UniqueFd listener);

  std::string path_;
  UniqueFd directory_;
  UniqueFd listener_;
};

struct CriuMessage {
  enum class Kind { Process, Zombie, Restored, Closed } kind = Kind::Closed;
  pid_t pid = 0;   ///< As it was dumped.
  pid_t task = 0;  ///< Its id here: with a pid namespace of its own it has another.
  UniqueFd userfaultfd{};
};

/// Blocks until CRIU has sent one message. Errors: PageServer when it makes no sense.
Result<CriuMessage> receive_message(int socket);

}  // namespace tubthump::stream
