#include "dump/request.h"

#include <doctest/doctest.h>

using namespace tubthump;
using namespace tubthump::dump;

TEST_CASE("dump request: what is not there has its default") {
  const auto request = parse_request(
      R"({"images":"/a","leaveRunning":false,"timeoutMs":100,"manifest":{"id":"x"}})");
  REQUIRE(request);
  CHECK(request->images == "/a");
  CHECK_FALSE(request->leave_running);
  CHECK(request->timeout.count() == 100);
  CHECK(request->log_level == 2);
  CHECK(request->map_heap);
  CHECK(request->manifest_draft == R"({"id":"x"})");
}

TEST_CASE("dump request: each wrong member is an error that names it") {
  const auto wrong = [](const std::string& json) {
    const auto request = parse_request(json);
    REQUIRE_FALSE(request);
    CHECK(request.error().code == ErrorCode::HandoverInvalid);
    return request.error().message;
  };
  const std::string rest = R"("manifest":{}})";
  CHECK(wrong("7").find("no JSON object") != std::string::npos);
  CHECK(wrong(R"({"images":7,"leaveRunning":true,"timeoutMs":1,)" + rest).find("`images`") !=
        std::string::npos);
  CHECK(wrong(R"({"images":"/a","leaveRunning":1,"timeoutMs":1,)" + rest).find("`leaveRunning`") !=
        std::string::npos);
  for (const std::string timeout : {"-1", "1.5", "\"1\"", "18446744073709551615"})
    CHECK(wrong(R"({"images":"/a","leaveRunning":true,"timeoutMs":)" + timeout + "," + rest)
              .find("`timeoutMs`") != std::string::npos);
  CHECK(wrong(R"({"images":"/a","leaveRunning":true,"timeoutMs":1,"engine":7,)" + rest)
            .find("`engine`") != std::string::npos);
  CHECK(wrong(R"({"images":"/a","leaveRunning":true,"timeoutMs":1,"manifest":[]})")
            .find("`manifest`") != std::string::npos);
}

TEST_CASE("dump target: process, channel and heap") {
  const auto target = parse_target(R"({"pid":7,"inode":9,"heap":[{"start":4096,"size":8192}]})");
  REQUIRE(target);
  CHECK(target->pid == 7);
  CHECK(target->channel_inode == 9);
  REQUIRE(target->heap.size() == 1);
  CHECK(target->heap[0].start == 4096);
  CHECK(target->heap[0].size == 8192);
  CHECK(parse_target(R"({"pid":7,"inode":9})")->heap.empty());
}

TEST_CASE("dump target: what is no heap is an error, not the end of the agent") {
  for (const std::string heap : {"7", "\"x\"", "[7]", "[\"x\"]", "[[]]", "[{\"start\":1}]",
                                 "[{\"start\":\"1\",\"size\":1}]", "{\"start\":1,\"size\":1}"}) {
    const auto target = parse_target(R"({"pid":7,"inode":9,"heap":)" + heap + "}");
    REQUIRE_FALSE(target);
    CHECK(target.error().message.find("`heap`") != std::string::npos);
  }
  CHECK_FALSE(parse_target(R"({"pid":4294967303,"inode":9})"));
  CHECK_FALSE(parse_target(R"({"pid":-7,"inode":9})"));
}
