#include "stream/start_server.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <limits>
#include <thread>

#include "handover/channel.h"
#include "handover/stdio.h"
#include "process/reap.h"
#include "stream/userfaultfd.h"

namespace tubthump::stream {

namespace {

/// Everything but standard streams and these: CRIU's and the copy's ends must close when our parent
/// closes them.
void close_all_but(unsigned one, unsigned other) {
  const auto [low, high] = std::minmax(one, other);
  if (low > 3) ::close_range(3, low - 1, 0);
  if (high > low + 1) ::close_range(low + 1, high - 1, 0);
  ::close_range(high + 1, ~0U, 0);
}

/// `work` is our parent's as well: the last of us leaves nothing.
[[noreturn]] void become_server(ServerOptions options, const WorkDirectory& work) {
  ::prctl(PR_SET_NAME, "tubthump-pages");
  ::setsid();
  if (!handover::park(handover::kStdio)) ::_exit(1);
  close_all_but(static_cast<unsigned>(options.listener.get()),
                static_cast<unsigned>(options.guard.get()));
  options.connected = [&work] { work.remove(); };
  const auto served = serve(std::move(options));
  work.remove();
  ::_exit(served ? 0 : 1);
}

bool is_in(const std::vector<pid_t>& ids, pid_t id) {
  return std::ranges::find(ids, id) != ids.end();
}

}  // namespace

Result<void> end_server(const StartedServer& server) {
  siginfo_t info{};
  const bool ended =
      ::waitid(P_PID, static_cast<id_t>(server.pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
      info.si_pid == server.pid;
  // CRIU may notice that it is gone before the guard does.
  if (ended) (void)server.guard->wait_for(std::numeric_limits<size_t>::max());
  const auto lost = server.guard->lost();
  process::kill_and_reap(server.pid);
  if (lost) return std::unexpected(*lost);
  return {};
}

unsigned count_fillers() { return std::min(std::thread::hardware_concurrency() / 4, 3U); }

Result<StartedServer> start_server(std::vector<LazyMemory> memory, Serving serving,
                                   const std::vector<pid_t>& taken, Guard::OnLost on_lost) {
  if (auto able = check_userfaultfd(); !able) return std::unexpected(able.error());
  auto work = WorkDirectory::create();
  if (!work) return std::unexpected(work.error());
  auto channel = handover::open_channel();
  if (!channel) return std::unexpected(channel.error());

  const size_t processes = memory.size();
  ServerOptions options;
  options.listener = work->take_listener();
  options.guard = std::move(channel->theirs);
  options.memory = std::move(memory);
  options.serving = serving;
  options.fillers = count_fillers();
  // One that has an id that the copy needs is of no use; the next has another while it still lives.
  pid_t server = ::fork();
  if (server == 0) become_server(std::move(options), *work);
  if (is_in(taken, server)) {
    const pid_t another = ::fork();
    if (another == 0) become_server(std::move(options), *work);
    process::kill_and_reap(server);
    server = another;
  }
  if (server < 0) return fail_errno(ErrorCode::System, "fork a page server");
  return StartedServer{server, processes, std::move(*work),
                       std::make_unique<Guard>(std::move(channel->ours), std::move(on_lost))};
}

}  // namespace tubthump::stream
