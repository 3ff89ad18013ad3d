#include "bake/self_test.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "criu_image/image_file.h"
#include "criu_image/mm.h"
#include "os/unique_fd.h"

using namespace tubthump;
using criu_image::Kind;
using criu_image::kPageSize;
using criu_image::Pagemap;
using criu_image::PageRun;
using criu_image::Vma;

namespace {

constexpr uint32_t kFile = 7;

Vma vma(uint64_t from_page, uint64_t to_page, uint64_t file_page, bool mapped) {
  Vma vma;
  vma.start = from_page * kPageSize;
  vma.end = to_page * kPageSize;
  vma.file_offset = file_page * kPageSize;
  vma.prot = PROT_READ | PROT_WRITE;
  vma.flags = MAP_PRIVATE;
  namespace status = criu_image::vma_status;
  vma.status = status::kRegular | (mapped ? status::kFilePrivate : status::kAnonPrivate);
  vma.shmid = mapped ? kFile : 0;
  return vma;
}

Pagemap pagemap(std::vector<std::pair<uint64_t, uint64_t>> runs) {
  Pagemap map{1, {}};
  for (auto [page, count] : runs) map.runs.push_back({page * kPageSize, count, PageRun::kPresent});
  return map;
}

/// A page for each letter.
std::string pages(const std::string& letters) {
  std::string bytes;
  for (char letter : letters) bytes.append(kPageSize, letter == '.' ? '\0' : letter);
  return bytes;
}

/// CRIU wrote pages 2 "a", 10-12 "bcd", 20 "e"; VMA 10-14 became a mapping of heap pages 0-3.
struct BakedImage {
  std::string path = "/tmp/tubthump-self-test-XXXXXX";
  UniqueFd directory;
  std::string heap = "bcd.", rest = "ae";
  std::vector<Vma> vmas{vma(2, 3, 0, false), vma(10, 14, 0, true), vma(20, 21, 0, false)};
  Pagemap left = pagemap({{2, 1}, {20, 1}});
  bool by_address = false;  ///< The original is the process's memory, which has gone on at page 2.

  BakedImage() {
    REQUIRE(::mkdtemp(path.data()));
    directory.reset(::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  }
  ~BakedImage() { std::filesystem::remove_all(path); }

  Result<void> test() const {
    write("pages", by_address ? "..A.......bcd......." : "abcde");
    write("heap", heap);
    write("rest", rest);
    auto mm = criu_image::replace_vmas("", vmas);
    REQUIRE(mm);
    REQUIRE(criu_image::write_messages(directory.get(), "mm", Kind::Mm, {*mm}));
    REQUIRE(criu_image::write_messages(directory.get(), "pagemap", Kind::Pagemap,
                                       criu_image::encode_pagemap(left)));
    const UniqueFd original(::open((path + "/pages").c_str(), O_RDONLY | O_CLOEXEC));
    return bake::test_baked(directory.get(), pagemap({{2, 1}, {10, 3}, {20, 1}}),
                            {original.get(), by_address}, kFile, {"mm", "pagemap", "rest", "heap"});
  }
  void write(const std::string& name, const std::string& letters) const {
    std::ofstream(path + "/" + name, std::ios::binary) << pages(letters);
  }
};

std::string reason(const BakedImage& image) {
  auto tested = image.test();
  return tested ? "good" : tested.error().message;
}

}  // namespace

TEST_CASE("an image that is baked well passes its self-test") { CHECK(reason({}) == "good"); }

TEST_CASE("contents that are not the process's are found") {
  BakedImage image;
  image.heap = "xcd.";
  CHECK(reason(image) == "self-test of the baked image: another page at a000");
  BakedImage other;
  other.rest = "ax";
  CHECK(reason(other) == "self-test of the baked image: another page at 14000");
}

TEST_CASE("the memory of the process tells as well, of what is in the heap") {
  BakedImage image;
  image.by_address = true;
  CHECK(reason(image) == "good");
  BakedImage other;
  other.by_address = true;
  other.heap = "xcd.";
  CHECK(reason(other) == "self-test of the baked image: another page at a000");
}

TEST_CASE("a mapping at the wrong place is found") {
  BakedImage image;
  image.vmas[1].file_offset = kPageSize;
  CHECK(reason(image) == "self-test of the baked image: another page at a000");
}

TEST_CASE("a page that nobody brings back is found, and one that two do") {
  BakedImage image;
  image.left = pagemap({{2, 1}});
  CHECK(reason(image) == "self-test of the baked image: no page at 14000");
  BakedImage twice;
  twice.left = pagemap({{2, 1}, {12, 1}, {20, 1}});
  CHECK(reason(twice) == "self-test of the baked image: two pages at c000");
}

TEST_CASE("a heap file that is cut short is found") {
  BakedImage image;
  image.heap = "";
  CHECK(reason(image) == "self-test of the baked image: no page can be read at a000");
}
