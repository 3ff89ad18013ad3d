#include "bake/heap_file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "os/unique_fd.h"

using namespace tubthump;
using bake::Stretch;
using criu_image::kPageSize;
using criu_image::Pagemap;
using criu_image::PageRun;

namespace {

struct Directory {
  std::string path = "/tmp/tubthump-bake-XXXXXX";
  UniqueFd fd;
  Directory() {
    REQUIRE(::mkdtemp(path.data()));
    fd.reset(::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  }
  ~Directory() { std::filesystem::remove_all(path); }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path + "/" + name, std::ios::binary) << bytes;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(path + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

/// One page for each letter.
std::string pages(const std::string& letters) {
  std::string bytes;
  for (char letter : letters) bytes.append(kPageSize, letter == '.' ? '\0' : letter);
  return bytes;
}

Pagemap pagemap(std::vector<std::pair<uint64_t, uint64_t>> runs) {
  Pagemap map{1, {}};
  for (auto [page, count] : runs) map.runs.push_back({page * kPageSize, count, PageRun::kPresent});
  return map;
}

Stretch stretch(uint64_t from_page, uint64_t to_page, uint64_t file_page, int64_t before = -1) {
  return {from_page * kPageSize, to_page * kPageSize, file_page * kPageSize,
          before < 0 ? before : before * static_cast<int64_t>(kPageSize)};
}

}  // namespace

TEST_CASE("pages of stretches go to the heap file, at their places; the others stay") {
  Directory directory;
  // Pages 10-13, 20-22, 40: runs that begin before, within and behind the stretches 12-16, 21-24.
  directory.write("pages-1.img", pages("abcdefgh"));
  auto moved = bake::move_pages(directory.fd.get(), pagemap({{10, 4}, {20, 3}, {40, 1}}),
                                {stretch(12, 16, 0), stretch(21, 24, 4)}, "heap", "rest");
  REQUIRE(moved);
  CHECK(moved->bytes == 4 * kPageSize);
  CHECK(directory.read("heap") == pages("cd..fg."));
  CHECK(directory.read("rest") == pages("abeh"));
  REQUIRE(moved->rest.runs.size() == 3);
  CHECK(moved->rest.runs[0].address == 10 * kPageSize);
  CHECK(moved->rest.runs[0].pages == 2);
  CHECK(moved->rest.runs[1].address == 20 * kPageSize);
  CHECK(moved->rest.runs[2].address == 40 * kPageSize);
}

TEST_CASE("one run across two adjacent stretches") {
  Directory directory;
  directory.write("pages-1.img", pages("abcdef"));
  auto moved = bake::move_pages(directory.fd.get(), pagemap({{9, 6}}),
                                {stretch(10, 12, 0), stretch(12, 14, 2)}, "heap", "rest");
  REQUIRE(moved);
  CHECK(directory.read("heap") == pages("bcde"));
  CHECK(directory.read("rest") == pages("af"));
}

TEST_CASE("pages that the process does not have take no room") {
  Directory directory;
  directory.write("pages-1.img", pages("a"));
  REQUIRE(bake::move_pages(directory.fd.get(), pagemap({{0x1000, 1}}), {stretch(0x1000, 0x2000, 0)},
                           "heap", "rest"));
  struct stat info;
  REQUIRE(::stat((directory.path + "/heap").c_str(), &info) == 0);
  CHECK(info.st_size == 0x1000 * kPageSize);
  CHECK(info.st_blocks * 512 < 0x100 * static_cast<off_t>(kPageSize));
}

TEST_CASE("a stretch that was mapped before keeps what was not written since") {
  Directory directory;
  directory.write("pages-1.img", pages("XY"));
  directory.write("old", pages("abcdef"));
  UniqueFd old(::open((directory.path + "/old").c_str(), O_RDONLY | O_CLOEXEC));
  const auto written = pagemap({{11, 1}, {20, 1}});
  const std::vector<Stretch> stretches{stretch(10, 13, 0, 2), stretch(20, 22, 3)};
  REQUIRE(bake::move_pages(directory.fd.get(), written, stretches, "heap", "rest"));
  REQUIRE(bake::fill_gaps(directory.fd.get(), written, stretches, old.get(), "heap"));
  CHECK(directory.read("heap") == pages("cXeY."));
  CHECK(directory.read("rest").empty());
}

TEST_CASE("only what was not written since comes from the file that was mapped before") {
  Directory directory;
  directory.write("pages-1.img", pages("TUVWX"));
  directory.write("old", pages("abcdef"));
  UniqueFd old(::open((directory.path + "/old").c_str(), O_RDONLY | O_CLOEXEC));
  // Runs that begin before the stretch, are inside, and go on behind it.
  const auto written = pagemap({{8, 3}, {12, 1}, {15, 1}});
  const std::vector<Stretch> stretches{stretch(10, 16, 0, 0)};
  REQUIRE(bake::move_pages(directory.fd.get(), written, stretches, "heap", "rest"));
  REQUIRE(bake::fill_gaps(directory.fd.get(), written, stretches, old.get(), "heap"));
  CHECK(directory.read("heap") == pages("VbWdeX"));
}

TEST_CASE("what was moved can be gathered again") {
  Directory directory;
  const std::string original = pages("abcdefgh");
  directory.write("pages-1.img", original);
  const auto all = pagemap({{10, 4}, {20, 3}, {40, 1}});
  const std::vector<Stretch> stretches{stretch(12, 16, 0), stretch(21, 24, 4)};
  REQUIRE(bake::move_pages(directory.fd.get(), all, stretches, "heap", "rest"));
  directory.write("pages-1.img", directory.read("rest"));
  REQUIRE(bake::gather_pages(directory.fd.get(), all, stretches, "heap", "all"));
  CHECK(directory.read("all") == original);
}

TEST_CASE("a pages file that is too short is refused") {
  Directory directory;
  directory.write("pages-1.img", pages("ab"));
  auto moved = bake::move_pages(directory.fd.get(), pagemap({{10, 3}}), {stretch(10, 13, 0)},
                                "heap", "rest");
  REQUIRE(!moved);
  CHECK(moved.error().code == ErrorCode::ImageInvalid);
}
