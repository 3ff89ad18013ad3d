#include "stream/lazy_memory.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "criu_image/image_file.h"
#include "criu_image/mm.h"
#include "criu_image/pagemap.h"
#include "os/unique_fd.h"

using namespace tubthump;
using namespace tubthump::criu_image;
using namespace tubthump::stream;

namespace {

constexpr uint32_t kLazy = PageRun::kPresent | PageRun::kLazy;

uint64_t page(uint64_t number) { return number * kPageSize; }

Vma anonymous(uint64_t first, uint64_t end) {
  Vma vma;
  vma.start = page(first);
  vma.end = page(end);
  vma.prot = PROT_READ | PROT_WRITE;
  vma.flags = MAP_PRIVATE | MAP_ANONYMOUS;
  vma.status = vma_status::kRegular | vma_status::kAnonPrivate;
  return vma;
}

/// The images of process 7 in a directory of their own.
struct Images {
  std::string path = "/tmp/tubthump-lazy-XXXXXX";
  UniqueFd directory;

  Images(const std::vector<Vma>& vmas, const std::vector<PageRun>& runs, uint64_t pages) {
    REQUIRE(::mkdtemp(path.data()));
    directory.reset(::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
    REQUIRE(write_messages(directory.get(), "mm-7.img", Kind::Mm, {*replace_vmas("", vmas)}));
    REQUIRE(
        write_messages(directory.get(), "pagemap-7.img", Kind::Pagemap, encode_pagemap({1, runs})));
    std::ofstream(path + "/pages-1.img");
    std::filesystem::resize_file(path + "/pages-1.img", page(pages));
  }
  ~Images() { std::filesystem::remove_all(path); }
};

void check_invalid(const Images& images) {
  const auto memory = load_lazy_memory(images.directory.get(), 7);
  REQUIRE_FALSE(memory);
  CHECK(memory.error().code == ErrorCode::ImageInvalid);
}

}  // namespace

TEST_CASE("what CRIU leaves out is owed, cut where one mapping ends") {
  const Images images({anonymous(10, 20), anonymous(20, 30), anonymous(40, 50)},
                      {{page(12), 3, PageRun::kPresent}, {page(18), 4, kLazy}}, 7);
  auto memory = load_lazy_memory(images.directory.get(), 7);
  REQUIRE(memory);
  const auto owed = memory->owed.chunks_in(0, page(99));
  REQUIRE(owed.size() == 2);
  CHECK(owed[0].address == page(18));
  CHECK(owed[0].offset == page(3));
  CHECK(owed[0].size == page(2));
  CHECK(owed[1].address == page(20));
  CHECK(owed[1].offset == page(5));
  REQUIRE(memory->empty.size() == 1);
  CHECK(memory->empty[0].start == page(40));
}

TEST_CASE("images that do not fit together are refused") {
  check_invalid(Images({anonymous(10, 20)}, {{page(12), 3, kLazy}}, 4));
  check_invalid(Images({anonymous(10, 20)}, {{page(12), 3, kLazy}}, 2));
  check_invalid(Images({anonymous(10, 20)}, {{page(18), 3, kLazy}}, 3));
  check_invalid(Images({anonymous(10, 20)}, {{page(30), 3, kLazy}}, 3));
  Vma locked = anonymous(10, 20);
  locked.flags |= MAP_LOCKED;
  check_invalid(Images({locked}, {{page(12), 3, kLazy}}, 3));
}
