#include "faults/exact.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "faults/log.h"
#include "faults/prefault.h"
#include "faults/resident.h"
#include "process/mappings.h"

using namespace tubthump;

namespace {

constexpr size_t kPage = 4096;
constexpr size_t kPages = 256;

/// A private, writable mapping of a file that is in the page cache.
struct Mapped {
  UniqueFd file{::memfd_create("mapped", MFD_CLOEXEC)};
  char* memory = nullptr;
  Mapped() {
    const std::string page(kPage, 'x');
    for (size_t i = 0; i < kPages; i++)
      REQUIRE(::write(file.get(), page.data(), page.size()) == static_cast<ssize_t>(kPage));
    void* map = ::mmap(nullptr, kPages * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE, file.get(), 0);
    REQUIRE(map != MAP_FAILED);
    memory = static_cast<char*>(map);
  }
  ~Mapped() { ::munmap(memory, kPages * kPage); }

  [[nodiscard]] uint64_t address(size_t page) const {
    return reinterpret_cast<uint64_t>(memory) + page * kPage;
  }
  void read(size_t page) const { (void)*static_cast<volatile char*>(memory + page * kPage); }
  void write(size_t page) const { *static_cast<volatile char*>(memory + page * kPage) = 'y'; }

  [[nodiscard]] std::vector<faults::ResidentPage> resident() const {
    const auto all = process::mappings_of(::getpid());
    const auto mine = std::ranges::find(all, address(0), &process::Mapping::start);
    REQUIRE(mine != all.end());
    auto pages = faults::resident_pages(::getpid(), *mine);
    REQUIRE(pages);
    return *pages;
  }
};

}  // namespace

TEST_CASE("page tables tell exactly what was touched, and what was written") {
  const Mapped mapped;
  auto exact = faults::fault_exactly(mapped.file.get());
  if (!exact) {  // Linux before 6.7, or a container that forbids userfaultfd.
    MESSAGE(exact.error().message);
    return;
  }
  mapped.read(100);
  mapped.write(50);
  mapped.read(10);
  mapped.read(11);
  mapped.write(10);
  const auto pages = mapped.resident();
  REQUIRE(pages.size() == 4);
  CHECK(pages[0].address == mapped.address(10));
  CHECK(pages[0].copied);
  CHECK(pages[1].address == mapped.address(11));
  CHECK(!pages[1].copied);
  CHECK(pages[2].address == mapped.address(50));
  CHECK(pages[2].copied);
  CHECK(pages[3].address == mapped.address(100));
}

TEST_CASE("the log has pages in the order of their first touch") {
  const Mapped mapped;
  auto exact = faults::fault_exactly(mapped.file.get());
  auto log = faults::FaultLog::open({static_cast<pid_t>(::syscall(SYS_gettid))});
  if (!exact || !log) {
    MESSAGE("neither userfaultfd nor perf events may be missing");
    return;
  }
  for (const size_t page : {9, 3, 200, 3}) mapped.read(page);
  mapped.write(9);
  const auto ranks = log->ranks();
  REQUIRE(ranks.contains(mapped.address(9)));
  REQUIRE(ranks.contains(mapped.address(200)));
  CHECK(ranks.at(mapped.address(9)) < ranks.at(mapped.address(3)));
  CHECK(ranks.at(mapped.address(3)) < ranks.at(mapped.address(200)));
  CHECK(!ranks.contains(mapped.address(4)));
}

TEST_CASE("pages are there before they are touched, with what they hold") {
  const Mapped mapped;
  const std::vector<faults::Stretch> wanted{
      {mapped.address(3), 2, 0}, {mapped.address(8), 1, 1}, {0x1000, 5, 1}};
  auto list = faults::share(wanted);
  REQUIRE(list);
  faults::prefault(list->get());
  std::vector<uint64_t> present, own;
  for (const auto& page : mapped.resident()) (page.copied ? own : present).push_back(page.address);
  CHECK(std::ranges::count(present, mapped.address(3)) == 1);
  CHECK(std::ranges::count(present, mapped.address(4)) == 1);
  CHECK(own == std::vector<uint64_t>{mapped.address(8)});
  CHECK(mapped.memory[8 * kPage] == 'x');
}

TEST_CASE("lines of the list of mappings") {
  const Mapped mapped;
  const auto all = process::mappings_of(::getpid());
  const auto mine = std::ranges::find(all, mapped.address(0), &process::Mapping::start);
  REQUIRE(mine != all.end());
  CHECK(mine->end - mine->start == kPages * kPage);
  CHECK(mine->offset == 0);
  CHECK(!mine->shared);
  CHECK(mine->path == "/memfd:mapped (deleted)");
  CHECK(std::ranges::is_sorted(all, {}, &process::Mapping::start));
}

TEST_CASE("a process that is not there has no mappings") {
  CHECK(process::mappings_of(-1).empty());
}
