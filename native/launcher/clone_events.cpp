#include "launcher/clone_events.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

namespace tubthump::launcher {

namespace {

/// Waits for room; gives up when nobody reads any more.
void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(fd, text.data(), text.size());
    if (wrote > 0) {
      text.remove_prefix(static_cast<size_t>(wrote));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return;
    pollfd entry{fd, POLLOUT, 0};
    ::poll(&entry, 1, -1);
  }
}

}  // namespace

void CloneEvents::write(const nlohmann::json& event) const {
  write_all(control_ >= 0 ? control_ : STDERR_FILENO,
            event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

void CloneEvents::restored(int copy, const clone::Restored& restored) const {
  if (control_ >= 0 || json_)
    write({{"event", "restored"},
           {"copy", copy},
           {"pid", restored.pid},
           {"cloneId", restored.clone_id},
           {"imageId", restored.image_id},
           {"generation", restored.generation},
           {"tookMs", restored.took_ms}});
  else
    std::fprintf(stderr, "tubthump: copy %d is pid %d\n", copy, restored.pid);
}

void CloneEvents::failed(int copy, const Error& error) const { write_error("failed", copy, error); }

void CloneEvents::lost(int copy, const Error& error) const { write_error("lost", copy, error); }

void CloneEvents::write_error(const char* event, int copy, const Error& error) const {
  const std::string code(code_string(error.code));
  if (control_ >= 0 || json_)
    write({{"event", event},
           {"copy", copy},
           {"code", code},
           {"message", error.message},
           {"hint", std::string(hint_of(error.code))},
           {"log", error.log}});
  else
    std::fprintf(stderr, "tubthump: copy %d: %s (%s)\nhint: %s\n", copy, error.message.c_str(),
                 code.c_str(), std::string(hint_of(error.code)).c_str());
}

void CloneEvents::exited(int copy, int status) const {
  const bool killed = WIFSIGNALED(status);
  if (control_ >= 0 || json_)
    write({{"event", "exited"},
           {"copy", copy},
           {"status", killed ? 0 : WEXITSTATUS(status)},
           {"signal", killed ? WTERMSIG(status) : 0}});
  else if (killed)
    std::fprintf(stderr, "tubthump: copy %d was ended by signal %d\n", copy, WTERMSIG(status));
  else if (WEXITSTATUS(status) != 0)
    std::fprintf(stderr, "tubthump: copy %d ended with status %d\n", copy, WEXITSTATUS(status));
}

void CloneEvents::settled(int up, int count) const {
  if (control_ >= 0 || json_)
    write({{"event", "settled"}, {"up", up}, {"count", count}});
  else if (up < count)
    std::fprintf(stderr, "tubthump: %d of %d copies are up\n", up, count);
}

}  // namespace tubthump::launcher
