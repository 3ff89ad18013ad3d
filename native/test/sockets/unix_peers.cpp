#include "sockets/unix_peers.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>

#include "os/unique_fd.h"

using namespace tubthump;

namespace {

uint32_t inode_of(const UniqueFd& socket) {
  struct stat info;
  REQUIRE(::fstat(socket.get(), &info) == 0);
  return static_cast<uint32_t>(info.st_ino);
}

}  // namespace

TEST_CASE("each end of a socketpair is told, with the other") {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  UniqueFd left(ends[0]), right(ends[1]);
  auto pairs = sockets::unix_peers();
  REQUIRE(pairs);
  auto peer_of = [&](uint32_t inode) {
    auto found = std::ranges::find(*pairs, inode, &sockets::UnixPair::inode);
    return found == pairs->end() ? 0 : found->peer;
  };
  CHECK(peer_of(inode_of(left)) == inode_of(right));
  CHECK(peer_of(inode_of(right)) == inode_of(left));
}
