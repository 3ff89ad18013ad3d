// A service that never accepts: its queue is full after the first connection.
//
//   deaf_service PATH
//
// Ends by itself after a minute, whatever the test forgets.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

int main(int argc, char** argv) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (argc != 2 || std::strlen(argv[1]) >= sizeof address.sun_path) return 64;
  std::strcpy(address.sun_path, argv[1]);
  const int listener = ::socket(AF_UNIX, SOCK_SEQPACKET, 0);
  const int filler = ::socket(AF_UNIX, SOCK_SEQPACKET, 0);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  if (::bind(listener, generic, sizeof address) < 0 || ::listen(listener, 0) < 0 ||
      ::connect(filler, generic, sizeof address) < 0) {
    std::perror("deaf_service");
    return 1;
  }
  std::puts("listening");
  std::fflush(stdout);
  ::sleep(60);
  return 0;
}
