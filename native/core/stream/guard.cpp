#include "stream/guard.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "handover/channel.h"
#include "process/tree.h"
#include "stream/guard_frames.h"

namespace tubthump::stream {

Guard::Guard(UniqueFd channel, OnLost on_lost)
    : channel_(std::move(channel)), on_lost_(std::move(on_lost)), thread_([this] { run(); }) {}

void Guard::let_go() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  ::shutdown(channel_.get(), SHUT_RDWR);
}

bool Guard::wait_for(size_t processes) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ended_ || held_.size() >= processes; });
  return !ended_;
}

Result<void> Guard::protect(pid_t copy, OnLost on_lost) {
  const std::scoped_lock lock(mutex_);
  if (lost_) return std::unexpected(*lost_);
  copy_ = copy;
  process_.reset(static_cast<int>(::syscall(SYS_pidfd_open, copy, 0)));
  on_lost_ = std::move(on_lost);
  return {};
}

std::optional<Error> Guard::lost() {
  const std::scoped_lock lock(mutex_);
  return lost_;
}

void Guard::run() {
  if (auto error = hold_until_end()) lose(*error);
  const std::scoped_lock lock(mutex_);
  ended_ = true;
  changed_.notify_all();
  held_.clear();
  process_.reset();
  // The server waits for this.
  ::shutdown(channel_.get(), SHUT_RDWR);
}

/// Nothing when all pages are in place.
std::optional<Error> Guard::hold_until_end() {
  for (;;) {
    auto frame = handover::receive_frame(channel_.get(), Deadline::never());
    if (!frame) return Error{ErrorCode::PageServer, "the page server ended early"};
    if (frame->json == kGuardDone) return std::nullopt;
    if (frame->json != kGuardHold) return error_of_frame(frame->json);
    const std::scoped_lock lock(mutex_);
    for (UniqueFd& fd : frame->fds) held_.push_back(std::move(fd));
    changed_.notify_all();
  }
}

void Guard::lose(const Error& error) {
  const std::scoped_lock lock(mutex_);
  if (stopping_) return;
  lost_ = error;
  if (!process_) return on_lost_(error);
  pollfd ended{process_.get(), POLLIN, 0};
  // Then nobody has read what was missing.
  if (::poll(&ended, 1, 0) > 0) return;
  // Those below it lose their parent with it: they are looked for before.
  const auto tasks = process::tasks_of(copy_);
  // Before the end of the copy, which may be the end of this process.
  on_lost_(error);
  ::syscall(SYS_pidfd_send_signal, process_.get(), SIGKILL, nullptr, 0);
  if (!tasks) return;
  for (const pid_t task : *tasks) ::kill(task, SIGKILL);
}

}  // namespace tubthump::stream
