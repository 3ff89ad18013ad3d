#include "sockets/unix_peers.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <optional>

#include "os/unique_fd.h"

namespace tubthump::sockets {

namespace {

Result<void> ask(int socket) {
  struct {
    nlmsghdr header;
    unix_diag_req request;
  } message{};
  message.header.nlmsg_len = sizeof message;
  message.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  message.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  message.request.sdiag_family = AF_UNIX;
  message.request.udiag_states = ~0U;
  message.request.udiag_show = UDIAG_SHOW_PEER;
  if (::send(socket, &message, sizeof message, 0) < 0)
    return fail_errno(ErrorCode::System, "ask for unix sockets");
  return {};
}

std::optional<UnixPair> pair_of(const nlmsghdr* header) {
  const auto* socket = static_cast<const unix_diag_msg*>(NLMSG_DATA(header));
  size_t left = NLMSG_PAYLOAD(header, sizeof *socket);
  const auto* attribute = reinterpret_cast<const rtattr*>(socket + 1);
  for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left)) {
    if (attribute->rta_type != UNIX_DIAG_PEER) continue;
    return UnixPair{socket->udiag_ino, *static_cast<const uint32_t*>(RTA_DATA(attribute))};
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<UnixPair>> unix_peers() {
  UniqueFd socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (!socket) return fail_errno(ErrorCode::System, "open a sock_diag socket");
  if (auto asked = ask(socket.get()); !asked) return std::unexpected(asked.error());
  std::vector<UnixPair> pairs;
  // The kernel packs as many answers into a datagram as fit; 32 kB is what it makes them at most.
  alignas(nlmsghdr) std::array<char, 32 << 10> buffer;
  for (;;) {
    ssize_t got = ::recv(socket.get(), buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return fail_errno(ErrorCode::System, "read the list of unix sockets");
    auto left = static_cast<size_t>(got);
    auto* header = reinterpret_cast<const nlmsghdr*>(buffer.data());
    for (; NLMSG_OK(header, left); header = NLMSG_NEXT(header, left)) {
      if (header->nlmsg_type == NLMSG_DONE) return pairs;
      if (header->nlmsg_type == NLMSG_ERROR) {
        const int error = -static_cast<const nlmsgerr*>(NLMSG_DATA(header))->error;
        return fail_errno(ErrorCode::System, "list unix sockets", error);
      }
      if (auto pair = pair_of(header)) pairs.push_back(*pair);
    }
  }
}

}  // namespace tubthump::sockets
