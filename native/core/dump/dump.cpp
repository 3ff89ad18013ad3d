#include "dump/dump.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "bake/bake.h"
#include "bake/mapped_before.h"
#include "criu/find.h"
#include "criu/quick_start.h"
#include "image/manifest.h"
#include "image/staging.h"
#include "kdat/kdat.h"
#include "process/tree.h"
#include "rpc/criu_log.h"
#include "rpc/perform.h"
#include "rpc/service.h"
#include "rpc/swrk.h"

namespace tubthump::dump {

namespace {

constexpr const char* kLog = "dump.log";
constexpr size_t kLogTail = 16 << 10;

Result<rpc::Session> connect(const DumpRequest& request) {
  if (!request.service.empty())
    return rpc::connect_service(request.service, Deadline::after(request.timeout));
  auto criu = criu::find(request.criu);
  if (!criu) return std::unexpected(criu.error());
  // A failure costs time, not the dump.
  (void)kdat::ensure(*criu);
  rpc::SwrkOptions options;
  options.criu = *criu;
  options.environment = criu::quick_start();
  auto swrk = rpc::spawn_swrk(options);
  if (!swrk) return std::unexpected(swrk.error());
  return std::move(swrk->session);
}

rpc::Request dump_options(const DumpRequest& request, const Target& target, int directory) {
  rpc::Request dump;
  dump.type = rpc::RequestType::Dump;
  dump.notify_scripts = true;
  dump.options.emplace();
  dump.options->images_dir_fd = directory;
  dump.options->pid = target.pid;
  dump.options->leave_running = request.leave_running;
  // Servers of Node are closed or parked by now; what others listen on may have somebody waiting.
  dump.options->tcp_skip_in_flight = true;
  dump.options->log_level = request.log_level;
  dump.options->log_file = kLog;
  dump.options->external = {"unix[" + std::to_string(target.channel_inode) + "]"};
  // A session leader outside the tree is what CRIU calls a shell job.
  dump.options->shell_job = ::getsid(target.pid) != target.pid;
  return dump;
}

Result<image::RequiredFile> program_of(pid_t pid) {
  const std::string link = "/proc/" + std::to_string(pid) + "/exe";
  std::error_code error;
  image::RequiredFile program{std::filesystem::read_symlink(link, error), 0};
  struct stat info;
  if (error || ::stat(link.c_str(), &info) < 0)
    return fail_errno(ErrorCode::System, "find the service's program");
  program.size = static_cast<uint64_t>(info.st_size);
  return program;
}

/// An image that cannot be baked is a plain one: slower, not wrong. Unless its process was baked
/// before: then half of its heap is in the older image.
Result<void> bake(const image::Staging& staging, const Target& target,
                  const std::optional<bake::MappedBefore>& before, image::Manifest& facts) {
  auto baked =
      bake::bake_heap(staging.directory(), target.pid, target.heap, before ? &*before : nullptr);
  if (!baked && before) return std::unexpected(baked.error());
  if (!baked) facts.not_baked = baked.error().message;
  if (baked && baked->vmas > 0)
    facts.heap = {bake::kHeapFile, baked->bytes, baked->vmas, baked->all_vmas};
  return {};
}

/// Runs at post-dump: the tree is frozen and CRIU's files are complete.
Result<void> commit(image::Staging& staging, const DumpRequest& request, const Target& target,
                    const std::optional<bake::MappedBefore>& before, bool shell_job) {
  image::Manifest facts;
  facts.pid = target.pid;
  facts.channel_inode = target.channel_inode;
  facts.shell_job = shell_job;
  auto tasks = process::tasks_of(target.pid);
  if (!tasks) return std::unexpected(tasks.error());
  facts.tasks = std::move(*tasks);
  auto program = program_of(target.pid);
  if (!program) return std::unexpected(program.error());
  facts.requires_files = {std::move(*program)};
  if (!target.heap.empty() && (request.map_heap || before))
    if (auto baked = bake(staging, target, before, facts); !baked) return baked;
  facts.engine = !facts.heap.file.empty() ? "map" : request.stream ? "stream" : "eager";
  auto files = staging.list();
  if (!files) return std::unexpected(files.error());
  // CRIU still writes to its log.
  std::erase_if(*files, [](const image::ImageFile& file) { return file.name == kLog; });
  facts.files = std::move(*files);
  auto manifest = image::complete_manifest(request.manifest_draft, facts);
  if (!manifest) return std::unexpected(manifest.error());
  if (auto written = staging.write(image::kManifestName, *manifest); !written) return written;
  return staging.publish();
}

}  // namespace

Result<void> dump_image(const DumpRequest& request, const Target& target) {
  auto staging = image::Staging::create(request.images);
  if (!staging) return std::unexpected(staging.error());
  auto session = connect(request);
  if (!session) return std::unexpected(session.error());

  auto before = bake::mapped_before(target.pid, target.heap);
  if (!before) return std::unexpected(before.error());
  rpc::Request dump = dump_options(request, target, staging->directory());
  if (*before) dump.options->external.push_back((*before)->external);
  Result<void> committed = fail(ErrorCode::DumpFailed, "CRIU never said that the dump is complete");
  auto on_notify = [&](const rpc::Notification& notification) -> bool {
    if (notification.script != "post-dump") return true;
    committed = commit(*staging, request, target, *before, dump.options->shell_job);
    return committed.has_value();
  };
  auto response = rpc::perform(*session, dump, on_notify, Deadline::after(request.timeout));
  if (response && response->success && committed) {
    staging->finish();
    // A service that goes on needs it once more.
    if (!request.leave_running && !request.pad.empty()) ::unlink(request.pad.c_str());
    return {};
  }
  if (!committed && committed.error().code != ErrorCode::DumpFailed)
    return std::unexpected(committed.error());
  Error error = response ? Error{ErrorCode::DumpFailed, "", response->cr_errno} : response.error();
  error.log = staging->tail_of(kLog, kLogTail);
  if (auto line = rpc::first_error(error.log); !line.empty()) error.message = line;
  return std::unexpected(error);
}

}  // namespace tubthump::dump
