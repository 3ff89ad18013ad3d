#include "probe_target.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "os/unique_fd.h"

namespace tubthump {
namespace {

// A free port on 127.0.0.1, or 0.
in_port_t listen_on_loopback(int socket) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(socket, generic, size) != 0 || listen(socket, 8) != 0) return 0;
  if (getsockname(socket, generic, &size) != 0) return 0;
  return ntohs(address.sin_port);
}

// CRIU refuses a pipe whose other end stays outside the dump: stdio goes to /dev/null, and the
// reader of the port sees end of file once nothing of its pipe is open here.
bool hand_over_port(in_port_t port) {
  UniqueFd reader(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
  UniqueFd null(open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!reader || !null) return false;
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (dup2(null.get(), fd) < 0) return false;
  }
  const std::string line = std::to_string(port) + "\n";
  return write(reader.get(), line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

[[noreturn]] void answer_until_terminated(int listener) {
  for (;;) {
    UniqueFd connection(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
    if (connection) (void)!write(connection.get(), "!", 1);
  }
}

}  // namespace

int probe_target_main() {
  close_range(STDERR_FILENO + 1, ~0U, 0);
  setsid();  // Fails for a process that leads its session already, which is just as good.
  // CRIU dumps and restores this too: neither the target nor its copy outlives an interrupted
  // probe.
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  signal(SIGTERM, [](int) { _exit(0); });
  signal(SIGPIPE, SIG_IGN);

  UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const in_port_t port = listener ? listen_on_loopback(listener.get()) : 0;
  if (port == 0 || !hand_over_port(port)) {
    std::perror("tubthump probe-target");
    return 1;
  }
  answer_until_terminated(listener.get());
}

}  // namespace tubthump
