// With a real CRIU, in mount namespaces in which /run is a directory of the test.
#include "kdat/kdat.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>

#include "criu/find.h"
#include "kdat/build_key.h"
#include "os/unique_fd.h"

using namespace tubthump;
using kdat::State;

namespace fs = std::filesystem;

namespace {

const std::string kCache = "/run/criu.kdat";
const std::string kStamp = "/run/criu.kdat.tubthump";

std::string real_criu() {
  auto criu = criu::find("");
  REQUIRE_MESSAGE(criu, "no CRIU here: run `tubthump setup`");
  return *criu;
}

/// Beside the tests, for /tmp may be a tmpfs.
struct Directory {
  std::string path = fs::read_symlink("/proc/self/exe").parent_path() / "kdat-XXXXXX";
  Directory() {
    REQUIRE(::mkdtemp(path.data()));
    struct statfs info;
    REQUIRE(::statfs(path.c_str(), &info) == 0);
    REQUIRE_MESSAGE(info.f_type != TMPFS_MAGIC, "the build directory is on a tmpfs");
  }
  ~Directory() { fs::remove_all(path); }
};

/// 0 or the line of the first expectation that failed.
int with_run(const std::function<bool()>& mount_run, const std::function<int()>& body) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const bool ready = ::unshare(CLONE_NEWNS) == 0 &&
                       ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                       mount_run();
    const int line = ready ? body() : -1;
    ::_exit(line == 0 ? 0 : line % 255 + 1);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status)) return -1;
  return WEXITSTATUS(status) ? WEXITSTATUS(status) - 1 : 0;
}

int on_disk(const std::function<int()>& body) {
  const Directory directory;
  return with_run(
      [&] { return ::mount(directory.path.c_str(), "/run", nullptr, MS_BIND, nullptr) == 0; },
      body);
}

#define EXPECT(...) \
  if (!(__VA_ARGS__)) return __LINE__

bool is(const Result<State>& state, State expected) { return state && *state == expected; }

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::trunc) << text;
}

std::set<std::string> names_in_run() {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator("/run")) names.insert(entry.path().filename());
  return names;
}

/// What makes a cache stale: afterwards it is made once more, and then it is valid.
int made_again_after(const std::string& criu, const std::function<void()>& change) {
  return on_disk([&] {
    EXPECT(is(kdat::ensure(criu), State::Seeded));
    const std::string before = text_of(kCache);
    EXPECT(is(kdat::ensure(criu), State::Valid));
    change();
    EXPECT(is(kdat::ensure(criu), State::Seeded));
    // The kernel has not changed, and what CRIU found out about it neither.
    EXPECT(text_of(kCache).size() == before.size());
    EXPECT(is(kdat::ensure(criu), State::Valid));
    return 0;
  });
}

/// Words of the build key: boot, kernel, path, file.
void replace_word(int number) {
  std::string text = text_of(kStamp);
  size_t at = 0;
  for (int word = 0; word < number; word++) at = text.find(' ', at) + 1;
  text[at] = text[at] == 'x' ? 'y' : 'x';
  write(kStamp, text);
}

}  // namespace

TEST_CASE("a cache is made once, by whoever comes first, and is for root alone") {
  const std::string criu = real_criu();
  CHECK(on_disk([&] {
          EXPECT(is(kdat::ensure(criu), State::Seeded));
          struct stat info;
          EXPECT(::stat(kCache.c_str(), &info) == 0);
          EXPECT(S_ISREG(info.st_mode));
          EXPECT((info.st_mode & 07777) == 0600);
          EXPECT(info.st_uid == ::geteuid());
          EXPECT(info.st_gid == ::getegid());
          EXPECT(info.st_size > 100);
          EXPECT(::stat(kStamp.c_str(), &info) == 0);
          EXPECT((info.st_mode & 022) == 0);
          EXPECT(info.st_uid == ::geteuid());
          EXPECT(names_in_run() == std::set<std::string>{"criu.kdat", "criu.kdat.tubthump"});
          const fs::file_time_type made = fs::last_write_time(kCache);
          EXPECT(is(kdat::ensure(criu), State::Valid));
          EXPECT(fs::last_write_time(kCache) == made);
          return 0;
        }) == 0);
}

TEST_CASE("a cache that is gone, cut short, longer, overwritten or replaced is made again") {
  const std::string criu = real_criu();
  CHECK(made_again_after(criu, [] { ::unlink(kCache.c_str()); }) == 0);
  CHECK(made_again_after(criu, [] { fs::resize_file(kCache, 8); }) == 0);
  CHECK(made_again_after(criu, [] { write(kCache, ""); }) == 0);
  CHECK(made_again_after(criu, [] { write(kCache, text_of(kCache) + "more"); }) == 0);
  // As another build of CRIU writes it: the magic is the time of its build.
  CHECK(made_again_after(criu, [] {
          std::string text = text_of(kCache);
          text[0] ^= 1;
          write(kCache, text);
        }) == 0);
  CHECK(made_again_after(criu, [] {
          fs::copy_file(kCache, "/run/other");
          fs::rename("/run/other", kCache);
        }) == 0);
}

TEST_CASE("a cache of another boot, kernel or CRIU, or of nobody knows what, is made again") {
  const std::string criu = real_criu();
  for (const int word : {0, 1, 2, 3}) {
    CAPTURE(word);
    CHECK(made_again_after(criu, [=] { replace_word(word); }) == 0);
  }
  CHECK(made_again_after(criu, [] { ::unlink(kStamp.c_str()); }) == 0);
  CHECK(made_again_after(criu, [] { write(kStamp, ""); }) == 0);
}

TEST_CASE("what CRIU leaves behind off tmpfs, and would block itself with, is removed") {
  const std::string criu = real_criu();
  CHECK(made_again_after(criu, [] {
          ::unlink(kCache.c_str());
          write("/run/criu.kdat.tmp", "");
        }) == 0);
}

TEST_CASE("where /run is a tmpfs nothing is made: CRIU does it itself") {
  const std::string criu = real_criu();
  const auto tmpfs = [] { return ::mount("tmpfs", "/run", "tmpfs", 0, "size=1m") == 0; };
  CHECK(with_run(tmpfs, [&] {
          EXPECT(is(kdat::ensure(criu), State::NotNeeded));
          EXPECT(names_in_run().empty());
          return 0;
        }) == 0);
}

TEST_CASE("a CRIU that cannot be made to write one leaves nothing") {
  CHECK(on_disk([] {
          auto state = kdat::ensure("/bin/false");
          EXPECT(!state && state.error().code == ErrorCode::System);
          EXPECT(names_in_run().empty());
          state = kdat::ensure("/no/such/criu");
          EXPECT(!state && state.error().code == ErrorCode::CriuNotFound);
          return 0;
        }) == 0);
}

TEST_CASE("a /run that cannot be written to is an error, and CRIU probes as it always does") {
  const std::string criu = real_criu();
  CHECK(on_disk([&] {
          EXPECT(::mount(nullptr, "/run", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0);
          auto state = kdat::ensure(criu);
          EXPECT(!state && state.error().code == ErrorCode::System);
          EXPECT(state.error().sys_errno == EROFS);
          return 0;
        }) == 0);
}

TEST_CASE("the key of a build is equal for the same file, and for no other") {
  const Directory directory;
  const std::string criu = directory.path + "/criu";
  write(criu, "one");
  const auto key = kdat::build_key(criu);
  REQUIRE(key);
  CHECK(*kdat::build_key(criu) == *key);
  const timespec later[2] = {{1'900'000'000, 0}, {1'900'000'000, 0}};
  REQUIRE(::utimensat(AT_FDCWD, criu.c_str(), later, 0) == 0);
  CHECK(*kdat::build_key(criu) != *key);
  const auto longer = kdat::build_key(criu);
  write(criu, "three");
  REQUIRE(::utimensat(AT_FDCWD, criu.c_str(), later, 0) == 0);
  CHECK(*kdat::build_key(criu) != *longer);
  const auto missing = kdat::build_key(directory.path + "/none");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::CriuNotFound);
  CHECK_FALSE(kdat::file_key(directory.path + "/none"));
}
