#include "restore/bring_back.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "bake/bake.h"
#include "criu/find.h"
#include "criu/quick_start.h"
#include "handover/channel.h"
#include "kdat/kdat.h"
#include "process/reap.h"
#include "restore/checked_image.h"
#include "restore/criu_check.h"
#include "restore/prefault.h"
#include "rpc/criu_log.h"
#include "rpc/perform.h"
#include "rpc/swrk.h"
#include "rpc/version.h"
#include "working_set/read_ahead.h"

namespace tubthump::restore {

namespace {

std::string read_all(int file) {
  struct stat info;
  if (::fstat(file, &info) < 0) return {};
  std::string text(static_cast<size_t>(info.st_size), '\0');
  ssize_t got = ::pread(file, text.data(), text.size(), 0);
  text.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return text;
}

/// What the copy maps; nothing when the image is a plain one.
UniqueFd open_heap(const UniqueFd& directory) {
  return UniqueFd(
      ::openat(directory.get(), bake::kHeapFile, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
}

/// CRIU writes a `stats-restore` to its working directory, by default the image. On a disk all
/// copies of an image wait for each other's writes to that one file, 4 to 30 ms each (ext4 writes
/// back a file that was truncated as it is closed). Nothing can be made in here, and CRIU goes on.
UniqueFd open_nowhere() { return UniqueFd(::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC)); }

/// CRIU may leave a half-made copy behind when it is killed. The id was free before, so a child of
/// ours that has it is the copy.
void end_half_restored(pid_t pid) {
  if (::waitpid(pid, nullptr, WNOHANG) == 0) process::kill_and_reap(pid);
}

/// Starts CRIU, which does nothing before its request.
Result<rpc::Swrk> start_criu(const RestoreOptions& options, int channel, int heap, int log) {
  rpc::SwrkOptions swrk;
  swrk.criu = criu::for_restore(options.criu);
  swrk.environment = criu::quick_start();
  swrk.inherit = {channel};
  if (heap >= 0) swrk.inherit.push_back(heap);
  swrk.stderr_fd = log;
  auto started = rpc::spawn_swrk(swrk);
  // One that is gone already says so when it is heard.
  if (started) (void)rpc::ask_version(started->session, Deadline::after(options.timeout));
  return started;
}

/// Waits until CRIU has started, which takes as long with this question as without.
Result<void> check_version(rpc::Session& session, const image::Manifest& manifest,
                           Deadline deadline) {
  const auto version = rpc::hear_version(session, deadline);
  if (!version) return std::unexpected(version.error());
  return check_criu(manifest, *version);
}

/// What CRIU reads from start to end. Pages that are streamed are read by their server.
std::vector<image::ImageFile> files_of_criu(const image::Manifest& manifest, bool streamed) {
  std::vector<image::ImageFile> files;
  for (const image::ImageFile& file : manifest.files)
    if (file.name.ends_with(".img") && file.name != manifest.heap.file &&
        !(streamed && file.name.starts_with("pages-")))
      files.push_back(file);
  return files;
}

Result<Restored> try_to_bring_back(const RestoreOptions& options, const UniqueFd& directory,
                                   bool tell) {
  auto channel = handover::open_channel();
  if (!channel) return std::unexpected(channel.error());
  // CRIU's log goes to memory: the image may be read-only, and nothing has to be removed.
  UniqueFd log(::memfd_create("criu.log", MFD_CLOEXEC));
  if (!log) return fail_errno(ErrorCode::System, "memfd_create");

  // Before the manifest is read: the dynamic loader needs 2 ms for CRIU's libraries, and has them
  // on the other processor. A signature was checked by then.
  UniqueFd heap = open_heap(directory);
  auto swrk = start_criu(options, channel->theirs.get(), heap.get(), log.get());
  if (!swrk) return std::unexpected(swrk.error());
  auto image = open_checked_image(directory, options.images);
  if (image && std::ranges::count(image->manifest.tasks, swrk->pid)) {
    // It got an id that the copy needs. The next one has another, while this one still lives.
    auto another = start_criu(options, channel->theirs.get(), heap.get(), log.get());
    process::kill_and_reap(swrk->pid);
    if (!another) return std::unexpected(another.error());
    swrk = std::move(another);
  }
  auto free = image ? wait_for_pids(image->manifest) : Result<void>();
  if (!image || !free) {
    process::kill_and_reap(swrk->pid);
    return std::unexpected(image ? free.error() : image.error());
  }
  channel->theirs.reset();
  // Without it CRIU probes the kernel by itself: slower, not wrong.
  (void)kdat::ensure(options.criu);
  const bool streamed = is_streamed(options.paging, image->manifest);
  working_set::ReadAhead reading(image->directory.get(), image->manifest.id,
                                 {files_of_criu(image->manifest, streamed), image->manifest.heap});

  rpc::Request request;
  request.type = rpc::RequestType::Restore;
  request.options.emplace();
  request.options->images_dir_fd = image->directory.get();
  const UniqueFd nowhere = open_nowhere();
  if (nowhere) request.options->work_dir_fd = nowhere.get();
  request.options->log_level = options.log_level;
  request.options->log_to_stderr = true;
  request.options->rst_sibling = true;
  request.options->shell_job = image->manifest.shell_job;
  request.options->inherit_fd = {
      {"socket:[" + std::to_string(image->manifest.channel_inode) + "]", swrk->inherited[0]}};
  if (heap) request.options->inherit_fd.push_back({bake::kHeapKey, swrk->inherited[1]});

  std::optional<stream::StartedServer> server;
  if (streamed) {
    const auto& known = reading.known();
    auto started = start_streaming(
        *image, options.paging, known ? *known : std::nullopt,
        [&](const Error&) { swrk->session.cancel(); }, request);
    if (!started) {
      process::kill_and_reap(swrk->pid);
      return std::unexpected(started.error());
    }
    server.emplace(std::move(*started));
  }

  const bool at_once = tell && !options.pid_outside;
  const Deadline deadline = Deadline::after(options.timeout);
  Result<std::optional<working_set::WorkingSet>> touched;
  UniqueFd list;
  const auto tell_copy = [&, socket = channel->ours.get()](const Payload& payload) {
    std::vector<int> fds(options.stdio.begin(), options.stdio.end());
    if (list) fds.push_back(list.get());
    (void)handover::send_frame(socket, encode_payload(payload, image->manifest), fds, deadline);
  };
  // From a thread of its own, because an environment may be larger than the socket's buffer and its
  // reader does not exist yet. The copy finds it there the moment it wakes.
  std::jthread sender([&] {
    // Not until all is asked for: where the disk has to read, asking waits for it.
    touched = reading.known();
    if (touched) list = prefault_list(*touched);
    if (at_once) tell_copy(options.payload);
  });

  // No copy may run whose missing pages could become zeroes.
  const auto on_notify = [&](const rpc::Notification& notification) {
    return notification.script != "post-restore" || server->guard->wait_for(server->processes);
  };
  const auto fits = check_version(swrk->session, image->manifest, deadline);
  Result<rpc::Response> response =
      fits ? rpc::perform(swrk->session, request, server ? rpc::NotifyHandler(on_notify) : nullptr,
                          deadline)
           : std::unexpected(fits.error());
  if (!response) ::kill(swrk->pid, SIGKILL);
  process::reap(swrk->pid);
  sender.join();
  Result<void> guarded;
  if (response && response->success && response->pid > 0) {
    if (server) guarded = server->guard->protect(response->pid, options.on_lost);
    if (guarded && tell && !at_once) {
      // Only now there is a pid to tell of. The copy reads already, or is about to.
      Payload complete = options.payload;
      complete.pid = options.pid_outside(response->pid);
      tell_copy(complete);
    }
    if (guarded) {
      reading.go_on();
      Copy copy{response->pid, std::move(channel->ours), options.payload.clone_id,
                image->manifest.id, image->manifest.generation + 1};
      if (server) copy.guard = std::move(server->guard);
      if (!touched) copy.unused = touched.error().message;
      return Restored{std::move(copy), std::move(image->manifest),
                      touched ? std::move(*touched) : std::nullopt};
    }
  }

  end_half_restored(image->manifest.pid);
  if (server) {
    if (auto ended = stream::end_server(*server); !ended) guarded = ended;
    if (!guarded) return std::unexpected(guarded.error());
  }
  Error error = response
                    ? Error{ErrorCode::RestoreFailed, "CRIU gave no reason", response->cr_errno}
                    : response.error();
  error.log = read_all(log.get());
  if (auto line = rpc::first_error(error.log); !line.empty()) error.message = line;
  return std::unexpected(error);
}

/// As CRIU says it of a process (cr_errno) and of a thread (restorer.c).
bool is_about_ids(const Error& error) {
  return error.code == ErrorCode::RestoreFailed &&
         (error.sys_errno == EEXIST ||
          error.message.ends_with("Unable to create a thread: -" + std::to_string(EEXIST)));
}

}  // namespace

Result<Restored> bring_back(const RestoreOptions& options, bool tell) {
  // Since Linux 6.15 the id of a thread that has ended is given back a moment after its process was
  // reaped (release_task(), free_pids()): nobody has it, nobody can see that, and clone3() cannot
  // take it.
  constexpr int kAttempts = 3;
  constexpr std::chrono::milliseconds kMoment{3};
  auto directory = open_trusted(options.images, options.public_key, options.read_all);
  if (!directory) return std::unexpected(directory.error());
  for (int attempt = 1;; attempt++) {
    auto restored = try_to_bring_back(options, *directory, tell);
    if (restored || attempt == kAttempts || !is_about_ids(restored.error())) return restored;
    std::this_thread::sleep_for(kMoment);
  }
}

}  // namespace tubthump::restore
