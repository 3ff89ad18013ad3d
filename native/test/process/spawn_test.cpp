#include "process/spawn.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>

#include "os/unique_fd.h"

using namespace tubthump;
using process::spawn;
using process::SpawnOptions;

namespace {

struct Pipe {
  UniqueFd out, in;
  Pipe() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    out.reset(ends[0]);
    in.reset(ends[1]);
  }
  /// All that was written until every writer is gone.
  std::string drain() {
    in.reset();
    std::string text;
    std::array<char, 512> part;
    for (ssize_t got; (got = ::read(out.get(), part.data(), part.size())) > 0;)
      text.append(part.data(), static_cast<size_t>(got));
    return text;
  }
};

SpawnOptions shell(const std::string& script) {
  SpawnOptions options;
  options.argv = {"/bin/sh", "-c", script};
  return options;
}

int status_of(pid_t pid) {
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  return status;
}

}  // namespace

TEST_CASE("a program gets its arguments, environment and descriptors") {
  Pipe pipe;
  ::setenv("SPAWN_KEPT", "kept", 1);
  ::setenv("SPAWN_REPLACED", "old", 1);
  SpawnOptions options = shell("echo \"$0 $SPAWN_KEPT $SPAWN_REPLACED $SPAWN_ADDED\" >&7");
  options.argv.emplace_back("name");
  options.environment = {"SPAWN_REPLACED=new", "SPAWN_ADDED=added"};
  options.fds = {{pipe.in.get(), 7}};
  auto pid = spawn(options);
  REQUIRE(pid);
  CHECK(status_of(*pid) == 0);
  CHECK(pipe.drain() == "name kept new added\n");
}

TEST_CASE("descriptors may change places") {
  Pipe first, second;
  // Each one's number in the child is the other's number here.
  SpawnOptions options = shell("echo first >&" + std::to_string(second.in.get()) +
                               "; echo second >&" + std::to_string(first.in.get()));
  options.fds = {{first.in.get(), second.in.get()}, {second.in.get(), first.in.get()}};
  // dash takes descriptors of one digit only.
  REQUIRE(second.in.get() < 10);
  auto pid = spawn(options);
  REQUIRE(pid);
  CHECK(status_of(*pid) == 0);
  CHECK(first.drain() == "first\n");
  CHECK(second.drain() == "second\n");
}

TEST_CASE("nothing else of ours is open in the program") {
  Pipe pipe;
  UniqueFd leaky(::open("/dev/null", O_RDONLY));  // without O_CLOEXEC
  SpawnOptions options = shell("ls /proc/self/fd | tr '\\n' ' '");
  options.fds = {{pipe.in.get(), 1}};
  auto pid = spawn(options);
  REQUIRE(pid);
  CHECK(status_of(*pid) == 0);
  CHECK(pipe.drain() == "0 1 2 3 ");  // 3 is the directory that ls reads
}

TEST_CASE("a program that is not there is an error, and leaves no zombie") {
  for (bool detached : {false, true}) {
    SpawnOptions options;
    options.argv = {"/nowhere/at/all"};
    options.detached = detached;
    auto pid = spawn(options);
    REQUIRE(!pid);
    CHECK(pid.error().code == ErrorCode::ExecFailed);
    CHECK(pid.error().sys_errno == ENOENT);
    CHECK(pid.error().message.find("/nowhere/at/all") != std::string::npos);
    errno = 0;
    CHECK(::waitpid(-1, nullptr, WNOHANG | __WALL) == -1);
    CHECK(errno == ECHILD);
  }
}

TEST_CASE("a detached program is not our child") {
  Pipe pipe;
  SpawnOptions options = shell("echo $PPID");
  options.fds = {{pipe.in.get(), 1}};
  options.detached = true;
  auto pid = spawn(options);
  REQUIRE(pid);
  CHECK(*pid > 0);
  CHECK(std::stoi(pipe.drain()) != ::getpid());
  CHECK(::waitpid(*pid, nullptr, WNOHANG) == -1);
}

TEST_CASE("signals are at their defaults and unblocked; ours stay as they were") {
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  ::signal(SIGUSR2, SIG_IGN);
  auto pid = spawn(shell("kill -USR1 $$; exit 3"));
  REQUIRE(pid);
  CHECK(WTERMSIG(status_of(*pid)) == SIGUSR1);
  pid = spawn(shell("kill -USR2 $$; exit 3"));
  REQUIRE(pid);
  CHECK(WTERMSIG(status_of(*pid)) == SIGUSR2);
  sigset_t now;
  ::pthread_sigmask(SIG_SETMASK, &before, &now);
  CHECK(sigismember(&now, SIGUSR1) == 1);
  ::signal(SIGUSR2, SIG_DFL);
}

TEST_CASE("a new session is led by the program") {
  Pipe pipe;
  SpawnOptions options = shell("cut -d' ' -f6 /proc/$$/stat; echo $$");
  options.fds = {{pipe.in.get(), 1}};
  options.new_session = true;
  auto pid = spawn(options);
  REQUIRE(pid);
  CHECK(status_of(*pid) == 0);
  const std::string text = std::to_string(*pid) + "\n";
  CHECK(pipe.drain() == text + text);
}
