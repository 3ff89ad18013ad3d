#include "clone/report.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "handover/channel.h"

using namespace tubthump;

TEST_CASE("a copy that lives is reported with a descriptor of its process") {
  auto channel = handover::open_channel();
  REQUIRE(channel);
  restore::Copy copy;
  copy.pid = ::getpid();
  copy.clone_id = "clone";
  copy.image_id = "image";
  copy.generation = 2;
  REQUIRE(clone::report_restored(channel->theirs.get(), copy, std::chrono::milliseconds(7)));
  auto report = clone::receive_report(channel->ours.get());
  REQUIRE(report);
  auto* restored = std::get_if<clone::Restored>(&*report);
  REQUIRE(restored);
  CHECK(restored->pid == ::getpid());
  CHECK(restored->process);
  CHECK(restored->clone_id == "clone");
  CHECK(restored->generation == 2);
  CHECK(restored->took_ms == 7);
}

TEST_CASE("an error and an end arrive as they were") {
  auto channel = handover::open_channel();
  REQUIRE(channel);
  const Error error{ErrorCode::PidTaken, "taken", 17, "log"};
  REQUIRE(clone::report_failed(channel->theirs.get(), error));
  REQUIRE(clone::report_ended(channel->theirs.get(), 0x0900));
  auto failed = clone::receive_report(channel->ours.get());
  REQUIRE(failed);
  CHECK(std::get<Error>(*failed).code == ErrorCode::PidTaken);
  CHECK(std::get<Error>(*failed).log == "log");
  auto ended = clone::receive_report(channel->ours.get());
  REQUIRE(ended);
  CHECK(std::get<clone::Ended>(*ended).status == 0x0900);
  channel->theirs.reset();
  CHECK(clone::receive_report(channel->ours.get()).error().code == ErrorCode::HandoverLost);
}
