#include "handover/channel.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <thread>

using namespace tubthump;
using namespace tubthump::handover;
using std::chrono::milliseconds;

TEST_CASE("a frame carries its text and its descriptors") {
  auto channel = open_channel();
  REQUIRE(channel);
  UniqueFd file(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
  std::array<int, 1> fds{file.get()};
  REQUIRE(send_frame(channel->ours.get(), R"({"a":1})", fds, Deadline::never()));
  auto frame = receive_frame(channel->theirs.get(), Deadline::after(milliseconds(1000)));
  REQUIRE(frame);
  CHECK(frame->json == R"({"a":1})");
  REQUIRE(frame->fds.size() == 1);
  struct stat sent, got;
  ::fstat(file.get(), &sent);
  ::fstat(frame->fds[0].get(), &got);
  CHECK(sent.st_ino == got.st_ino);
}

TEST_CASE("a frame larger than the socket's buffer arrives whole") {
  auto channel = open_channel();
  REQUIRE(channel);
  const std::string text(8 << 20, 'x');
  std::jthread sender([&] { CHECK(send_frame(channel->ours.get(), text, {}, Deadline::never())); });
  auto frame = receive_frame(channel->theirs.get(), Deadline::after(milliseconds(10'000)));
  REQUIRE(frame);
  CHECK(frame->json == text);
}

TEST_CASE("a closed peer is HandoverLost for reader and writer") {
  auto channel = open_channel();
  REQUIRE(channel);
  channel->theirs.reset();
  auto got = receive_frame(channel->ours.get(), Deadline::never());
  REQUIRE(!got);
  CHECK(got.error().code == ErrorCode::HandoverLost);
  auto sent = send_frame(channel->ours.get(), "{}", {}, Deadline::never());
  REQUIRE(!sent);
  CHECK(sent.error().code == ErrorCode::HandoverLost);
}

TEST_CASE("silence ends at the deadline") {
  auto channel = open_channel();
  REQUIRE(channel);
  auto got = receive_frame(channel->ours.get(), Deadline::after(milliseconds(20)));
  REQUIRE(!got);
  CHECK(got.error().code == ErrorCode::RpcTimeout);
}

TEST_CASE("a length that cannot be is refused before memory is taken") {
  auto channel = open_channel();
  REQUIRE(channel);
  const unsigned char huge[4] = {0xff, 0xff, 0xff, 0xff};
  REQUIRE(::send(channel->theirs.get(), huge, sizeof huge, 0) == sizeof huge);
  auto got = receive_frame(channel->ours.get(), Deadline::after(milliseconds(1000)));
  REQUIRE(!got);
  CHECK(got.error().code == ErrorCode::HandoverInvalid);
}

TEST_CASE("a peer that dies in the middle of a frame is HandoverLost") {
  auto channel = open_channel();
  REQUIRE(channel);
  const unsigned char partial[6] = {10, 0, 0, 0, 'a', 'b'};
  REQUIRE(::send(channel->theirs.get(), partial, sizeof partial, 0) == sizeof partial);
  channel->theirs.reset();
  auto got = receive_frame(channel->ours.get(), Deadline::never());
  REQUIRE(!got);
  CHECK(got.error().code == ErrorCode::HandoverLost);
}
