#include "restored.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "handover/channel.h"

namespace tubthump::stream::test {

namespace {

/// What the restorer does with each mapping (enable_uffd, criu/pie/restorer.c).
UniqueFd register_memory(uint64_t pages) {
  void* memory = ::mmap(reinterpret_cast<void*>(kAddress), pages * kPage, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (memory == MAP_FAILED) return UniqueFd();
  UniqueFd fd(static_cast<int>(::syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK)));
  uffdio_api api{UFFD_API,
                 UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP | UFFD_FEATURE_EVENT_REMOVE |
                     UFFD_FEATURE_EVENT_UNMAP,
                 0};
  uffdio_register range{{kAddress, pages * kPage}, UFFDIO_REGISTER_MODE_MISSING, 0};
  if (::ioctl(fd.get(), UFFDIO_API, &api) < 0 || ::ioctl(fd.get(), UFFDIO_REGISTER, &range) < 0)
    return UniqueFd();
  return fd;
}

/// As `pid` sends it: CRIU's restorer does so from within the process.
void send_descriptor(int socket, int descriptor, pid_t pid) {
  char dummy = '*';
  iovec part{&dummy, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof descriptor) + CMSG_SPACE(sizeof(ucred))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  const ucred sender{pid, ::getuid(), ::getgid()};
  header = CMSG_NXTHDR(&message, header);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_CREDENTIALS;
  header->cmsg_len = CMSG_LEN(sizeof sender);
  std::memcpy(CMSG_DATA(header), &sender, sizeof sender);
  REQUIRE(::sendmsg(socket, &message, 0) == 1);
}

}  // namespace

Result<std::span<const std::byte>> MadeUp::read(uint64_t offset, std::span<std::byte> buffer) {
  if (offset + buffer.size() > fails_at_) return fail(ErrorCode::ImageInvalid, "made to fail");
  for (uint64_t at = 0; at < buffer.size(); at += kPage)
    std::memset(buffer.data() + at, of_page((offset + at) / kPage), kPage);
  return buffer;
}

LazyMemory memory_of(uint64_t pages, std::shared_ptr<PageSource> source) {
  LazyMemory memory;
  memory.owed.add({kAddress, 0, pages * kPage});
  memory.pages = std::move(source);
  return memory;
}

Restored::Restored(uint64_t pages, const std::function<int()>& body) {
  auto channel = handover::open_channel();
  REQUIRE(channel);
  pid_ = ::fork();
  REQUIRE(pid_ >= 0);
  if (pid_ == 0) {
    UniqueFd fd = register_memory(pages);
    const int descriptors[] = {fd.get()};
    const bool sent =
        handover::send_frame(channel->theirs.get(), "", descriptors, Deadline::never()).has_value();
    fd.reset();
    channel->ours.reset();
    if (!sent || !handover::receive_frame(channel->theirs.get(), Deadline::never())) ::_exit(99);
    ::_exit(body());
  }
  auto frame = handover::receive_frame(channel->ours.get(), Deadline::never());
  REQUIRE(frame);
  REQUIRE(frame->fds.size() == 1);
  userfaultfd_ = frame->fds[0].release();
  go_ = channel->ours.release();
}

Restored::~Restored() {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
  if (pid_ > 0) (void)wait();
  for (const int fd : {userfaultfd_, criu_, go_}) UniqueFd{fd};
}

void Restored::introduce(int work) {
  criu_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  std::snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/lazy-pages.socket",
                work);
  REQUIRE(::connect(criu_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  const int32_t pid = pid_;
  REQUIRE(::send(criu_, &pid, sizeof pid, 0) == sizeof pid);
  send_descriptor(criu_, userfaultfd_, pid_);
  UniqueFd{std::exchange(userfaultfd_, -1)};
}

void Restored::finish() {
  const uint32_t restored = 0x52535446;
  REQUIRE(::send(criu_, &restored, sizeof restored, 0) == sizeof restored);
  // A server that fails at once has ended the process already: wait() tells.
  (void)handover::send_frame(go_, "", {}, Deadline::never());
}

int Restored::wait() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

bool holds(const volatile uint8_t* at, uint64_t number) {
  for (uint64_t i = 0; i < kPage; i += 512)
    if (at[i] != of_page(number)) return false;
  return true;
}

}  // namespace tubthump::stream::test
