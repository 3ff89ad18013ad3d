#include "page_server/protocol.h"

#include <sys/socket.h>

#include <string>

namespace tubthump::page_server {

namespace {

/// struct page_server_iov
struct Wire {
  uint32_t command;  ///< PS_IOV_*; from bit 16 on the flags of the pages.
  uint64_t pages;
  uint64_t address;
  uint64_t owner;  ///< From bit 8 on the id.
};
static_assert(sizeof(Wire) == 32);

constexpr uint32_t kOpen = 4;             // PS_IOV_OPEN2
constexpr uint32_t kCheckParent = 5;      // PS_IOV_PARENT
constexpr uint32_t kPages = 6;            // PS_IOV_ADD_F
constexpr uint32_t kClose = 0x1023;       // PS_IOV_CLOSE
constexpr uint32_t kForceClose = 0x1024;  // PS_IOV_FORCE_CLOSE: the socket was inherited.
/// More than any address space has.
constexpr uint64_t kMostPages = uint64_t{1} << 35;

std::unexpected<Error> nonsense(const std::string& what) {
  return fail(ErrorCode::DumpFailed, "CRIU sends pages in an unknown way: " + what);
}

template <class T>
Result<void> send_value(int socket, T value) {
  if (::send(socket, &value, sizeof value, MSG_NOSIGNAL) != sizeof value)
    return fail_errno(ErrorCode::DumpFailed, "answer CRIU");
  return {};
}

Result<Command> with_owner(Command::Kind kind, const Wire& wire) {
  const uint64_t type = wire.owner & 0xff;
  if (type != 1 && type != 2) return nonsense("owner of type " + std::to_string(type));
  return Command{kind, {static_cast<Owner::Kind>(type), wire.owner >> 8}};
}

}  // namespace

Result<Command> receive_command(int socket) {
  Wire wire;
  const ssize_t got = ::recv(socket, &wire, sizeof wire, MSG_WAITALL);
  if (got < 0) return fail_errno(ErrorCode::DumpFailed, "receive pages");
  if (got != sizeof wire) return fail(ErrorCode::DumpFailed, "CRIU ended before all pages came");
  switch (const uint32_t command = wire.command & 0xffff) {
    case kOpen:
      return with_owner(Command::Kind::Open, wire);
    case kCheckParent:
      return with_owner(Command::Kind::CheckParent, wire);
    case kClose:
    case kForceClose:
      return Command{Command::Kind::Close, {}};
    case kPages: {
      auto pages = with_owner(Command::Kind::Pages, wire);
      if (!pages) return pages;
      pages->run = {wire.address, wire.pages, wire.command >> 16};
      if (!(pages->run.flags & criu_image::PageRun::kPresent)) return nonsense("no pages");
      if (!wire.pages || wire.pages > kMostPages || wire.address % criu_image::kPageSize)
        return nonsense("an impossible run");
      return pages;
    }
    default:
      return nonsense("command " + std::to_string(command));
  }
}

Result<void> answer_no_parent(int socket, Command::Kind asked) {
  return asked == Command::Kind::Open ? send_value(socket, char{0}) : send_value(socket, int{0});
}

Result<void> answer_received(int socket) { return send_value(socket, int32_t{0}); }

}  // namespace tubthump::page_server
