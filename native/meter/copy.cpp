#include "meter/copy.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "meter/http.h"
#include "meter/load.h"
#include "meter/memory.h"
#include "meter/parked.h"
#include "meter/sandbox.h"
#include "os/deadline.h"
#include "os/unique_fd.h"

namespace tubthump::meter {

namespace {

using Clock = std::chrono::steady_clock;

/// Short against what is measured; long enough to leave the processor to the service, from which a
/// poll takes 13 us where they share one. Several pollers take turns, so that all of them together
/// disturb as little as one.
constexpr std::chrono::microseconds kPollEvery{200};
constexpr std::chrono::seconds kTimeToEnd{10};
/// In nanoseconds; prctl(2), PR_SET_TIMERSLACK.
constexpr unsigned long kDefaultTimerSlack = 50'000;

std::string number(std::string_view name, long long value) {
  return "\"" + std::string(name) + "\":" + std::to_string(value);
}

long long nanoseconds(Clock::time_point at) { return at.time_since_epoch().count(); }

/// A socket from which FILE can be read, for the command. Its other end stays open in `ours`.
Result<UniqueFd> open_channel(const std::string& file, UniqueFd& ours) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  int ends[2];
  if (!in || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
    return fail_errno(ErrorCode::System, "channel from " + file);
  ours.reset(ends[0]);
  UniqueFd theirs(ends[1]);
  if (::send(ends[0], bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    return fail_errno(ErrorCode::System, "fill the channel");
  return theirs;
}

class Copy {
 public:
  Copy(const Options& options, const Cgroup* cgroup) : options_(options), cgroup_(cgroup) {}

  Result<std::string> prepare() {
    if (says_200(options_.port, options_.path)) return fail(ErrorCode::System, "the port is taken");
    if (auto furnished = furnish_sandbox(options_); !furnished)
      return std::unexpected(furnished.error());
    if (!options_.channel.empty()) {
      auto channel = open_channel(options_.channel, channel_);
      if (!channel) return std::unexpected(channel.error());
      their_channel_ = std::move(*channel);
    }
    ::prctl(PR_SET_TIMERSLACK, 1);  // The default would be half of the interval.
    return {};
  }

  /// The clock runs from just before the fork, or the signal that wakes a parked copy, to the first
  /// bytes of a 200.
  Result<std::string> start() {
    auto begin = Clock::now();
    UniqueFd said;
    if (options_.parked)
      if (auto piped = pipe_stderr(said); !piped) return std::unexpected(piped.error());
    child_ = cgroup_ ? cgroup_->fork_into() : ::fork();
    if (child_ < 0) return fail_errno(ErrorCode::System, "fork");
    if (child_ == 0) become_command();
    their_channel_.reset();
    their_stderr_.reset();
    const std::chrono::seconds limit(options_.limit_seconds);
    if (options_.parked) {
      if (auto parked = await_parked(said, Deadline::after(limit)); !parked)
        return std::unexpected(parked.error());
      begin = Clock::now();
      ::kill(child_, SIGCONT);
    }
    const auto until = begin + limit;
    while (!(first_ = says_200(options_.port, options_.path))) {
      std::this_thread::sleep_for(kPollEvery * options_.copies);
      if (has_ended()) return fail(ErrorCode::System, "the command ended before it answered");
      if (Clock::now() > until) return fail(ErrorCode::System, "no answer in time");
    }
    const auto end = Clock::now();
    return number("begin", nanoseconds(begin)) + "," + number("answered", nanoseconds(end));
  }

  Result<std::string> weigh() {
    const Memory memory = memory_of_sandbox();
    return number("privateKb", memory.private_kb) + "," +
           number("proportionalKb", memory.proportional_kb);
  }

  Result<std::string> serve() {
    auto served = measure_load(options_, std::move(*first_));
    if (served && options_.terminate) end_command();
    return served;
  }

 private:
  Result<void> pipe_stderr(UniqueFd& ours) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0) return fail_errno(ErrorCode::System, "pipe");
    ours.reset(ends[0]);
    their_stderr_.reset(ends[1]);
    return {};
  }

  [[noreturn]] void become_command() {
    // As copies have, and services of any service manager: the scheduler's autogroups, see
    // sched(7), would give less to one that shares a session with us.
    ::setsid();
    UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    ::dup2(null.get(), STDIN_FILENO);
    ::dup2(null.get(), STDOUT_FILENO);
    if (their_stderr_) ::dup2(their_stderr_.get(), STDERR_FILENO);
    if (their_channel_) ::dup2(their_channel_.get(), STDERR_FILENO + 1);
    ::prctl(PR_SET_TIMERSLACK, kDefaultTimerSlack);  // Ours would be inherited.
    ::execvp(options_.command[0], options_.command);
    std::perror(options_.command[0]);
    ::_exit(127);
  }

  /// Also reaps orphans, which come to us. The clock does not wait for a child of the command.
  bool has_ended() {
    for (pid_t pid; (pid = ::waitpid(-1, nullptr, WNOHANG)) > 0;)
      if (pid == child_) child_ = 0;
    return child_ == 0;
  }

  void end_command() {
    if (child_ > 0) ::kill(child_, SIGTERM);
    for (const auto until = Clock::now() + kTimeToEnd; !has_ended() && Clock::now() < until;)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

  const Options& options_;
  const Cgroup* cgroup_;
  UniqueFd channel_;
  UniqueFd their_channel_;
  UniqueFd their_stderr_;
  std::optional<Connection> first_;  ///< Over which the first answer comes.
  pid_t child_ = 0;
};

}  // namespace

void play_copy(const Options& options, const Cgroup* cgroup, Line line) {
  Copy copy(options, cgroup);
  line.report(copy.prepare());
  for (auto phase : {&Copy::start, &Copy::weigh, &Copy::serve}) {
    if (!line.await_go()) break;
    line.report((copy.*phase)());
  }
  (void)line.await_go();  // Until the meter has heard all that it wants.
  ::_exit(0);
}

}  // namespace tubthump::meter
