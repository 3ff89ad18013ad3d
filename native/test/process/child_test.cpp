#include "process/child.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <thread>

#include "process/spawn.h"

using namespace tubthump;
using namespace tubthump::process;

namespace {

pid_t start(std::vector<std::string> argv) {
  SpawnOptions options;
  options.argv = std::move(argv);
  auto pid = spawn(options);
  REQUIRE(pid);
  return *pid;
}

}  // namespace

TEST_CASE("exit status and signal of a child are told, once") {
  auto child = Child::open(start({"/bin/sh", "-c", "exit 7"}));
  REQUIRE(child);
  auto exit = child->wait();
  REQUIRE(exit);
  CHECK(exit->status == 7);
  CHECK(exit->signal == 0);
  CHECK(child->wait().error().code == ErrorCode::System);

  auto killed = Child::open(start({"/bin/sh", "-c", "kill -KILL $$"}));
  REQUIRE(killed);
  CHECK(killed->wait()->signal == SIGKILL);
}

TEST_CASE("a pending wait is cancelled from another thread") {
  const pid_t pid = start({"/bin/sleep", "60"});
  auto child = Child::open(pid);
  REQUIRE(child);
  {
    std::jthread canceller([&] { child->cancel(); });
    CHECK(child->wait().error().code == ErrorCode::RpcAborted);
  }
  ::kill(pid, SIGKILL);
  auto again = Child::open(pid);
  REQUIRE(again);
  CHECK(again->wait()->signal == SIGKILL);
}

TEST_CASE("a process that is not there cannot be waited for") {
  CHECK(Child::open(0x7ffffff0).error().code == ErrorCode::System);
}
