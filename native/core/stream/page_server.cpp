#include "stream/page_server.h"

#include <sys/prctl.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "handover/channel.h"
#include "handover/stdio.h"
#include "process/reap.h"
#include "process/spawn.h"
#include "stream/guard_frames.h"
#include "stream/image_tasks.h"
#include "stream/userfaultfd.h"

namespace tubthump::stream {

namespace {

enum Number { kListener = 3, kGuard = 4, kImages = 5 };

Result<std::vector<LazyMemory>> load_all(int images) {
  auto tasks = list_tasks(images);
  if (!tasks) return std::unexpected(tasks.error());
  std::vector<LazyMemory> memory;
  for (const pid_t pid : tasks->processes) {
    auto loaded = load_lazy_memory(images, pid);
    if (!loaded) return std::unexpected(loaded.error());
    memory.push_back(std::move(*loaded));
  }
  return memory;
}

/// How many processes it serves.
Result<size_t> wait_until_ready(int guard) {
  auto frame = handover::receive_frame(guard, Deadline::never());
  if (!frame) return fail(ErrorCode::PageServer, "the page server ended before it was ready");
  const std::string_view text = frame->json;
  if (!text.starts_with(kGuardReady)) return std::unexpected(error_of_frame(text));
  size_t processes = 0;
  std::from_chars(text.data() + kGuardReady.size(), text.data() + text.size(), processes);
  return processes;
}

}  // namespace

Result<StartedServer> spawn_server(const std::string& program, int images, Guard::OnLost on_lost) {
  if (auto able = check_userfaultfd(); !able) return std::unexpected(able.error());
  const auto tasks = list_tasks(images);
  if (!tasks) return std::unexpected(tasks.error());
  auto work = WorkDirectory::create();
  if (!work) return std::unexpected(work.error());
  auto channel = handover::open_channel();
  if (!channel) return std::unexpected(channel.error());
  const UniqueFd listener = work->take_listener();

  process::SpawnOptions options;
  options.argv = {program, "page-server", work->path()};
  options.fds = {{listener.get(), kListener}, {channel->theirs.get(), kGuard}, {images, kImages}};
  options.new_session = true;
  auto server = process::spawn(options);
  // One that has an id that the copy needs is of no use; the next has another while it still lives.
  if (server && std::ranges::count(tasks->threads, *server)) {
    const pid_t taken = *server;
    server = process::spawn(options);
    process::kill_and_reap(taken);
  }
  if (!server) return std::unexpected(server.error());
  channel->theirs.reset();
  const auto processes = wait_until_ready(channel->ours.get());
  if (!processes) {
    process::kill_and_reap(*server);
    return std::unexpected(processes.error());
  }
  return StartedServer{*server, *processes, std::move(*work),
                       std::make_unique<Guard>(std::move(channel->ours), std::move(on_lost))};
}

int page_server(const std::string& path) {
  ::prctl(PR_SET_NAME, "tubthump-pages");
  const WorkDirectory work = WorkDirectory::adopt(path);
  ServerOptions options;
  options.listener.reset(kListener);
  options.guard.reset(kGuard);
  const UniqueFd images(kImages);
  if (!handover::park(handover::kStdio)) return 1;
  auto memory = load_all(images.get());
  const std::string frame = memory ? std::string(kGuardReady) + std::to_string(memory->size())
                                   : failed_frame(memory.error());
  if (!handover::send_frame(options.guard.get(), frame, {}, Deadline::never()) || !memory) return 1;
  options.memory = std::move(*memory);
  options.fillers = count_fillers();
  options.connected = [&work] { work.remove(); };
  return serve(std::move(options)) ? 0 : 1;
}

}  // namespace tubthump::stream
