#include "page_server/server.h"

#include <sys/socket.h>

#include <array>
#include <optional>
#include <utility>

#include "page_server/owner_files.h"
#include "page_server/page_pipe.h"
#include "page_server/protocol.h"

namespace tubthump::page_server {

namespace {

/// In flight between CRIU and us: with the default they wait for each other at every 200 KB.
constexpr int kInFlight = 4 << 20;

}  // namespace

PageServer::PageServer(int directory, Heap heap, UniqueFd socket, UniqueFd client)
    : directory_(directory),
      heap_(std::move(heap)),
      socket_(std::move(socket)),
      client_(std::move(client)) {}

Result<std::unique_ptr<PageServer>> PageServer::start(int directory, Heap heap) {
  std::array<int, 2> ends;
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) < 0)
    return fail_errno(ErrorCode::System, "socketpair");
  UniqueFd ours(ends[0]), crius(ends[1]);
  if (::setsockopt(crius.get(), SOL_SOCKET, SO_SNDBUFFORCE, &kInFlight, sizeof kInFlight) < 0)
    (void)::setsockopt(crius.get(), SOL_SOCKET, SO_SNDBUF, &kInFlight, sizeof kInFlight);
  std::unique_ptr<PageServer> server(
      new PageServer(directory, std::move(heap), std::move(ours), std::move(crius)));
  server->thread_ = std::thread([self = server.get()] {
    self->placed_ = self->serve();
    // CRIU is not to wait for somebody who has given up.
    if (!self->placed_) ::shutdown(self->socket_.get(), SHUT_RDWR);
  });
  return server;
}

PageServer::~PageServer() { end(); }

Result<bake::Placed> PageServer::finish() {
  end();
  return std::move(placed_);
}

void PageServer::end() {
  if (!thread_.joinable()) return;
  ::shutdown(socket_.get(), SHUT_RDWR);
  thread_.join();
}

Result<bake::Placed> PageServer::serve() {
  auto pipe = PagePipe::open();
  if (!pipe) return std::unexpected(pipe.error());
  const int socket = socket_.get();
  std::optional<OwnerFiles> current;
  bool is_heap = false;
  bake::Placed heap;
  uint32_t pages_id = 0;
  const auto complete = [&]() -> Result<void> {
    if (!current) return {};
    auto placed = current->complete();
    if (!placed) return std::unexpected(placed.error());
    if (is_heap) heap = std::move(*placed);
    current.reset();
    return {};
  };
  for (;;) {
    auto command = receive_command(socket);
    if (!command) return std::unexpected(command.error());
    switch (command->kind) {
      case Command::Kind::Open: {
        if (auto done = complete(); !done) return std::unexpected(done.error());
        const Owner owner = command->owner;
        is_heap =
            owner.kind == Owner::Kind::Process && owner.id == static_cast<uint64_t>(heap_.pid);
        std::vector<bake::Stretch> stretches;
        if (is_heap) {
          auto laid_out = heap_.lay_out();
          if (!laid_out) return std::unexpected(laid_out.error());
          stretches = std::move(*laid_out);
        }
        auto files =
            OwnerFiles::create(directory_, owner, ++pages_id, std::move(stretches), heap_.file);
        if (!files) return std::unexpected(files.error());
        current = std::move(*files);
        if (heap_.write_early) current->write_early();
        if (is_heap && heap_.holes) current->make_holes(heap_.pid);
        if (auto sent = answer_no_parent(socket, command->kind); !sent)
          return std::unexpected(sent.error());
        break;
      }
      case Command::Kind::CheckParent:
        if (auto sent = answer_no_parent(socket, command->kind); !sent)
          return std::unexpected(sent.error());
        break;
      case Command::Kind::Pages:
        if (!current) return fail(ErrorCode::DumpFailed, "CRIU sends pages of nobody");
        if (auto added = current->add(command->run, socket, *pipe); !added)
          return std::unexpected(added.error());
        break;
      case Command::Kind::Close:
        if (auto done = complete(); !done) return std::unexpected(done.error());
        if (auto sent = answer_received(socket); !sent) return std::unexpected(sent.error());
        return heap;
    }
  }
}

}  // namespace tubthump::page_server
