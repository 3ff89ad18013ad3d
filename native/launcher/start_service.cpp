#include "launcher/start_service.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "handover/channel.h"
#include "launcher/delegate.h"
#include "os/unique_fd.h"
#include "process/block_io_uring.h"
#include "process/pid_floor.h"

namespace tubthump::launcher {

namespace {

/// Node splits NODE_OPTIONS at spaces and knows double quotes with backslash escapes.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

void set_environment(const StartOptions& options, int channel) {
  for (const std::string& entry : options.environment) {
    size_t equals = entry.find('=');
    ::setenv(entry.substr(0, equals).c_str(), entry.substr(equals + 1).c_str(), 1);
  }
  const char* given = std::getenv("NODE_OPTIONS");
  std::string preload = "--import " + quoted("file://" + package_directory() + "/dist/preload.js");
  ::setenv("NODE_OPTIONS", given && *given ? (preload + " " + given).c_str() : preload.c_str(), 1);
  const std::string arena = package_directory() + "/build/Release/libtubthump-arena.so";
  const char* preloaded = std::getenv("LD_PRELOAD");
  // ld.so splits at spaces and colons, and there is no quoting.
  if (arena.find_first_of(" :") == std::string::npos && ::access(arena.c_str(), R_OK) == 0)
    ::setenv("LD_PRELOAD",
             preloaded && *preloaded ? (arena + ":" + preloaded).c_str() : arena.c_str(), 1);
  ::setenv("TUBTHUMP_BIN", own_path().c_str(), 1);
  if (!options.plan.empty()) ::setenv("TUBTHUMP_PLAN", options.plan.c_str(), 1);
  ::setenv("TUBTHUMP_CHANNEL", std::to_string(channel).c_str(), 1);
}

struct Failure {
  ErrorCode code;
  int sys_errno;
};

/// Between fork and exec; returns only when something failed.
Failure become_service(const StartOptions& options, pid_t launcher, int channel) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != launcher) ::_exit(0);  // It died before the line above.
  ::setsid();
  if (auto blocked = process::block_io_uring(); !blocked)
    return {blocked.error().code, blocked.error().sys_errno};
  set_environment(options, channel);
  ::fcntl(channel, F_SETFD, 0);  // Survives the exec; Node closes it for its own children.
  std::vector<char*> arguments;
  for (const std::string& argument : options.command)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  ::sigprocmask(SIG_SETMASK, &options.signal_mask, nullptr);
  ::execvp(arguments[0], arguments.data());
  return {ErrorCode::ExecFailed, errno};
}

}  // namespace

Result<Service> start_service(const StartOptions& options) {
  auto channel = handover::open_channel();
  if (!channel) return std::unexpected(channel.error());
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) < 0) return fail_errno(ErrorCode::System, "pipe");
  UniqueFd read_end(ends[0]), write_end(ends[1]);
  (void)process::raise_pid_floor();  // Without the capability the pids stay low: no reason to fail.
  const pid_t launcher = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return fail_errno(ErrorCode::System, "fork");
  if (pid == 0) {
    Failure failure = become_service(options, launcher, channel->theirs.get());
    (void)!::write(write_end.get(), &failure, sizeof failure);
    ::_exit(127);
  }
  write_end.reset();
  Failure failure;
  ssize_t got;
  while ((got = ::read(read_end.get(), &failure, sizeof failure)) < 0 && errno == EINTR) {
  }
  if (got != sizeof failure)
    return Service{pid, std::move(channel->ours)};  // exec closed the pipe.
  ::waitpid(pid, nullptr, 0);
  return fail_errno(failure.code, "start " + options.command[0], failure.sys_errno);
}

}  // namespace tubthump::launcher
