// What CRIU sends to our page server. The input is the commands alone: behind those that announce
// pages, empty ones are put here, at most so many that a broken promise costs little.
#include "page_server/server.h"

#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "scratch.h"

using namespace tubthump;

namespace {

constexpr size_t kCommand = 32;
constexpr uint64_t kMostPages = 64;
constexpr uint64_t kPage = criu_image::kPageSize;
/// Of corpus/page_server/real.
constexpr pid_t kPid = 3073;

bool send(int socket, const void* bytes, size_t size) {
  return ::send(socket, bytes, size, MSG_NOSIGNAL) == static_cast<ssize_t>(size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::string pages(kMostPages * kPage, '\0');
  const fuzz::Scratch scratch;
  const std::vector<bake::Stretch> heap = {{0x55b0f304b000, 0x55b0f306d000, 0},
                                           {0x7f8ad2c9e000, 0x7f8ad2ca1000, 0x22000}};
  auto server =
      page_server::PageServer::start(scratch.directory(), {kPid, "heap.img", [&] { return heap; }});
  fuzz::require(server.has_value());
  const UniqueFd criu = (*server)->take_client();
  for (; size >= kCommand; data += kCommand, size -= kCommand) {
    if (!send(criu.get(), data, kCommand)) break;
    uint16_t command;
    uint64_t count;
    std::memcpy(&command, data, sizeof command);
    std::memcpy(&count, data + 8, sizeof count);
    const bool has_pages = command == 6;  // PS_IOV_ADD_F
    if (has_pages && !send(criu.get(), pages.data(), std::min(count, kMostPages) * kPage)) break;
  }
  // Half a command.
  (void)send(criu.get(), data, size);
  ::shutdown(criu.get(), SHUT_WR);
  (void)(*server)->finish();
  return 0;
}
