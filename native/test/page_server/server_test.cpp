#include "page_server/server.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "criu_image/image_file.h"

using namespace tubthump;
using bake::Stretch;
using criu_image::kPageSize;
using page_server::PageServer;

namespace {

constexpr uint64_t kProcess = 7 << 8 | 1;
constexpr uint64_t kChild = 8 << 8 | 1;
constexpr uint64_t kShared = 9 << 8 | 2;
constexpr uint32_t kPresent = 4 << 16, kOpen = 4, kParent = 5, kAdd = 6, kClose = 0x1024;

std::string pages(const std::string& letters) {
  std::string bytes;
  for (char letter : letters) bytes.append(kPageSize, letter == '.' ? '\0' : letter);
  return bytes;
}

/// A page server with what CRIU is to it at the other end of the socket.
struct Dump {
  std::string path = "/tmp/tubthump-page-server-XXXXXX";
  UniqueFd directory;
  std::unique_ptr<PageServer> server;
  UniqueFd criu;
  /// Pages 10-13 of process 7 are heap.
  Result<std::vector<Stretch>> layout = std::vector<Stretch>{{10 * kPageSize, 14 * kPageSize, 0}};

  Dump() {
    REQUIRE(::mkdtemp(path.data()));
    directory.reset(::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
    auto started = PageServer::start(directory.get(), {7, "heap.img", [this] { return layout; }});
    REQUIRE(started);
    server = std::move(*started);
    criu = server->take_client();
  }
  ~Dump() {
    server.reset();
    std::filesystem::remove_all(path);
  }

  void send(uint32_t command, uint64_t owner, uint64_t page = 0, const std::string& letters = "") {
    const uint64_t wire[] = {command, letters.size(), page * kPageSize, owner};
    const std::string bytes = pages(letters);
    REQUIRE(::send(criu.get(), wire, sizeof wire, MSG_NOSIGNAL) == sizeof wire);
    // Of an ended server nothing more is expected.
    (void)::send(criu.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  template <class T>
  T answer() {
    T value = -1;
    return ::recv(criu.get(), &value, sizeof value, MSG_WAITALL) == sizeof value ? value : T{-1};
  }
  void open(uint64_t owner) {
    send(kOpen, owner);
    REQUIRE(answer<int8_t>() == 0);
  }
  void add(uint64_t owner, uint64_t page, const std::string& letters) {
    send(kAdd | kPresent, owner, page, letters);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(path + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] criu_image::Pagemap pagemap(const std::string& name) const {
    auto messages = criu_image::read_messages(directory.get(), name, criu_image::Kind::Pagemap);
    REQUIRE(messages);
    auto decoded = criu_image::decode_pagemap(*messages);
    REQUIRE(decoded);
    return *decoded;
  }
};

}  // namespace

TEST_CASE("page server: pages of the heap go to their places, others to CRIU's pages file") {
  Dump dump;
  dump.open(kProcess);
  dump.add(kProcess, 8, "abcd");
  dump.add(kProcess, 13, "ef");
  dump.send(kClose, 0);
  REQUIRE(dump.answer<int32_t>() == 0);
  auto placed = dump.server->finish();
  REQUIRE(placed);
  CHECK(dump.read("heap.img") == pages("cd.e"));
  CHECK(dump.read("pages-1.img") == pages("abf"));
  CHECK(placed->bytes == 3 * kPageSize);
  CHECK(placed->all.runs.size() == 2);
  REQUIRE(placed->rest.runs.size() == 2);
  const auto written = dump.pagemap("pagemap-7.img");
  CHECK(written.pages_id == 1);
  REQUIRE(written.runs.size() == 2);
  CHECK(written.runs[0].address == 8 * kPageSize);
  CHECK(written.runs[0].pages == 2);
  CHECK(written.runs[1].address == 14 * kPageSize);
}

TEST_CASE("page server: other processes and shared memory are as CRIU writes them") {
  Dump dump;
  dump.send(kParent, kProcess);
  REQUIRE(dump.answer<int32_t>() == 0);
  dump.open(kChild);
  dump.add(kChild, 10, "ab");
  dump.open(kShared);
  dump.add(kShared, 0, "c");
  dump.open(kProcess);
  dump.add(kProcess, 10, "d");
  dump.send(kClose, 0);
  REQUIRE(dump.answer<int32_t>() == 0);
  REQUIRE(dump.server->finish());
  CHECK(dump.read("pages-1.img") == pages("ab"));
  CHECK(dump.pagemap("pagemap-8.img").pages_id == 1);
  CHECK(dump.read("pages-2.img") == pages("c"));
  CHECK(dump.pagemap("pagemap-shmem-9.img").pages_id == 2);
  CHECK(dump.read("pages-3.img").empty());
  CHECK(dump.read("heap.img") == pages("d..."));
}

TEST_CASE("page server: pages that the process does not have take no room") {
  Dump dump;
  dump.layout = std::vector<Stretch>{{0x1000 * kPageSize, 0x2000 * kPageSize, 0}};
  dump.open(kProcess);
  dump.add(kProcess, 0x1800, "a");
  dump.send(kClose, 0);
  REQUIRE(dump.answer<int32_t>() == 0);
  REQUIRE(dump.server->finish());
  struct stat info;
  REQUIRE(::stat((dump.path + "/heap.img").c_str(), &info) == 0);
  CHECK(info.st_size == 0x1000 * kPageSize);
  CHECK(info.st_blocks * 512 < 0x100 * static_cast<off_t>(kPageSize));
}

TEST_CASE("page server: a CRIU that ends early has sent nothing that counts") {
  Dump dump;
  dump.open(kProcess);
  dump.add(kProcess, 10, "ab");
  dump.criu.reset();
  auto placed = dump.server->finish();
  REQUIRE(!placed);
  CHECK(placed.error().code == ErrorCode::DumpFailed);
  CHECK(dump.read("pagemap-7.img").empty());
}

TEST_CASE("page server: what cannot be written ends the connection, with its reason") {
  Dump dump;
  REQUIRE(::mkdirat(dump.directory.get(), "heap.img", 0700) == 0);
  dump.send(kOpen, kProcess);
  CHECK(dump.answer<int8_t>() == -1);
  auto placed = dump.server->finish();
  REQUIRE(!placed);
  CHECK(placed.error().code == ErrorCode::ImagePublish);
}

TEST_CASE("page server: what CRIU never says is refused") {
  const auto refused = [](uint32_t command, uint64_t owner, const std::string& letters) {
    Dump dump;
    dump.open(kProcess);
    dump.send(command, owner, 10, letters);
    CHECK(dump.answer<int32_t>() == -1);
    auto placed = dump.server->finish();
    return !placed && placed.error().code == ErrorCode::DumpFailed;
  };
  CHECK(refused(99, kProcess, ""));
  CHECK(refused(kAdd | kPresent, 7 << 8 | 3, "a"));
  CHECK(refused(kAdd | kPresent, kProcess, ""));
  CHECK(refused(kAdd, kProcess, "a"));
}

TEST_CASE("page server: one that is given up ends") {
  Dump dump;
  dump.open(kProcess);
  dump.server.reset();
  CHECK(dump.answer<int32_t>() == -1);
}
