#include "stream/guard.h"

#include <doctest/doctest.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <future>

#include "restored.h"
#include "stream/start_server.h"
#include "stream/userfaultfd.h"

using namespace tubthump;
using namespace tubthump::stream;
using namespace tubthump::stream::test;

namespace {

/// Never returns a page: a server that is slow for ever.
class Endless : public PageSource {
 public:
  Result<std::span<const std::byte>> read(uint64_t, std::span<std::byte>) override {
    for (;;) ::pause();
  }
  void will_need(uint64_t, uint64_t) override {}
};

size_t open_descriptors() {
  return static_cast<size_t>(
      std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

void reap(pid_t pid) { ::waitpid(pid, nullptr, 0); }

}  // namespace

TEST_CASE("a server that is killed takes the copy with it, and no page was zero") {
  const auto* memory = reinterpret_cast<const volatile uint8_t*>(kAddress);
  Restored restored(64, [=] { return memory[0] == 0 ? 50 : 51; });
  LazyMemory owed = memory_of(64, std::make_shared<Endless>());
  owed.pid = restored.pid();
  std::vector<LazyMemory> all;
  all.push_back(std::move(owed));
  std::promise<Error> lost;
  auto server = start_server(std::move(all), Serving::Everything, {}, [](const Error&) {});
  REQUIRE(server);
  restored.introduce(server->work.fd());
  REQUIRE(
      server->guard->protect(restored.pid(), [&](const Error& error) { lost.set_value(error); }));
  REQUIRE(server->guard->wait_for(1));
  restored.finish();
  ::kill(server->pid, SIGKILL);
  reap(server->pid);
  CHECK(restored.wait() == -SIGKILL);
  const Error error = lost.get_future().get();
  CHECK(error.code == ErrorCode::PageServer);
}

TEST_CASE("a server that is killed before it had anything lets no restore go on") {
  std::promise<Error> lost;
  auto server =
      start_server({}, Serving::Everything, {}, [&](const Error& error) { lost.set_value(error); });
  REQUIRE(server);
  ::kill(server->pid, SIGKILL);
  reap(server->pid);
  CHECK_FALSE(server->guard->wait_for(1));
  CHECK(lost.get_future().get().code == ErrorCode::PageServer);
  CHECK_FALSE(server->guard->protect(::getpid(), [](const Error&) {}));
}

TEST_CASE("a server leaves nothing behind: no process, no descriptor, no directory") {
  const size_t before = open_descriptors();
  std::string work;
  for (int round = 0; round < 3; round++) {
    Restored restored(512, [] {
      const auto* memory = reinterpret_cast<const volatile uint8_t*>(kAddress);
      for (uint64_t i = 0; i < 512; i++)
        if (!holds(memory + i * kPage, i)) return 1;
      return 0;
    });
    std::vector<LazyMemory> all;
    all.push_back(memory_of(512, std::make_shared<MadeUp>()));
    all[0].pid = restored.pid();
    auto server = start_server(std::move(all), Serving::Everything, {}, [](const Error&) {});
    REQUIRE(server);
    work = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(server->work.fd()));
    restored.introduce(server->work.fd());
    REQUIRE(server->guard->protect(restored.pid(), [](const Error&) {}));
    restored.finish();
    CHECK(restored.wait() == 0);
    int status = -1;
    CHECK(::waitpid(server->pid, &status, 0) == server->pid);
    CHECK(status == 0);
  }
  CHECK_FALSE(std::filesystem::exists(work));
  CHECK(open_descriptors() == before);
}

TEST_CASE("a server removes the directory as soon as CRIU has found its socket") {
  Restored restored(8, [] { return 0; });
  std::vector<LazyMemory> all;
  all.push_back(memory_of(8, std::make_shared<MadeUp>()));
  all[0].pid = restored.pid();
  auto server = start_server(std::move(all), Serving::Everything, {}, [](const Error&) {});
  REQUIRE(server);
  const std::string work =
      std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(server->work.fd()));
  CHECK(std::filesystem::exists(work));
  restored.introduce(server->work.fd());
  REQUIRE(server->guard->wait_for(1));
  // That it holds the descriptor comes after that.
  CHECK_FALSE(std::filesystem::exists(work));
  restored.finish();
  CHECK(restored.wait() == 0);
  reap(server->pid);
}

TEST_CASE("a server that nobody connects to removes it when its maker is gone") {
  auto server = start_server({}, Serving::Everything, {}, [](const Error&) {});
  REQUIRE(server);
  const std::string work =
      std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(server->work.fd()));
  server->guard.reset();
  reap(server->pid);
  CHECK_FALSE(std::filesystem::exists(work));
}

TEST_CASE("a server does not take an id that is wanted") {
  const pid_t next = [] {
    const pid_t pid = ::fork();
    if (pid == 0) ::_exit(0);
    reap(pid);
    return pid + 1;
  }();
  auto server = start_server({}, Serving::Everything, {next}, [](const Error&) {});
  REQUIRE(server);
  CHECK(server->pid != next);
  server->guard.reset();
  reap(server->pid);
}

TEST_CASE("without the right to serve pages, the error says so") {
  const pid_t child = ::fork();
  if (child == 0) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2] = {};
    if (::syscall(SYS_capget, &header, data) < 0) ::_exit(1);
    data[CAP_SYS_PTRACE / 32].effective &= ~(1U << (CAP_SYS_PTRACE % 32));
    if (::syscall(SYS_capset, &header, data) < 0) ::_exit(2);
    const auto able = check_userfaultfd();
    ::_exit(!able && able.error().code == ErrorCode::Userfaultfd ? 0 : 3);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  CHECK(status == 0);
  CHECK(check_userfaultfd());
}
