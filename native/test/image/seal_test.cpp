#include "image/seal.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "os/unique_fd.h"

using namespace tubthump;
using namespace tubthump::image;

namespace {

/// A directory with a file of a few blocks, and its seal.
struct Sealed {
  std::string path = "/tmp/tubthump-seal-XXXXXX";
  UniqueFd directory;
  std::vector<ImageFile> files;

  Sealed() {
    REQUIRE(::mkdtemp(path.data()));
    directory.reset(::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
    write("pages-1.img", std::string(700'000, 'a') + "tail");
    files = {{"pages-1.img", 700'004}};
    REQUIRE(seal(directory.get(), files));
  }
  ~Sealed() { std::filesystem::remove_all(path); }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path + "/" + name, std::ios::binary) << bytes;
  }
  void set_time(int64_t seconds, long ns) const {
    const timespec times[] = {{seconds, ns}, {seconds, ns}};
    REQUIRE(::utimensat(directory.get(), "pages-1.img", times, 0) == 0);
  }
  struct stat info() const {
    struct stat info;
    REQUIRE(::fstatat(directory.get(), "pages-1.img", &info, 0) == 0);
    return info;
  }
  Result<void> check() const { return check_seal(directory.get(), files[0], info()); }
};

int64_t ns_of(const struct stat& info) {
  return info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec;
}

}  // namespace

TEST_CASE("a sealed file is good as it is, and after a copy that changed its time") {
  const Sealed sealed;
  CHECK(sealed.files[0].checksum.size() == 16);
  CHECK(sealed.files[0].modified_ns == ns_of(sealed.info()));
  CHECK(sealed.check());
  CHECK(check_bytes(sealed.directory.get(), sealed.files));
  sealed.set_time(1'000'000'000, 7);
  CHECK(sealed.check());
  // The next one need not read it.
  CHECK(ns_of(sealed.info()) == sealed.files[0].modified_ns);
}

TEST_CASE("an edit that keeps the size is found") {
  const Sealed sealed;
  sealed.write("pages-1.img", std::string(700'000, 'a') + "tale");
  sealed.set_time(1'000'000'000, 7);
  const auto checked = sealed.check();
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code == ErrorCode::ImageInvalid);
  CHECK(checked.error().message.find("pages-1.img") != std::string::npos);
  // It is found again: its time was not put back.
  CHECK(ns_of(sealed.info()) == 1'000'000'000 * int64_t{1'000'000'000} + 7);
  CHECK_FALSE(check_bytes(sealed.directory.get(), sealed.files));
}

TEST_CASE("a time of whole seconds is that of an archive, and nothing is read") {
  const Sealed sealed;
  const struct stat info = sealed.info();
  sealed.write("pages-1.img", std::string(700'004, 'b'));
  sealed.set_time(info.st_mtim.tv_sec, 0);
  CHECK(sealed.check());
  CHECK_FALSE(check_bytes(sealed.directory.get(), sealed.files));
}

TEST_CASE("all files that were changed are named") {
  Sealed sealed;
  for (const std::string name : {"core-1.img", "mm-1.img"}) {
    sealed.write(name, name);
    sealed.files.push_back({name, name.size()});
  }
  REQUIRE(seal(sealed.directory.get(), sealed.files));
  sealed.write("mm-1.img", "mm-2.img");
  sealed.write("pages-1.img", "");
  const auto checked = check_bytes(sealed.directory.get(), sealed.files);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code == ErrorCode::ImageInvalid);
  CHECK(checked.error().message.ends_with(": mm-1.img, pages-1.img"));
}

TEST_CASE("files without a seal are good as they are") {
  const Sealed sealed;
  CHECK(check_seal(sealed.directory.get(), {"pages-1.img", 3}, sealed.info()));
  CHECK(check_bytes(sealed.directory.get(), {{"pages-1.img", 3}}));
}
