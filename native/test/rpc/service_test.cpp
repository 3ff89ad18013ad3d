#include "rpc/service.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>

using namespace tubthump;
using namespace tubthump::rpc;
using std::chrono::milliseconds;

namespace {

class Directory {
 public:
  Directory() { REQUIRE(::mkdtemp(path_.data())); }
  ~Directory() { std::filesystem::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  [[nodiscard]] std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_ = "/tmp/tubthump-service-XXXXXX";
};

UniqueFd listen_at(const std::string& path, int backlog) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, path.c_str());
  REQUIRE(::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(socket.get(), backlog) == 0);
  return socket;
}

}  // namespace

TEST_CASE("a service that is not there, or a path that cannot be one, is RpcConnect") {
  Directory directory;
  auto missing = connect_service(directory.file("none"), Deadline::never());
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::RpcConnect);
  auto long_path = connect_service(std::string(200, 'x'), Deadline::never());
  REQUIRE_FALSE(long_path);
  CHECK(long_path.error().code == ErrorCode::RpcConnect);
}

TEST_CASE("a service that accepts nobody is RpcTimeout") {
  Directory directory;
  const std::string path = directory.file("full");
  UniqueFd listener = listen_at(path, 0);
  auto first = connect_service(path, Deadline::never());
  CHECK(first);
  auto second = connect_service(path, Deadline::after(milliseconds(50)));
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::RpcTimeout);
}

TEST_CASE("waiting for a service is stopped from another thread") {
  Directory directory;
  const std::string path = directory.file("full");
  UniqueFd listener = listen_at(path, 0);
  auto first = connect_service(path, Deadline::never());
  CHECK(first);
  std::stop_source stop;
  std::jthread other([&] { stop.request_stop(); });
  auto second = connect_service(path, Deadline::never(), stop.get_token());
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::RpcAborted);
}
