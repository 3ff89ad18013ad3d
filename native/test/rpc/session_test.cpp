#include "rpc/session.h"

#include <doctest/doctest.h>
#include <sys/socket.h>

#include <array>
#include <string>
#include <thread>

using namespace tubthump;
using namespace tubthump::rpc;
using std::chrono::milliseconds;

namespace {

struct Pair {
  Session session;
  UniqueFd peer;
};

Pair make_pair() {
  std::array<int, 2> ends;
  REQUIRE(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) == 0);
  return {Session(UniqueFd(ends[0])), UniqueFd(ends[1])};
}

}  // namespace

TEST_CASE("cancel from another thread ends a pending receive, and all that follow") {
  Pair pair = make_pair();
  std::jthread canceller([&] { pair.session.cancel(); });
  auto pending = pair.session.receive(Deadline::never());
  REQUIRE_FALSE(pending);
  CHECK(pending.error().code == ErrorCode::RpcAborted);
  CHECK(pair.session.receive(Deadline::never()).error().code == ErrorCode::RpcAborted);
  CHECK(pair.session.send("x", Deadline::never()).error().code == ErrorCode::RpcAborted);
}

TEST_CASE("sending to a peer that does not read ends at the deadline") {
  Pair pair = make_pair();
  const std::string packet(32 << 10, 'x');
  const Deadline deadline = Deadline::after(milliseconds(50));
  Result<void> sent;
  while (sent) sent = pair.session.send(packet, deadline);
  CHECK(sent.error().code == ErrorCode::RpcTimeout);
}

TEST_CASE("sending to a closed peer is RpcClosed, without a signal") {
  Pair pair = make_pair();
  pair.peer.reset();
  CHECK(pair.session.send("x", Deadline::never()).error().code == ErrorCode::RpcClosed);
}

TEST_CASE("the last packet of a peer that left ours unread is not lost") {
  Pair pair = make_pair();
  REQUIRE(pair.session.send("never read", Deadline::never()));
  REQUIRE(::send(pair.peer.get(), "last word", 9, 0) == 9);
  pair.peer.reset();
  auto packet = pair.session.receive(Deadline::never());
  REQUIRE(packet);
  CHECK(packet->bytes == "last word");
  CHECK(pair.session.receive(Deadline::never()).error().code == ErrorCode::RpcClosed);
}
