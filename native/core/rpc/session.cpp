#include "rpc/session.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace tubthump::rpc {

namespace {

constexpr size_t kMaxDescriptors = 16;

std::unexpected<Error> closed() {
  return fail(ErrorCode::RpcClosed, "CRIU closed the connection without an answer");
}

Result<void> wait_readable(int socket, int cancelled, Deadline deadline) {
  pollfd entries[] = {{socket, POLLIN, 0}, {cancelled, POLLIN, 0}};
  for (;;) {
    int ready = ::poll(entries, 2, deadline.poll_timeout());
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return fail_errno(ErrorCode::System, "poll the RPC socket");
    if (ready == 0) return fail(ErrorCode::RpcTimeout, "CRIU did not answer in time");
    if (entries[1].revents) return fail(ErrorCode::RpcAborted, "cancelled by the caller");
    return {};
  }
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

Result<void> Session::send(std::string_view bytes) {
  ssize_t sent;
  while ((sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL)) < 0 &&
         errno == EINTR) {
  }
  if (sent >= 0) return {};
  if (errno == EPIPE || errno == ECONNRESET) return closed();
  return fail_errno(ErrorCode::System, "send to CRIU");
}

Result<Packet> Session::receive(Deadline deadline) {
  if (auto ready = wait_readable(socket_.get(), cancelled_.get(), deadline); !ready)
    return std::unexpected(ready.error());
  // MSG_TRUNC makes recv return the packet's real length, whatever the buffer holds.
  char nothing;
  ssize_t length = ::recv(socket_.get(), &nothing, sizeof nothing, MSG_PEEK | MSG_TRUNC);
  if (length < 0 && errno == ECONNRESET) return closed();
  if (length < 0) return fail_errno(ErrorCode::System, "receive from CRIU");

  Packet packet;
  packet.bytes.resize(static_cast<size_t>(length));
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * kMaxDescriptors)];
  iovec part{packet.bytes.data(), packet.bytes.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t got = ::recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC);
  if (got < 0) return fail_errno(ErrorCode::System, "receive from CRIU");
  collect(message, packet.fds);
  // An empty packet and end of file look alike here; CRIU never sends the former.
  if (got == 0) return closed();
  return packet;
}

void Session::cancel() {
  // Cannot fail: the counter is far from its maximum.
  (void)::eventfd_write(cancelled_.get(), 1);
}

}  // namespace tubthump::rpc
