#include "stream/criu_socket.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

namespace tubthump::stream {

namespace {

constexpr const char* kSocketName = "lazy-pages.socket";
/// LAZY_PAGES_RESTORE_FINISHED; far above any process id.
constexpr uint32_t kRestored = 0x52535446;

/// Nobody else is to find an empty directory of that name and fill it: mkdtemp makes it 0700.
Result<std::string> make_directory() {
  std::string path = "/tmp/tubthump-restore-" + std::to_string(::getpid()) + "-XXXXXX";
  if (!::mkdtemp(path.data())) return fail_errno(ErrorCode::System, "make " + path);
  return path;
}

Result<UniqueFd> listen_at(const std::string& path) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return fail_errno(ErrorCode::System, "socket");
  // Who sends says its id, as the kernel knows it; connections inherit this.
  const int on = 1;
  if (::setsockopt(socket.get(), SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0)
    return fail_errno(ErrorCode::System, "SO_PASSCRED");
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0 ||
      ::listen(socket.get(), 1) < 0)
    return fail_errno(ErrorCode::System, "listen at " + path);
  return socket;
}

/// One read of exactly that many bytes: CRIU sends each message in one piece. 0: end of file.
/// `sent`: what came beside them.
ssize_t receive(int socket, void* bytes, size_t size, CriuMessage* sent = nullptr) {
  iovec part{bytes, size};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int)) + CMSG_SPACE(sizeof(ucred))];
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (sent) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
  }
  ssize_t got;
  while ((got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL)) < 0 &&
         errno == EINTR) {
  }
  if (got <= 0 || !sent) return got;
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET) continue;
    if (header->cmsg_type == SCM_RIGHTS) {
      int fd;
      std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
      sent->userfaultfd.reset(fd);
    } else if (header->cmsg_type == SCM_CREDENTIALS) {
      ucred sender;
      std::memcpy(&sender, CMSG_DATA(header), sizeof sender);
      sent->task = sender.pid;
    }
  }
  return got;
}

}  // namespace

Result<WorkDirectory> WorkDirectory::create() {
  auto path = make_directory();
  if (!path) return std::unexpected(path.error());
  UniqueFd directory(::open(path->c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  auto listener = listen_at(*path + "/" + kSocketName);
  WorkDirectory work(*path, std::move(directory), UniqueFd());
  if (!work.directory_) return fail_errno(ErrorCode::System, "open " + *path);
  if (!listener) return std::unexpected(listener.error());
  work.listener_ = std::move(*listener);
  return work;
}

WorkDirectory WorkDirectory::adopt(std::string path) {
  return {std::move(path), UniqueFd(), UniqueFd()};
}

WorkDirectory::WorkDirectory(std::string path, UniqueFd directory, UniqueFd listener)
    : path_(std::move(path)), directory_(std::move(directory)), listener_(std::move(listener)) {}

WorkDirectory::WorkDirectory(WorkDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      directory_(std::move(other.directory_)),
      listener_(std::move(other.listener_)) {}

WorkDirectory::~WorkDirectory() { remove(); }

void WorkDirectory::remove() const {
  if (path_.empty()) return;
  ::unlink((path_ + "/" + kSocketName).c_str());
  ::unlink((path_ + "/stats-restore").c_str());  // CRIU leaves it in its working directory.
  ::rmdir(path_.c_str());
}

Result<CriuMessage> receive_message(int socket) {
  int32_t word = 0;
  const ssize_t got = receive(socket, &word, sizeof word);
  // A connection that ends without the last word is a restore that failed.
  if (got == 0 || (got < 0 && errno == ECONNRESET)) return CriuMessage{};
  if (got != sizeof word) return fail(ErrorCode::PageServer, "CRIU sent half a process id");
  if (static_cast<uint32_t>(word) == kRestored) return CriuMessage{CriuMessage::Kind::Restored};
  if (word < 0) return CriuMessage{CriuMessage::Kind::Zombie, -word};
  CriuMessage message{CriuMessage::Kind::Process, word, word};
  char dummy;
  if (receive(socket, &dummy, 1, &message) != 1 || !message.userfaultfd)
    return fail(ErrorCode::PageServer, "CRIU sent a process id without a userfaultfd");
  return message;
}

}  // namespace tubthump::stream
