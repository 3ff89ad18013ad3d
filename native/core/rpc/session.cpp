#include "rpc/session.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

namespace tubthump::rpc {

namespace {

constexpr size_t kMaxDescriptors = 16;
constexpr std::chrono::milliseconds kRetry(1);

std::unexpected<Error> closed() {
  return fail(ErrorCode::RpcClosed, "CRIU closed the connection without an answer");
}

/// Waits until one of `events` is there, and returns all that are.
Result<short> wait_for(short events, int socket, int cancelled, Deadline deadline) {
  pollfd entries[] = {{socket, events, 0}, {cancelled, POLLIN, 0}};
  for (;;) {
    int ready = ::poll(entries, 2, deadline.poll_timeout());
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return fail_errno(ErrorCode::System, "poll the RPC socket");
    if (ready == 0) return fail(ErrorCode::RpcTimeout, "CRIU did not answer in time");
    if (entries[1].revents) return fail(ErrorCode::RpcAborted, "cancelled by the caller");
    return entries[0].revents;
  }
}

/// Length of the next packet; 0 for an empty one and at end of file.
ssize_t peek(int socket) {
  // MSG_TRUNC makes recv return the packet's real length, whatever the buffer holds.
  char nothing;
  return ::recv(socket, &nothing, sizeof nothing, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
}

void collect(msghdr& message, std::vector<UniqueFd>& fds) {
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < count; i++) {
      int fd;
      std::memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof fd);
      fds.emplace_back(fd);
    }
  }
}

}  // namespace

Session::Session(UniqueFd socket)
    : socket_(std::move(socket)), cancelled_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Result<void> Session::send(std::string_view bytes, Deadline deadline) {
  for (;;) {
    auto ready = wait_for(POLLOUT, socket_.get(), cancelled_.get(), deadline);
    if (!ready) return std::unexpected(ready.error());
    if (::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
      return {};
    if (errno == EPIPE || errno == ECONNRESET) return closed();
    // POLLOUT means some room, not room for this packet: the kernel tells no more.
    if (errno == EAGAIN)
      std::this_thread::sleep_for(kRetry);
    else if (errno != EINTR)
      return fail_errno(ErrorCode::System, "send to CRIU");
  }
}

Result<Packet> Session::receive(Deadline deadline) {
  for (;;) {
    auto ready = wait_for(POLLIN | POLLRDHUP, socket_.get(), cancelled_.get(), deadline);
    if (!ready) return std::unexpected(ready.error());
    ssize_t length = peek(socket_.get());
    if (length > 0) return take(static_cast<size_t>(length));
    // ECONNRESET says that the peer left something of ours unread; its last packets may still be
    // in the queue.
    if (length < 0 && (errno == EINTR || errno == EAGAIN || errno == ECONNRESET)) continue;
    if (length < 0) return fail_errno(ErrorCode::System, "receive from CRIU");
    if (*ready & (POLLHUP | POLLRDHUP)) return closed();
    return fail(ErrorCode::RpcGarbage, "an empty packet instead of an answer");
  }
}

Result<Packet> Session::take(size_t length) {
  Packet packet;
  packet.bytes.resize(length);
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * kMaxDescriptors)];
  iovec part{packet.bytes.data(), packet.bytes.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  if (::recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC) < 0)
    return fail_errno(ErrorCode::System, "receive from CRIU");
  collect(message, packet.fds);
  return packet;
}

void Session::cancel() {
  // Cannot fail: the counter is far from its maximum.
  (void)::eventfd_write(cancelled_.get(), 1);
}

}  // namespace tubthump::rpc
