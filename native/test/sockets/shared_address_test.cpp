#include "sockets/shared_address.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace tubthump;

namespace {

int port_of(const UniqueFd& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  REQUIRE(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
  return ntohs(address.sin_port);
}

}  // namespace

TEST_CASE("two sockets listen on one address") {
  auto one = sockets::bind_shared("127.0.0.1", 0, false);
  REQUIRE(one);
  REQUIRE(::listen(one->get(), 1) == 0);
  auto other = sockets::bind_shared("127.0.0.1", port_of(*one), false);
  REQUIRE(other);
  CHECK(::listen(other->get(), 1) == 0);
}

TEST_CASE("a name is no numeric address") {
  CHECK_FALSE(sockets::bind_shared("localhost", 0, false));
}
