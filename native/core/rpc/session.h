// One connection to CRIU: packets over SOCK_SEQPACKET, which Node's `net` cannot speak.
//
//   Result<void> sent = session.send(bytes, Deadline::after(1s));
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

/// Concurrency: one thread sends and one receives at a time; cancel() from any thread.
class Session {
 public:
  explicit Session(UniqueFd socket);
  Session(Session&&) = default;
  Session& operator=(Session&&) = default;

  /// Errors: RpcClosed when CRIU is gone, RpcTimeout when it does not read, RpcAborted, System.
  Result<void> send(std::string_view bytes, Deadline deadline);

  /// Errors: RpcClosed on end of file, RpcGarbage for an empty packet, RpcTimeout, RpcAborted after
  /// cancel(), System.
  Result<Packet> receive(Deadline deadline);

  /// Ends what is pending and all that follows with RpcAborted.
  void cancel();

  [[nodiscard]] int fd() const { return socket_.get(); }

 private:
  Result<Packet> take(size_t length);

  UniqueFd socket_;
  UniqueFd cancelled_;  ///< eventfd, readable for good after cancel().
};

}  // namespace tubthump::rpc
