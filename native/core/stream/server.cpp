#include "stream/server.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "criu_image/pagemap.h"
#include "handover/channel.h"
#include "stream/criu_socket.h"
#include "stream/fillers.h"
#include "stream/guard_frames.h"

namespace tubthump::stream {

namespace {

/// How soon to look again for an event that was announced.
constexpr int kEventComingMs = 1;

class Server {
 public:
  Server(ServerOptions options, std::unique_ptr<Fillers> fillers)
      : options_(std::move(options)), fillers_(std::move(fillers)) {}

  Result<void> run() {
    auto served = serve();
    if (served) return served;
    end_processes(served.error());
    return served;
  }

 private:
  Result<void> serve() {
    while (!over_) {
      std::vector<pollfd> waiting = entries();
      const int timeout = filling_ ? 0 : later_ ? kEventComingMs : -1;
      const int ready = ::poll(waiting.data(), waiting.size(), timeout);
      if (ready < 0 && errno != EINTR) return fail_errno(ErrorCode::System, "poll");
      // A fault that comes meanwhile finds us awake: waking up would take longer than the chunk.
      if (ready == 0 && filling_) filling_ = fillers_->step();
      if (ready <= 0 && !later_) continue;
      if (waiting[0].revents)
        if (auto heard = hear_criu(); !heard) return heard;
      if (waiting[1].revents) hear_guard();
      if (waiting[2].revents)
        if (auto heard = hear_fillers(); !heard) return heard;
      if (auto served = serve_processes(std::span(waiting).subspan(3)); !served) return served;
    }
    return {};
  }

  std::vector<pollfd> entries() const {
    std::vector<pollfd> waiting{{criu_ ? criu_.get() : options_.listener.get(), POLLIN, 0},
                                {options_.guard.get(), POLLIN, 0},
                                {fillers_->news(), POLLIN, 0}};
    for (const auto& process : processes_) waiting.push_back({process->fd(), POLLIN, 0});
    return waiting;
  }

  Result<void> hear_criu() {
    if (!criu_) {
      criu_.reset(::accept4(options_.listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
      options_.listener.reset();
      options_.connected();
      return criu_ ? Result<void>() : fail_errno(ErrorCode::System, "accept CRIU's connection");
    }
    auto message = receive_message(criu_.get());
    if (!message) return std::unexpected(message.error());
    switch (message->kind) {
      case CriuMessage::Kind::Process:
        return add_process(*message);
      case CriuMessage::Kind::Zombie:
        return {};
      case CriuMessage::Kind::Restored:
        criu_.reset();
        started_ = true;
        for (const auto& process : processes_) process->start();
        if (options_.serving == Serving::Everything) start_filling();
        return {};
      case CriuMessage::Kind::Closed:
        // Without its last word: a restore that failed, and CRIU has a reason to give.
        over_ = true;
        tell_guard_done();
        return {};
    }
    return {};
  }

  Result<void> add_process(CriuMessage& message) {
    auto memory = std::ranges::find(options_.memory, message.pid, &LazyMemory::pid);
    if (memory == options_.memory.end())
      return fail(ErrorCode::PageServer,
                  "CRIU asks for process " + std::to_string(message.pid) + ", not in the image");
    hold(message.userfaultfd.get());
    memory->pid = message.task;
    const uint64_t around_fault =
        options_.serving == Serving::Asked ? criu_image::kPageSize : ProcessMemory::kAroundFault;
    processes_.push_back(std::make_shared<ProcessMemory>(
        std::move(*memory), std::move(message.userfaultfd), around_fault));
    options_.memory.erase(memory);
    return {};
  }

  void start_filling() {
    filling_ = true;
    for (const auto& process : processes_) fillers_->add(process);
    fillers_->start(options_.fillers);
  }

  Result<void> hear_fillers() {
    uint64_t news;
    (void)!::read(fillers_->news(), &news, sizeof news);
    if (auto failure = fillers_->failure()) return std::unexpected(*failure);
    if (!fillers_->done()) return {};
    // The guard lets go first: a descriptor of its own would keep later faults waiting for ever.
    if (!guarded_) over_ = true;
    tell_guard_done();
    return {};
  }

  void tell_guard_done() {
    (void)handover::send_frame(options_.guard.get(), kGuardDone, {}, Deadline::never());
  }

  /// It has closed its end, having heard that all is done; or its process has ended, and the copy's
  /// memory is still to be served, if there is to be a copy.
  void hear_guard() {
    guarded_ = false;
    options_.guard.reset();
    const auto serving = std::exchange(options_.serving, Serving::Everything);
    if (serving == Serving::Asked && started_) return start_filling();
    if (started_ ? fillers_->done() : !criu_) over_ = true;
  }

  Result<void> serve_processes(std::span<const pollfd> waiting) {
    const bool all = std::exchange(later_, false);
    // Forks are appended meanwhile; they are looked at in the next round.
    for (size_t i = 0; i < waiting.size(); i++) {
      if (!all && !waiting[i].revents) continue;
      auto served = processes_[i]->serve();
      if (!served) return std::unexpected(served.error());
      later_ = later_ || served->later;
      for (auto& fork : served->forks) {
        hold(fork->fd());
        processes_.push_back(std::move(fork));
        if (!started_ || options_.serving == Serving::Asked) continue;
        fillers_->add(processes_.back());
        filling_ = true;
      }
    }
    return {};
  }

  /// Gives the guard a descriptor of its own.
  void hold(int userfaultfd) {
    const int descriptors[] = {userfaultfd};
    (void)handover::send_frame(options_.guard.get(), kGuardHold, descriptors, Deadline::never());
  }

  /// No page that is missing may be read as zeroes: our descriptors stay open until nobody can.
  void end_processes(const Error& error) {
    if (guarded_ &&
        handover::send_frame(options_.guard.get(), failed_frame(error), {}, Deadline::never())) {
      pollfd end{options_.guard.get(), POLLIN, 0};
      while (::poll(&end, 1, -1) < 0 && errno == EINTR) {
      }
      return;
    }
    for (const auto& process : processes_) ::kill(process->pid(), SIGKILL);
  }

  ServerOptions options_;
  std::unique_ptr<Fillers> fillers_;
  UniqueFd criu_;
  std::vector<std::shared_ptr<ProcessMemory>> processes_;
  bool started_ = false;  ///< All memory is in place.
  bool filling_ = false;  ///< Something may be left to fill.
  bool guarded_ = true;   ///< The guard listens.
  bool later_ = false;
  bool over_ = false;
};

}  // namespace

Result<void> serve(ServerOptions options) {
  auto fillers = Fillers::create();
  if (!fillers) return std::unexpected(fillers.error());
  for (const LazyMemory& memory : options.memory)
    for (const PageRange& range : memory.first)
      for (const Chunk& chunk : memory.owed.chunks_in(range.start, range.end))
        memory.pages->will_need(chunk.offset, chunk.size);
  return Server(std::move(options), std::move(*fillers)).run();
}

}  // namespace tubthump::stream
