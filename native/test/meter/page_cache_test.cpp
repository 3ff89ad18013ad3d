#include "meter/page_cache.h"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace fs = std::filesystem;
using namespace tubthump::meter;

namespace {

/// Below `parent`, with a file of 4 MB in a directory of its own.
fs::path directory_with_file(const fs::path& parent) {
  std::string name = (parent / "tubthump-evict-XXXXXX").native();
  REQUIRE(::mkdtemp(name.data()));
  fs::create_directory(fs::path(name) / "below");
  std::ofstream(fs::path(name) / "below" / "file") << std::string(4 << 20, 'x');
  return name;
}

}  // namespace

TEST_CASE("evicted files are not in the page cache, written or not") {
  const fs::path directory = directory_with_file(fs::current_path());
  CHECK(resident_share(directory).value() == 1);
  CHECK(evict(directory));
  CHECK(resident_share(directory).value() < 0.01);
  fs::remove_all(directory);
}

TEST_CASE("what cannot be evicted is told") {
  const fs::path directory = directory_with_file("/dev/shm");
  const auto evicted = evict(directory);
  fs::remove_all(directory);
  REQUIRE_FALSE(evicted);
  CHECK(evicted.error().message.find("stays in memory") != std::string::npos);
  CHECK_FALSE(evict(directory));
}
