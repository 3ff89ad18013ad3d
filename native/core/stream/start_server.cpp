#include "stream/start_server.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <thread>

#include "handover/channel.h"
#include "handover/stdio.h"
#include "process/reap.h"
#include "stream/server.h"
#include "stream/userfaultfd.h"

namespace tubthump::stream {

namespace {

/// Two processors are the service's and the server's own: a third thread would slow both.
unsigned count_fillers() { return std::min(std::thread::hardware_concurrency() / 4, 3U); }

/// Everything but standard streams and these: CRIU's and the copy's ends must close when our parent
/// closes them.
void close_all_but(unsigned one, unsigned other) {
  const auto [low, high] = std::minmax(one, other);
  if (low > 3) ::close_range(3, low - 1, 0);
  if (high > low + 1) ::close_range(low + 1, high - 1, 0);
  ::close_range(high + 1, ~0U, 0);
}

[[noreturn]] void become_server(ServerOptions options) {
  ::prctl(PR_SET_NAME, "tubthump-pages");
  ::setsid();
  if (!handover::park(handover::kStdio)) ::_exit(1);
  close_all_but(static_cast<unsigned>(options.listener.get()),
                static_cast<unsigned>(options.guard.get()));
  ::_exit(serve(std::move(options)) ? 0 : 1);
}

bool is_in(const std::vector<pid_t>& ids, pid_t id) {
  return std::ranges::find(ids, id) != ids.end();
}

}  // namespace

Result<StartedServer> start_server(std::vector<LazyMemory> memory, const std::vector<pid_t>& taken,
                                   Guard::OnLost on_lost) {
  if (auto able = check_userfaultfd(); !able) return std::unexpected(able.error());
  auto work = WorkDirectory::create();
  if (!work) return std::unexpected(work.error());
  auto channel = handover::open_channel();
  if (!channel) return std::unexpected(channel.error());

  const size_t processes = memory.size();
  ServerOptions options{work->take_listener(), std::move(channel->theirs), std::move(memory),
                        count_fillers()};
  // One that has an id that the copy needs is of no use; the next has another while it still lives.
  pid_t server = ::fork();
  if (server == 0) become_server(std::move(options));
  if (is_in(taken, server)) {
    const pid_t another = ::fork();
    if (another == 0) become_server(std::move(options));
    process::kill_and_reap(server);
    server = another;
  }
  if (server < 0) return fail_errno(ErrorCode::System, "fork a page server");
  return StartedServer{server, processes, std::move(*work),
                       std::make_unique<Guard>(std::move(channel->ours), std::move(on_lost))};
}

}  // namespace tubthump::stream
