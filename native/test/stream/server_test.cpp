// The page server against the real kernel. Each body is a process whose memory is served.
#include "stream/server.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <mutex>
#include <thread>

#include "faults/resident.h"
#include "handover/channel.h"
#include "restored.h"
#include "stream/criu_socket.h"
#include "stream/guard.h"
#include "stream/start_server.h"

using namespace tubthump;
using namespace tubthump::stream;
using namespace tubthump::stream::test;

namespace {

auto* const kMemory = reinterpret_cast<uint8_t*>(kAddress);
constexpr uint64_t kPages = 4096;

uint8_t* page(uint64_t number) { return kMemory + number * kPage; }

/// Serves `restored` in this process until all is in place.
Result<void> serve_here(Restored& restored, LazyMemory memory, unsigned fillers = 2) {
  auto work = WorkDirectory::create();
  REQUIRE(work);
  auto channel = handover::open_channel();
  REQUIRE(channel);
  memory.pid = restored.pid();
  ServerOptions options;
  options.listener = work->take_listener();
  options.guard = std::move(channel->theirs);
  options.fillers = fillers;
  options.memory.push_back(std::move(memory));
  Guard guard(std::move(channel->ours), [](const Error&) {});
  REQUIRE(guard.protect(restored.pid(), [](const Error&) {}));
  Result<void> result;
  std::jthread server([&] { result = serve(std::move(options)); });
  restored.introduce(work->fd());
  restored.finish();
  server.join();
  return result;
}

/// Exit status of `body` in a process whose memory is served.
int run(const std::function<int()>& body, uint64_t pages = kPages) {
  Restored restored(pages, body);
  CHECK(serve_here(restored, memory_of(pages, std::make_shared<MadeUp>())));
  return restored.wait();
}

/// Which bytes are read, in which order.
class Logged : public MadeUp {
 public:
  Result<std::span<const std::byte>> read(uint64_t offset, std::span<std::byte> buffer) override {
    reads.push_back({offset / kPage, buffer.size() / kPage});
    return MadeUp::read(offset, buffer);
  }
  std::vector<std::pair<uint64_t, uint64_t>> reads;  ///< First page and number of pages.
};

/// Something that a process can wait for.
struct Gate {
  int ends[2];
  Gate() { REQUIRE(::pipe(ends) == 0); }
  ~Gate() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  void open() const { CHECK(::write(ends[1], "!", 1) == 1); }
  void wait() const {
    char byte;
    while (::read(ends[0], &byte, 1) < 0) {
    }
  }
};

/// The first page in [first, end) that does not hold its bytes; 0 for none.
int wrong_page(uint64_t first, uint64_t end) {
  for (uint64_t i = first; i < end; i++)
    if (!holds(page(i), i)) return 1;
  return 0;
}

/// Exit status of a child of the served process.
int of_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

}  // namespace

TEST_CASE("all pages arrive, whatever order they are asked for in") {
  CHECK(run([] { return wrong_page(0, kPages); }) == 0);
  CHECK(run([] {
          for (uint64_t i = 0, at = 1; i < kPages; i++, at = (at * 1103515245 + 12345) % kPages)
            if (!holds(page(at), at)) return 1;
          return wrong_page(0, kPages);
        }) == 0);
  CHECK(run([] {
          int wrong[4] = {};
          {
            std::vector<std::jthread> threads;
            for (uint64_t i = 0; i < 4; i++)
              threads.emplace_back([&, i] { wrong[i] = wrong_page(i * 1000, kPages); });
          }
          return wrong[0] + wrong[1] + wrong[2] + wrong[3];
        }) == 0);
}

TEST_CASE("what the process writes is not written over") {
  CHECK(run([] {
          for (uint64_t i = 0; i < kPages; i += 3) page(i)[5] = 42;
          for (uint64_t i = 0; i < kPages; i++) {
            if (i % 3 == 0 && page(i)[5] != 42) return 1;
            if (page(i)[4] != of_page(i)) return 2;
          }
          return 0;
        }) == 0);
}

TEST_CASE("pages that were given up are zeroes, and never come back") {
  CHECK(run([] {
          for (uint64_t i = 0; i + 64 <= kPages; i += 64) {
            if (::madvise(page(i), 32 * kPage, MADV_DONTNEED)) return 1;
            for (uint64_t k = i; k < i + 32; k++)
              if (page(k)[7] != 0) return 2;
          }
          // Also later, when everything else has been filled in.
          for (uint64_t i = 0; i < kPages; i++)
            if (i % 64 < 32 ? page(i)[9] != 0 : !holds(page(i), i)) return 3;
          return 0;
        }) == 0);
}

TEST_CASE("pages that were moved keep their bytes, also when they were not there yet") {
  CHECK(run([] {
          uint8_t* const away = kMemory + (1UL << 36);
          for (uint64_t i = 0; i + 128 <= kPages; i += 128) {
            void* moved = ::mremap(page(i), 64 * kPage, 64 * kPage, MREMAP_MAYMOVE | MREMAP_FIXED,
                                   away + i * kPage);
            if (moved == MAP_FAILED) return 1;
            for (uint64_t k = i; k < i + 64; k++)
              if (!holds(away + k * kPage, k)) return 2;
          }
          for (uint64_t i = 0; i < kPages; i++)
            if (!holds(i % 128 < 64 ? away + i * kPage : page(i), i)) return 3;
          return 0;
        }) == 0);
}

TEST_CASE("what is mapped where pages were is the process's own") {
  CHECK(run([] {
          for (uint64_t i = 0; i + 64 <= kPages; i += 64) {
            if (::munmap(page(i), 16 * kPage)) return 1;
            if (::mmap(page(i), 16 * kPage, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
              return 2;
            for (uint64_t k = i; k < i + 16; k++)
              if (page(k)[0] != 0) return 3;
            if (wrong_page(i + 16, i + 64)) return 4;
          }
          return 0;
        }) == 0);
}

TEST_CASE("protections that cut mappings in pieces stop nothing") {
  CHECK(run([] {
          for (uint64_t i = 0; i < kPages; i += 5)
            if (::mprotect(page(i), kPage, PROT_READ)) return 1;
          return wrong_page(0, kPages);
        }) == 0);
}

TEST_CASE("a child has what its parent had, and both go their own ways") {
  CHECK(run([] {
          if (page(1)[0] != of_page(1)) return 1;
          return of_child([] {
                   for (uint64_t i = 1; i < kPages; i += 2) page(i)[0] = 1;
                   return of_child([] { return holds(page(2), 2) && page(3)[0] == 1 ? 0 : 1; }) +
                          !holds(page(kPages - 2), kPages - 2);
                 }) +
                 2 * wrong_page(0, kPages);
        }) == 0);
}

TEST_CASE("children that execute another program, one after another, hold nothing up") {
  CHECK(run([] {
          for (int i = 0; i < 20; i++)
            if (of_child([] { return ::execl("/bin/true", "true", nullptr); })) return 1;
          return wrong_page(0, kPages);
        }) == 0);
}

TEST_CASE("threads that move, give up, fork and read at the same time get what is theirs") {
  CHECK(run(
            [] {
              std::atomic<int> wrong{0};
              {
                std::vector<std::jthread> threads;
                threads.emplace_back([&] {
                  for (uint64_t i = 0; i < 4096; i += 8) {
                    ::madvise(page(i), 4 * kPage, MADV_DONTNEED);
                    for (uint64_t k = i; k < i + 4; k++) wrong += page(k)[1] != 0;
                    for (uint64_t k = i + 4; k < i + 8; k++) wrong += !holds(page(k), k);
                  }
                });
                threads.emplace_back([&] {
                  for (uint64_t i = 4096; i < 8192; i += 16) {
                    uint8_t* away = page(i) + (1UL << 36);
                    ::mremap(page(i), 8 * kPage, 8 * kPage, MREMAP_MAYMOVE | MREMAP_FIXED, away);
                    for (uint64_t k = 0; k < 8; k++) wrong += !holds(away + k * kPage, i + k);
                  }
                });
                threads.emplace_back([&] {
                  for (int i = 0; i < 20; i++)
                    wrong += of_child([&] { return wrong_page(8192 + 100, 8192 + 164); });
                });
                threads.emplace_back([&] { wrong += wrong_page(8192, 12288); });
              }
              return wrong.load() != 0;
            },
            12288) == 0);
}

TEST_CASE("a process that ends while it is filled ends the server") {
  CHECK(run([] { return 7; }) == 7);
  CHECK(run([] { return ::raise(SIGKILL); }) == -SIGKILL);
}

TEST_CASE("what is wanted first comes first, and memory outside of the image is zeroes") {
  Restored restored(64, [] {
    for (uint64_t i = 0; i < 48; i++)
      if (i < 16 ? !holds(page(i), i) : page(i)[0] != 0) return 1;
    return holds(page(63), 63) ? 0 : 2;
  });
  LazyMemory memory = memory_of(64, std::make_shared<MadeUp>());
  memory.owed.remove(kAddress + 16 * kPage, kAddress + 48 * kPage);
  memory.first = {{kAddress + 60 * kPage, kAddress + 64 * kPage}, {kAddress, kAddress + kPage}};
  CHECK(serve_here(restored, std::move(memory), 1));
  CHECK(restored.wait() == 0);
}

TEST_CASE("what is wanted first is there before anything else, in its order") {
  const Gate gate;
  Restored restored(64, [&] {
    gate.wait();
    return wrong_page(0, 64);
  });
  const auto source = std::make_shared<Logged>();
  LazyMemory memory = memory_of(64, source);
  memory.first = {{kAddress + 60 * kPage, kAddress + 62 * kPage},
                  {kAddress + 7 * kPage, kAddress + 8 * kPage},
                  {kAddress + 40 * kPage, kAddress + 41 * kPage}};
  CHECK(serve_here(restored, std::move(memory), 0));
  REQUIRE(source->reads.size() > 3);
  CHECK(source->reads[0] == std::pair<uint64_t, uint64_t>(60, 2));
  CHECK(source->reads[1] == std::pair<uint64_t, uint64_t>(7, 1));
  CHECK(source->reads[2] == std::pair<uint64_t, uint64_t>(40, 1));
  gate.open();
  CHECK(restored.wait() == 0);
}

TEST_CASE("a server that is asked to shows which pages are asked for, and then brings the rest") {
  const Gate asked, go;
  Restored restored(64, [&] {
    if (!holds(page(9), 9) || !holds(page(33), 33) || !holds(page(8), 8)) return 1;
    asked.open();
    go.wait();
    return wrong_page(0, 64);
  });
  auto work = WorkDirectory::create();
  auto channel = handover::open_channel();
  ServerOptions options;
  options.listener = work->take_listener();
  options.guard = std::move(channel->theirs);
  options.serving = Serving::Asked;
  options.memory.push_back(memory_of(64, std::make_shared<MadeUp>()));
  options.memory[0].pid = restored.pid();
  auto guard = std::make_unique<Guard>(std::move(channel->ours), [](const Error&) {});
  REQUIRE(guard->protect(restored.pid(), [](const Error&) {}));
  Result<void> result;
  std::jthread server([&] { result = serve(std::move(options)); });
  restored.introduce(work->fd());
  restored.finish();
  asked.wait();
  const auto there =
      faults::resident_pages(restored.pid(), {.start = kAddress, .end = kAddress + 64 * kPage});
  REQUIRE(there);
  REQUIRE(there->size() == 3);
  CHECK((*there)[0].address == kAddress + 8 * kPage);
  CHECK((*there)[1].address == kAddress + 9 * kPage);
  CHECK((*there)[2].address == kAddress + 33 * kPage);
  guard.reset();
  server.join();
  CHECK(result);
  go.open();
  CHECK(restored.wait() == 0);
}

TEST_CASE("a page that cannot be read ends the process before it sees anything else") {
  for (const unsigned fillers : {0U, 1U}) {
    Restored restored(64, [] { return wrong_page(0, 64); });
    const auto served =
        serve_here(restored, memory_of(64, std::make_shared<MadeUp>(32 * kPage)), fillers);
    REQUIRE_FALSE(served);
    CHECK(served.error().message == "made to fail");
    CHECK(restored.wait() == -SIGKILL);
  }
}

TEST_CASE("a page that a filler could not read is no zero page to who waits for it") {
  const Gate asked;
  class Failing : public MadeUp {
   public:
    explicit Failing(const Gate& asked) : MadeUp(0), asked_(asked) {}
    Result<std::span<const std::byte>> read(uint64_t offset, std::span<std::byte> buffer) override {
      // Until the server has a fault to answer, and waits for the filler that asks us.
      std::call_once(once_, [this] { asked_.wait(); });
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      return MadeUp::read(offset, buffer);
    }

   private:
    const Gate& asked_;
    std::once_flag once_;
  };
  Restored restored(8, [&] {
    asked.open();
    return wrong_page(0, 1);
  });
  CHECK_FALSE(serve_here(restored, memory_of(8, std::make_shared<Failing>(asked)), 1));
  CHECK(restored.wait() == -SIGKILL);
}

TEST_CASE("a restore that breaks off ends the server") {
  auto work = WorkDirectory::create();
  auto channel = handover::open_channel();
  ServerOptions options;
  options.listener = work->take_listener();
  options.guard = std::move(channel->theirs);
  options.fillers = 1;
  auto restored = std::make_unique<Restored>(8, [] { return 0; });
  options.memory.push_back(memory_of(8, std::make_shared<MadeUp>()));
  options.memory[0].pid = restored->pid();
  Result<void> result = fail(ErrorCode::System, "not called");
  std::jthread server([&] { result = serve(std::move(options)); });
  restored->introduce(work->fd());
  restored.reset();
  server.join();
  CHECK(result);
}

TEST_CASE("a process that the image does not have is refused") {
  Restored restored(8, [] { return 0; });
  LazyMemory memory = memory_of(8, std::make_shared<MadeUp>());
  auto work = WorkDirectory::create();
  auto channel = handover::open_channel();
  ServerOptions options;
  options.listener = work->take_listener();
  options.guard = std::move(channel->theirs);
  options.fillers = 1;
  std::jthread server([&] {
    const auto result = serve(std::move(options));
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::PageServer);
  });
  restored.introduce(work->fd());
  const auto hold_or_failed = handover::receive_frame(channel->ours.get(), Deadline::never());
  REQUIRE(hold_or_failed);
  CHECK(hold_or_failed->json.find("not in the image") != std::string::npos);
  channel->ours.reset();
}
