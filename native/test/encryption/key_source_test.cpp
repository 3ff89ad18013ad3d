#include "encryption/key_source.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace tubthump;
using namespace std::chrono_literals;
using encryption::hex;
using encryption::read_key;
namespace fs = std::filesystem;

namespace {

const std::string kHex(64, 'a');

struct Directory {
  fs::path path;
  Directory() {
    std::string name = fs::temp_directory_path() / "tubthump-key-XXXXXX";
    path = ::mkdtemp(name.data());
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() { fs::remove_all(path); }

  [[nodiscard]] std::string file(const std::string& text, unsigned mode) const {
    const std::string name = path / ("key" + std::to_string(mode));
    std::ofstream(name) << text;
    fs::permissions(name, fs::perms(mode));
    return name;
  }
};

std::string complaint(const encryption::KeySource& source, std::chrono::milliseconds limit = 20s) {
  auto key = read_key(source, limit);
  REQUIRE_FALSE(key);
  CHECK(key.error().code == ErrorCode::Key);
  CHECK(key.error().message.find(kHex) == std::string::npos);
  return key.error().message;
}

std::string from_command(const std::string& command, std::chrono::milliseconds limit = 20s) {
  return complaint({.file = "", .command = command}, limit);
}

}  // namespace

TEST_CASE("a key is read from a file that is its owner's alone") {
  const Directory it;
  CHECK(read_key({.file = it.file(kHex, 0600), .command = ""}));
  CHECK(read_key({.file = it.file(kHex, 0400), .command = ""}));
  CHECK(complaint({.file = it.file(kHex, 0604), .command = ""}).find("by others") !=
        std::string::npos);
  CHECK(complaint({.file = it.file(kHex, 0640), .command = ""}).find("by others") !=
        std::string::npos);
  CHECK(complaint({.file = it.file("short", 0400), .command = ""}).find("no key of 32 bytes") !=
        std::string::npos);
  CHECK(complaint({.file = it.path / "none", .command = ""}).find("No such file") !=
        std::string::npos);
  CHECK(complaint({.file = it.path, .command = ""}).find("no regular file") != std::string::npos);
  const std::string fifo = it.path / "fifo";
  ::mkfifo(fifo.c_str(), 0600);
  CHECK(complaint({.file = fifo, .command = ""}).find("no regular file") != std::string::npos);
}

TEST_CASE("a key file of another user is refused") {
  if (::geteuid() != 0) return;
  const Directory it;
  const std::string file = it.file(kHex, 0600);
  REQUIRE(::chown(file.c_str(), 1234, 0) == 0);
  CHECK(complaint({.file = file, .command = ""}).find("belongs to user 1234") != std::string::npos);
}

TEST_CASE("a program prints a key: found in PATH, without a shell, without our stdin") {
  auto key = read_key({.file = "", .command = "echo " + kHex});
  REQUIRE(key);
  const Directory it;
  auto same = read_key({.file = it.file(kHex, 0600), .command = ""});
  REQUIRE(same);
  CHECK(key->id() == same->id());
  // cat ends at once; a shell would take the redirection.
  CHECK(from_command("cat").find("no key of 32 bytes") != std::string::npos);
  CHECK(from_command("echo " + kHex + " > /dev/stdout").find("no key") != std::string::npos);
}

TEST_CASE("a program that gives no key is named, with what it did") {
  CHECK(from_command("false") == "key command false ended with status 1");
  CHECK(from_command("echo nonsense").find("no key of 32 bytes") != std::string::npos);
  CHECK(from_command("yes") == "key command yes prints more than a key");
  CHECK(from_command("/no/such/program").find("No such file") != std::string::npos);
  CHECK(from_command("   ").find("empty") != std::string::npos);
  CHECK(from_command("sleep 1000", 50ms) == "key command sleep gave no key within 50 ms");
}

TEST_CASE("a program that prints a key and fails gives none") {
  const Directory it;
  const std::string script = it.path / "script";
  std::ofstream(script) << "#!/bin/sh\necho " << kHex << "\nexit 3\n";
  fs::permissions(script, fs::perms(0700));
  CHECK(from_command(script) == "key command " + script + " ended with status 3");
}

TEST_CASE("a key comes from one place") {
  auto key = read_key({.file = "/k", .command = "echo"});
  REQUIRE_FALSE(key);
  CHECK(key.error().code == ErrorCode::Usage);
}
