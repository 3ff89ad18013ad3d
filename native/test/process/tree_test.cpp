#include "process/tree.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

using namespace tubthump;

TEST_CASE("the tree holds threads and children") {
  pid_t thread_id = 0;
  std::atomic<bool> ready = false, done = false;
  std::jthread thread([&] {
    thread_id = static_cast<pid_t>(::syscall(SYS_gettid));
    ready = true;
    while (!done) std::this_thread::yield();
  });
  while (!ready) std::this_thread::yield();
  const pid_t child = ::fork();
  if (child == 0) {
    ::pause();
    ::_exit(0);
  }
  auto tasks = process::tasks_of(::getpid());
  done = true;
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  REQUIRE(tasks);
  for (pid_t id : {::getpid(), thread_id, child}) CHECK(std::ranges::count(*tasks, id) == 1);
}

TEST_CASE("a process that is gone is an error") {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  CHECK(!process::tasks_of(child));
}
