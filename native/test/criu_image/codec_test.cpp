#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <protozero/pbf_builder.hpp>

#include "criu_image/files.h"
#include "criu_image/image_file.h"
#include "criu_image/mm.h"
#include "criu_image/pagemap.h"
#include "os/unique_fd.h"

using namespace tubthump;
using namespace tubthump::criu_image;

namespace {

struct Directory {
  std::string path = "/tmp/tubthump-codec-XXXXXX";
  UniqueFd fd;
  Directory() {
    REQUIRE(::mkdtemp(path.data()));
    fd.reset(::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  }
  ~Directory() { std::filesystem::remove_all(path); }
};

enum class Mm : protozero::pbf_tag_type { StartCode = 1, Auxv = 13, Vmas = 14, Dumpable = 15 };

std::string mm_without_vmas() {
  std::string bytes;
  protozero::pbf_builder<Mm> out(bytes);
  out.add_uint64(Mm::StartCode, 0x400000);
  for (uint64_t value : {33, 7, 0}) out.add_uint64(Mm::Auxv, value);
  out.add_int32(Mm::Dumpable, 1);
  return bytes;
}

Vma sample(uint64_t start) {
  Vma vma;
  vma.start = start;
  vma.end = start + 0x2000;
  vma.prot = PROT_READ | PROT_WRITE;
  vma.flags = MAP_PRIVATE | MAP_ANONYMOUS;
  vma.status = vma_status::kRegular | vma_status::kAnonPrivate;
  vma.madv = 1 << 10;
  vma.has_madv = true;
  return vma;
}

}  // namespace

TEST_CASE("messages come back from an image file as they went in") {
  Directory directory;
  const std::vector<std::string> messages{"one", "", std::string(5000, 'x')};
  REQUIRE(write_messages(directory.fd.get(), "mm-7.img", Kind::Mm, messages));
  auto read = read_messages(directory.fd.get(), "mm-7.img", Kind::Mm);
  REQUIRE(read);
  CHECK(*read == messages);
  CHECK(!write_messages(directory.fd.get(), "mm-7.img", Kind::Mm, messages));  // not replaced
  auto other = read_messages(directory.fd.get(), "mm-7.img", Kind::Files);
  REQUIRE(!other);
  CHECK(other.error().code == ErrorCode::ImageInvalid);
}

TEST_CASE("an image file cut anywhere is refused or has fewer messages, never wrong ones") {
  Directory directory;
  REQUIRE(write_messages(directory.fd.get(), "whole", Kind::Mm, {"first", "second"}));
  std::ifstream file(directory.path + "/whole", std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  for (size_t size = 0; size < bytes.size(); size++) {
    std::ofstream(directory.path + "/cut", std::ios::binary) << bytes.substr(0, size);
    auto read = read_messages(directory.fd.get(), "cut", Kind::Mm);
    if (read) CHECK(read->size() < 2);
    if (read && read->size() == 1) CHECK(read->front() == "first");
  }
}

TEST_CASE("VMAs are replaced, and every other field of mm stays") {
  const std::string mm = mm_without_vmas();
  auto with = replace_vmas(mm, {sample(0x1000), sample(0x8000)});
  REQUIRE(with);
  auto vmas = decode_vmas(*with);
  REQUIRE(vmas);
  REQUIRE(vmas->size() == 2);
  CHECK((*vmas)[1].start == 0x8000);
  CHECK((*vmas)[1].fd == -1);
  CHECK((*vmas)[1].madv == 1 << 10);
  CHECK(!(*vmas)[1].has_fd_flags);
  CHECK(replace_vmas(*with, {}) == mm);
}

TEST_CASE("an address space that cannot be is refused") {
  const std::string mm = mm_without_vmas();
  for (auto [start, end] : {std::pair{0x1000, 0x1000}, {0x3000, 0x1000}, {0x1001, 0x3000}}) {
    Vma vma = sample(static_cast<uint64_t>(start));
    vma.end = static_cast<uint64_t>(end);
    CHECK(!decode_vmas(*replace_vmas(mm, {vma})));
  }
  CHECK(!decode_vmas(*replace_vmas(mm, {sample(0x8000), sample(0x1000)})));
  CHECK(!decode_vmas("\xff\xff\xff"));
}

TEST_CASE("a pagemap comes back as it was; pages elsewhere are refused") {
  Pagemap pagemap{3, {{0x1000, 2, PageRun::kPresent}, {0x9000, 1, PageRun::kPresent | 2}}};
  auto decoded = decode_pagemap(encode_pagemap(pagemap));
  REQUIRE(decoded);
  CHECK(decoded->pages_id == 3);
  REQUIRE(decoded->runs.size() == 2);
  CHECK(decoded->runs[1].address == 0x9000);
  CHECK(decoded->runs[1].flags == (PageRun::kPresent | 2));
  pagemap.runs[1].flags = 1;  // in the parent image
  CHECK(!decode_pagemap(encode_pagemap(pagemap)));
  pagemap.runs = {{0x9000, 1, PageRun::kPresent}, {0x1000, 1, PageRun::kPresent}};
  CHECK(!decode_pagemap(encode_pagemap(pagemap)));
  CHECK(!decode_pagemap({}));
}

TEST_CASE("an inherited file gets a free id and a name that inherit_fd finds") {
  std::vector<std::string> files{encode_inherited_file(4, "a"), encode_inherited_file(9, "b")};
  CHECK(free_file_id(files) == 10);
  CHECK(name_of_file(files, 9) == "/b");
  CHECK(name_of_file(files, 5) == "");
  CHECK(!free_file_id({"\xff"}));
}
