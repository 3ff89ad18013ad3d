#include "criu/find.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;

struct Directory {
  Directory() {
    char name[] = "/tmp/tubthump-find-XXXXXX";
    path = ::mkdtemp(name);
  }
  ~Directory() { fs::remove_all(path); }

  std::string file(const std::string& name, mode_t mode) const {
    const std::string whole = path + "/" + name;
    std::ofstream(whole) << "#!/bin/sh\n";
    ::chmod(whole.c_str(), mode);
    return whole;
  }
  std::string path;
};

}  // namespace

TEST_CASE("a restore takes the binary that setup has put beside CRIU") {
  const Directory directory;
  const std::string criu = directory.file("criu", 0755);
  CHECK(tubthump::criu::for_restore(criu) == criu);
  const std::string other = directory.file("criu-restore", 0644);
  CHECK(tubthump::criu::for_restore(criu) == criu);
  ::chmod(other.c_str(), 0755);
  CHECK(tubthump::criu::for_restore(criu) == other);
}
