// One connection to CRIU: packets over SOCK_SEQPACKET, which Node's `net` cannot speak.
//
//   Result<void> sent = session.send(bytes, {});
//   Result<Packet> packet = session.receive(Deadline::after(10s));
//
// CRIU answers one request per connection (except page server, cpuinfo, feature check, version).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "error/error.h"
#include "os/deadline.h"
#include "os/unique_fd.h"

namespace tubthump::rpc {

struct Packet {
  std::string bytes;          ///< One protobuf message, of any size.
  std::vector<UniqueFd> fds;  ///< Sent along, as orphan-pts-master does.
};

/// Concurrency: one thread at a time; cancel() from any thread.
class Session {
 public:
  explicit Session(UniqueFd socket);
  Session(Session&&) = default;
  Session& operator=(Session&&) = default;

  /// Errors: RpcClosed when CRIU is gone, RpcAborted, System.
  Result<void> send(std::string_view bytes);

  /// Errors: RpcClosed on end of file, RpcTimeout, RpcAborted after cancel(), System.
  Result<Packet> receive(Deadline deadline);

  /// Ends a pending receive and all that follow with RpcAborted.
  void cancel();

  [[nodiscard]] int fd() const { return socket_.get(); }

 private:
  UniqueFd socket_;
  UniqueFd cancelled_;  ///< eventfd, readable for good after cancel().
};

}  // namespace tubthump::rpc
