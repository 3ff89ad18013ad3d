#include "working_set/file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "os/unique_fd.h"

using namespace tubthump;
using working_set::kPageSize;
using working_set::WorkingSet;

namespace {

struct Directory {
  std::string path = "/tmp/tubthump-working-set-XXXXXX";
  UniqueFd fd;
  Directory() {
    REQUIRE(::mkdtemp(path.data()));
    fd.reset(::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  }
  ~Directory() { std::filesystem::remove_all(path); }
};

WorkingSet sample() {
  return {"an-id",
          true,
          {{"heap.img", true, 100 * kPageSize}, {"/usr/bin/node", false, 12345}},
          {{0, 3, 5 * kPageSize, 0x7f0000005000, true}, {1, 1, 3 * kPageSize, 0x400000, false}}};
}

/// With a checksum that fits.
std::string with(const auto& change) {
  WorkingSet set = sample();
  change(set);
  return working_set::encode(set);
}

}  // namespace

TEST_CASE("a working set is read as it was written") {
  Directory directory;
  REQUIRE(working_set::write(directory.fd.get(), sample()));
  auto set = working_set::read(directory.fd.get(), "an-id");
  REQUIRE(set);
  REQUIRE(*set);
  CHECK((*set)->image_id == "an-id");
  CHECK((*set)->ordered);
  CHECK((*set)->files == sample().files);
  CHECK((*set)->runs == sample().runs);
  struct stat info;
  REQUIRE(::stat((directory.path + "/working-set.img").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0400);
}

TEST_CASE("an image without a working set has none, which is no error") {
  Directory directory;
  auto set = working_set::read(directory.fd.get(), "an-id");
  REQUIRE(set);
  CHECK(!*set);
}

TEST_CASE("the working set of another image is refused") {
  Directory directory;
  REQUIRE(working_set::write(directory.fd.get(), sample()));
  auto set = working_set::read(directory.fd.get(), "another-id");
  REQUIRE(!set);
  CHECK(set.error().code == ErrorCode::ImageMismatch);
  CHECK(set.error().message.find("an-id") != std::string::npos);
}

TEST_CASE("every byte that is missing or changed is noticed") {
  const std::string good = working_set::encode(sample());
  REQUIRE(working_set::decode(good));
  for (size_t size = 0; size < good.size(); size++) {
    CAPTURE(size);
    CHECK(!working_set::decode(good.substr(0, size)));
  }
  for (size_t at = 0; at < good.size(); at++) {
    CAPTURE(at);
    std::string changed = good;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    auto set = working_set::decode(changed);
    REQUIRE(!set);
    CHECK(set.error().code == ErrorCode::ImageInvalid);
  }
}

TEST_CASE("runs and names that cannot be are refused, even with a checksum that fits") {
  CHECK(working_set::decode(with([](WorkingSet&) {})));
  CHECK(!working_set::decode(with([](WorkingSet& set) { set.runs[0].file = 2; })));
  CHECK(!working_set::decode(with([](WorkingSet& set) { set.runs[0].offset = 17; })));
  CHECK(!working_set::decode(with([](WorkingSet& set) { set.runs[0].pages = 96; })));
  CHECK(!working_set::decode(with([](WorkingSet& set) { set.runs[0].offset = ~uint64_t{4095}; })));
  CHECK(!working_set::decode(with([](WorkingSet& set) { set.files[0].name = "../heap.img"; })));
  CHECK(!working_set::decode(with([](WorkingSet& set) { set.files[0].name = ".."; })));
  CHECK(!working_set::decode(with([](WorkingSet& set) { set.files[1].name = "node"; })));
}

TEST_CASE("a directory that cannot be written keeps the older working set, and nothing else") {
  Directory directory;
  REQUIRE(working_set::write(directory.fd.get(), sample()));
  const std::string link = directory.path + "/link";
  UniqueFd nowhere(::open("/proc/self", O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  auto written = working_set::write(nowhere.get(), sample());
  REQUIRE(!written);
  CHECK(written.error().code == ErrorCode::ImagePublish);
  CHECK(std::distance(std::filesystem::directory_iterator(directory.path), {}) == 1);
}
