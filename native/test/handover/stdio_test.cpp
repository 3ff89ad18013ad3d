#include "handover/stdio.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

using namespace tubthump;
using namespace tubthump::handover;

namespace {

ino_t inode_of(int fd) {
  struct stat info {};
  REQUIRE(::fstat(fd, &info) == 0);
  return info.st_ino;
}

bool is_null(int fd) {
  struct stat info {
  }, null{};
  return ::fstat(fd, &info) == 0 && ::stat("/dev/null", &null) == 0 && info.st_rdev == null.st_rdev;
}

}  // namespace

TEST_CASE("a parked descriptor is /dev/null until it is adopted, and closed on exec all along") {
  UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  UniqueFd number(::dup(socket.get()));
  const std::array<int, 1> numbers{number.get()};

  REQUIRE(park(numbers));
  CHECK(is_null(number.get()));
  CHECK(::fcntl(number.get(), F_GETFD) == FD_CLOEXEC);

  const std::array<UniqueFd, 1> kept{UniqueFd(::dup(socket.get()))};
  REQUIRE(adopt(numbers, kept));
  CHECK(inode_of(number.get()) == inode_of(socket.get()));
  CHECK(::fcntl(number.get(), F_GETFD) == FD_CLOEXEC);
}

TEST_CASE("a closed stdin is parked like an open one") {
  const UniqueFd saved(::fcntl(0, F_DUPFD_CLOEXEC, 3));
  ::close(0);
  const std::array<int, 1> numbers{0};
  CHECK(park(numbers));
  CHECK(is_null(0));
  CHECK(::fcntl(0, F_GETFD) == 0);
  if (saved) ::dup2(saved.get(), 0);
}

TEST_CASE("what did not come back stays /dev/null") {
  UniqueFd first(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
  UniqueFd second(::dup(first.get()));
  UniqueFd file(::dup(first.get()));
  const std::array<int, 2> numbers{first.get(), second.get()};
  REQUIRE(park(numbers));

  const std::array<UniqueFd, 1> kept{std::move(file)};
  REQUIRE(adopt(numbers, kept));
  CHECK(inode_of(first.get()) == inode_of(kept[0].get()));
  CHECK(is_null(second.get()));
}
