#include "page_server/page_pipe.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace tubthump::page_server {

namespace {

/// pipe(7): what anybody may have. Less than the default when many pipes are open.
constexpr int kRoom = 1 << 20;

}  // namespace

PagePipe::PagePipe(UniqueFd out, UniqueFd in, UniqueFd nothing, uint64_t room)
    : out_(std::move(out)), in_(std::move(in)), nothing_(std::move(nothing)), room_(room) {}

Result<PagePipe> PagePipe::open() {
  std::array<int, 2> ends;
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) return fail_errno(ErrorCode::System, "pipe");
  UniqueFd out(ends[0]), in(ends[1]);
  (void)::fcntl(in.get(), F_SETPIPE_SZ, kRoom);
  const int room = ::fcntl(in.get(), F_GETPIPE_SZ);
  if (room < 0) return fail_errno(ErrorCode::System, "pipe");
  UniqueFd nothing(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  if (!nothing) return fail_errno(ErrorCode::System, "/dev/null");
  return PagePipe(std::move(out), std::move(in), std::move(nothing), static_cast<uint64_t>(room));
}

Result<uint64_t> PagePipe::fill(int socket, uint64_t size) {
  for (;;) {
    // The pipe is empty here: this waits for the socket only.
    const ssize_t held = ::splice(socket, nullptr, in_.get(), nullptr, std::min(size, room_), 0);
    if (held > 0) return static_cast<uint64_t>(held);
    if (held == 0) return fail(ErrorCode::DumpFailed, "CRIU ended before all pages came");
    if (errno != EINTR) return fail_errno(ErrorCode::DumpFailed, "receive pages");
  }
}

Result<void> PagePipe::move(int socket, int file, uint64_t offset, uint64_t size,
                            const std::string& name) {
  auto at = static_cast<off64_t>(offset);
  return pass(socket, file, &at, size, name);
}

Result<void> PagePipe::skip(int socket, uint64_t size) {
  return pass(socket, nothing_.get(), nullptr, size, "/dev/null");
}

Result<void> PagePipe::pass(int socket, int file, off64_t* at, uint64_t size,
                            const std::string& name) {
  while (size > 0) {
    auto filled = fill(socket, size);
    if (!filled) return std::unexpected(filled.error());
    size -= *filled;
    for (uint64_t held = *filled; held > 0;) {
      const ssize_t done = ::splice(out_.get(), nullptr, file, at, held, 0);
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) return fail_errno(ErrorCode::ImagePublish, name);
      if (done == 0) return fail(ErrorCode::ImagePublish, name + ": takes no more");
      held -= static_cast<uint64_t>(done);
    }
  }
  return {};
}

}  // namespace tubthump::page_server
