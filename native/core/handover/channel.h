// Frames on the channel: a unix stream socket between a service and whoever dumps or restores it.
//
// One frame is a 32-bit little-endian length and that many bytes of JSON; descriptors travel with
// the length (SCM_RIGHTS). A stream, not SEQPACKET: an environment may be larger than a packet.
//
//   send_frame(fd, R"({"status":"resumed"})", {0, 1, 2}, Deadline::never());
//   Result<Frame> frame = receive_frame(fd, Deadline::never());
//
// Concurrency: one reader and one writer per socket.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "error/error.h"
#include "os/deadline.h"
#include "os/unique_fd.h"

namespace tubthump::handover {

/// Longest frame that is accepted, in bytes: far above any environment that execve takes.
inline constexpr size_t kMaxFrame = 64u << 20;

/// Most descriptors that one frame may carry.
inline constexpr size_t kMaxDescriptors = 64;

struct Channel {
  UniqueFd ours;
  UniqueFd theirs;
};

/// Both ends of a new channel, closed on exec.
Result<Channel> open_channel();

struct Frame {
  std::string json;
  std::vector<UniqueFd> fds;
};

/// Sends one frame, waiting for room until the deadline.
/// Errors: HandoverLost when the peer is gone, RpcTimeout, System.
Result<void> send_frame(int socket, std::string_view json, std::span<const int> fds,
                        Deadline deadline);

/// Receives one frame.
/// Errors: HandoverLost on end of file, HandoverInvalid on a length that cannot be, RpcTimeout.
Result<Frame> receive_frame(int socket, Deadline deadline);

}  // namespace tubthump::handover
