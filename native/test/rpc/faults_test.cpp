#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "rpc/perform.h"
#include "rpc/swrk.h"

using namespace tubthump;
using namespace tubthump::rpc;
using std::chrono::milliseconds;

namespace {

std::string fake_swrk() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "fake_swrk";
}

size_t open_descriptors() {
  auto entries = std::filesystem::directory_iterator("/proc/self/fd");
  return static_cast<size_t>(std::distance(begin(entries), end(entries)));
}

struct Outcome {
  Result<Response> response;
  std::vector<std::string> scripts;
};

/// A dump through a misbehaving swrk, which is reaped, and which leaves no descriptor behind.
Outcome dump_through(const std::string& behaviour, Deadline deadline = Deadline::never(),
                     bool go_on = true) {
  const size_t before = open_descriptors();
  SwrkOptions options;
  options.criu = fake_swrk();
  options.environment = {"FAKE_SWRK=" + behaviour};
  Outcome outcome{fail(ErrorCode::System, "not run"), {}};
  {
    auto swrk = spawn_swrk(options);
    REQUIRE(swrk);
    Request request;
    request.type = RequestType::Dump;
    request.options.emplace();
    auto on_notify = [&](const Notification& notification) {
      outcome.scripts.push_back(notification.script);
      return go_on;
    };
    outcome.response = perform(swrk->session, request, on_notify, deadline);
    ::kill(swrk->pid, SIGKILL);
    CHECK(::waitpid(swrk->pid, nullptr, 0) == swrk->pid);
  }
  CHECK(open_descriptors() == before);
  return outcome;
}

ErrorCode code_of(const std::string& behaviour, Deadline deadline = Deadline::never()) {
  Outcome outcome = dump_through(behaviour, deadline);
  REQUIRE_FALSE(outcome.response);
  return outcome.response.error().code;
}

}  // namespace

TEST_CASE("a CRIU that ends without an answer is RpcClosed") {
  CHECK(code_of("eof-at-once") == ErrorCode::RpcClosed);
  CHECK(code_of("eof") == ErrorCode::RpcClosed);
  CHECK(code_of("eof-after-notification") == ErrorCode::RpcClosed);
  CHECK(code_of("killed") == ErrorCode::RpcClosed);
}

TEST_CASE("what is no answer is RpcGarbage") {
  CHECK(code_of("garbage") == ErrorCode::RpcGarbage);
  CHECK(code_of("truncated") == ErrorCode::RpcGarbage);
  CHECK(code_of("empty") == ErrorCode::RpcGarbage);
  CHECK(code_of("without-required-field") == ErrorCode::RpcGarbage);
}

TEST_CASE("an answer to another question is RpcUnexpected") {
  CHECK(code_of("wrong-type") == ErrorCode::RpcUnexpected);
}

TEST_CASE("silence is RpcTimeout") {
  CHECK(code_of("silent", Deadline::after(milliseconds(50))) == ErrorCode::RpcTimeout);
}

TEST_CASE("an answer of several megabytes arrives whole") {
  Outcome outcome = dump_through("large");
  REQUIRE(outcome.response);
  CHECK(outcome.response->cr_errmsg.size() == 3 << 20);
}

TEST_CASE("two thousand notifications are answered") {
  Outcome outcome = dump_through("storm");
  REQUIRE(outcome.response);
  CHECK(outcome.response->success);
  CHECK(outcome.scripts.size() == 2000);
}

TEST_CASE("unknown notifications and unknown fields are no error") {
  Outcome script = dump_through("unknown-script");
  REQUIRE(script.response);
  CHECK(script.response->success);
  CHECK(script.scripts == std::vector<std::string>{"a-script-of-tomorrow"});
  CHECK(dump_through("unknown-field").response->success);
}

TEST_CASE("a refused notification ends the operation") {
  Outcome outcome = dump_through("notify-until-refused", Deadline::never(), false);
  REQUIRE(outcome.response);
  CHECK_FALSE(outcome.response->success);
  CHECK(outcome.scripts.size() == 1);
}

TEST_CASE("a failure has its errno; a message proves nothing") {
  Outcome failed = dump_through("failure");
  REQUIRE(failed.response);
  CHECK_FALSE(failed.response->success);
  CHECK(failed.response->cr_errno == EBADRQC);
  CHECK(dump_through("success-with-message").response->success);
  Outcome refused = dump_through("refused-as-empty");
  REQUIRE(refused.response);
  CHECK_FALSE(refused.response->success);
}

TEST_CASE("descriptors that nobody asked for are closed") {
  CHECK(dump_through("descriptors").response->success);
}
