#include "launcher/supervise.h"

#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "control/files.h"
#include "handover/channel.h"
#include "launcher/delegate.h"
#include "process/spawn.h"

namespace tubthump::launcher {

namespace {

// SIGTSTP and the terminal's other job control stays the launcher's own: the service is in another
// session and does not see it.
constexpr int kForwarded[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGTERM, SIGUSR1,
                              SIGUSR2, SIGALRM, SIGCONT, SIGWINCH};

constexpr std::string_view kAgentLost =
    R"({"status":"failed","code":"ERR_TUBTHUMP_HANDOVER_LOST","message":"the dump agent died",)"
    R"("errno":0,"log":""})";

[[noreturn]] void die_by(int signal) {
  // The same way to go for our parent to see, but one core dump is enough.
  rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::signal(signal, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  ::sigprocmask(SIG_UNBLOCK, &only, nullptr);
  ::raise(signal);
  ::_exit(128 + signal);
}

}  // namespace

Supervisor::Supervisor() {
  sigset_t handled;
  sigemptyset(&handled);
  for (int signal : kForwarded) sigaddset(&handled, signal);
  sigaddset(&handled, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &handled, &before_);
  signals_.reset(::signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK));
}

bool Supervisor::wait_parked(pid_t service) {
  for (;;) {
    pollfd entry{signals_.get(), POLLIN, 0};
    if (::poll(&entry, 1, -1) < 0) continue;
    signalfd_siginfo info;
    if (::read(signals_.get(), &info, sizeof info) != sizeof info) continue;
    siginfo_t ended{};
    switch (info.ssi_signo) {
      case SIGCONT:
        return true;
      case SIGCHLD:
        // Left for supervise() to reap.
        if (::waitid(P_PID, static_cast<id_t>(service), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
            ended.si_pid == service)
          return false;
        break;
      case SIGHUP:
      case SIGINT:
      case SIGQUIT:
      case SIGTERM:
        // Its handlers are JavaScript, and that does not run yet.
        ::kill(service, SIGKILL);
        ::waitpid(service, nullptr, 0);
        die_by(static_cast<int>(info.ssi_signo));
      default:
        break;  // What the service would have to handle, it could not yet.
    }
  }
}

int Supervisor::supervise(pid_t service, UniqueFd channel) {
  watch(service, std::move(channel));
  control::remove_files_of(service);
  if (dump_expected_ && ended_by_dump()) return 0;
  if (WIFSIGNALED(status_)) die_by(WTERMSIG(status_));
  return WEXITSTATUS(status_);
}

int Supervisor::watch(pid_t service, UniqueFd channel) {
  service_ = service;
  channel_ = std::move(channel);
  reap();  // It may have ended before we listen.
  while (!ended_) {
    // poll(2) passes over negative descriptors: nobody reads the channel beside an agent.
    std::array<pollfd, 2> entries{
        {{signals_.get(), POLLIN, 0}, {agent_ ? -1 : channel_.get(), POLLIN, 0}}};
    if (::poll(entries.data(), entries.size(), -1) < 0) continue;
    if (entries[0].revents) on_signals();
    if (!ended_ && entries[1].revents) on_channel();
  }
  return status_;
}

void Supervisor::on_signals() {
  signalfd_siginfo info;
  while (::read(signals_.get(), &info, sizeof info) == sizeof info) {
    const int signal = static_cast<int>(info.ssi_signo);
    if (signal == SIGCHLD)
      reap();
    else if (agent_)
      held_.push_back(signal);
    else if (!ended_)
      ::kill(service_, signal);
  }
}

/// A signal that is pending during the dump would be in the image, for every copy to get.
void Supervisor::release_signals() {
  for (int signal : held_)
    if (!ended_) ::kill(service_, signal);
  held_.clear();
}

/// A request waits on the channel, or the service closed its end.
void Supervisor::on_channel() {
  char byte;
  const ssize_t got = ::recv(channel_.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  // At the end of file errno still holds an older call's value.
  if (got == 0 || (got < 0 && errno != EAGAIN)) channel_.reset();
  if (got <= 0) return;
  process::SpawnOptions options;
  options.argv = {own_path(), "dump-agent", "3"};
  options.fds = {{channel_.get(), 3}};
  options.new_session = true;
  dumped_ = false;
  auto agent = process::spawn(options);
  if (agent)
    agent_ = *agent;
  else
    channel_.reset();  // The service's wait ends with HandoverLost.
}

void Supervisor::reap() {
  for (;;) {
    int status = 0;
    const pid_t pid = ::waitpid(-1, &status, WNOHANG);
    if (pid < 0 && errno == EINTR) continue;
    if (pid <= 0) return;
    if (pid == service_) {
      ended_ = true;
      status_ = status;
    } else if (pid == agent_) {
      agent_ = 0;
      release_signals();
      dumped_ = WIFEXITED(status) && WEXITSTATUS(status) == 0;
      // It had no chance to answer; the service's stdio is what ours is.
      if (WIFSIGNALED(status)) {
        const std::array<int, 3> stdio{0, 1, 2};
        (void)handover::send_frame(channel_.get(), kAgentLost, stdio, Deadline::never());
      }
    }
  }
}

/// CRIU kills what it has dumped a moment before its agent ends.
bool Supervisor::ended_by_dump() {
  if (!WIFSIGNALED(status_) || WTERMSIG(status_) != SIGKILL) return false;
  int status = 0;
  if (agent_ && ::waitpid(agent_, &status, 0) == agent_)
    dumped_ = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return dumped_;
}

}  // namespace tubthump::launcher
