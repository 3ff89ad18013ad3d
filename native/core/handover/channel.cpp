#include "handover/channel.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

namespace tubthump::handover {

namespace {

static_assert(std::endian::native == std::endian::little);

using Header = std::array<char, sizeof(uint32_t)>;

Result<void> wait_for(int socket, short events, Deadline deadline) {
  pollfd entry{socket, events, 0};
  for (;;) {
    int ready = ::poll(&entry, 1, deadline.poll_timeout());
    if (ready > 0) return {};
    if (ready == 0) return fail(ErrorCode::RpcTimeout, "no answer on the channel in time");
    if (errno != EINTR) return fail_errno(ErrorCode::System, "poll the channel");
  }
}

bool is_gone(int error) { return error == EPIPE || error == ECONNRESET || error == ENOTCONN; }

Result<void> send_bytes(int socket, std::string_view bytes, std::span<const int> fds,
                        Deadline deadline) {
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * kMaxDescriptors)] = {};
  while (!bytes.empty()) {
    iovec part{const_cast<char*>(bytes.data()), bytes.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (!fds.empty()) {
      message.msg_control = control;
      message.msg_controllen = CMSG_SPACE(fds.size_bytes());
      cmsghdr* header = CMSG_FIRSTHDR(&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN(fds.size_bytes());
      std::memcpy(CMSG_DATA(header), fds.data(), fds.size_bytes());
    }
    ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN) {
        if (auto ready = wait_for(socket, POLLOUT, deadline); !ready) return ready;
        continue;
      }
      return fail_errno(is_gone(errno) ? ErrorCode::HandoverLost : ErrorCode::System,
                        "send on the channel");
    }
    bytes.remove_prefix(static_cast<size_t>(sent));
    fds = {};  // They went with the first byte.
  }
  return {};
}

Result<void> receive_bytes(int socket, std::span<char> out, std::vector<UniqueFd>& fds,
                           Deadline deadline) {
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * kMaxDescriptors)];
  while (!out.empty()) {
    iovec part{out.data(), out.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ssize_t got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (got < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN) {
        if (auto ready = wait_for(socket, POLLIN, deadline); !ready) return ready;
        continue;
      }
      return fail_errno(is_gone(errno) ? ErrorCode::HandoverLost : ErrorCode::System,
                        "receive on the channel");
    }
    for (cmsghdr* header = CMSG_FIRSTHDR(&message); header;
         header = CMSG_NXTHDR(&message, header)) {
      if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
      size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
      for (size_t i = 0; i < count; i++) {
        int fd;
        std::memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof fd);
        fds.emplace_back(fd);
      }
    }
    if (got == 0) return fail(ErrorCode::HandoverLost, "the other end of the channel is closed");
    out = out.subspan(static_cast<size_t>(got));
  }
  return {};
}

}  // namespace

Result<Channel> open_channel() {
  std::array<int, 2> ends;
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) < 0)
    return fail_errno(ErrorCode::System, "socketpair");
  return Channel{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Result<void> send_frame(int socket, std::string_view json, std::span<const int> fds,
                        Deadline deadline) {
  if (json.size() > kMaxFrame || fds.size() > kMaxDescriptors)
    return fail(ErrorCode::HandoverInvalid, "frame too large for the channel");
  Header header = std::bit_cast<Header>(static_cast<uint32_t>(json.size()));
  if (auto sent = send_bytes(socket, {header.data(), header.size()}, fds, deadline); !sent)
    return sent;
  return send_bytes(socket, json, {}, deadline);
}

Result<Frame> receive_frame(int socket, Deadline deadline) {
  Frame frame;
  Header header;
  if (auto got = receive_bytes(socket, header, frame.fds, deadline); !got)
    return std::unexpected(got.error());
  uint32_t length = std::bit_cast<uint32_t>(header);
  if (length > kMaxFrame)
    return fail(ErrorCode::HandoverInvalid, "the channel carries no frame of ours");
  frame.json.resize(length);
  if (auto got = receive_bytes(socket, frame.json, frame.fds, deadline); !got)
    return std::unexpected(got.error());
  return frame;
}

}  // namespace tubthump::handover
