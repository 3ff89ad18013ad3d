#include "dump/dump.h"

#include <unistd.h>

#include <optional>
#include <utility>

#include "bake/bake.h"
#include "bake/live_heap.h"
#include "bake/mapped_before.h"
#include "criu/find.h"
#include "criu/quick_start.h"
#include "dump/complete.h"
#include "image/files.h"
#include "kdat/kdat.h"
#include "page_server/server.h"
#include "rpc/criu_log.h"
#include "rpc/perform.h"
#include "rpc/service.h"
#include "rpc/swrk.h"
#include "rpc/version.h"

namespace tubthump::dump {

namespace {

constexpr size_t kLogTail = 16 << 10;

/// CRIU, and the number that `client` has there.
struct Connected {
  rpc::Session session;
  std::optional<int> client;
};

/// `client`: a socket for CRIU, to send pages to; none when it has to be the service.
Result<Connected> connect(const DumpRequest& request, const UniqueFd& client) {
  if (!request.service.empty()) {
    auto session = rpc::connect_service(request.service, Deadline::after(request.timeout));
    if (!session) return std::unexpected(session.error());
    return Connected{std::move(*session), {}};
  }
  auto criu = criu::find(request.criu);
  if (!criu) return std::unexpected(criu.error());
  // A failure costs time, not the dump.
  (void)kdat::ensure(*criu);
  rpc::SwrkOptions options;
  options.criu = *criu;
  options.environment = criu::quick_start();
  if (client) options.inherit = {client.get()};
  auto swrk = rpc::spawn_swrk(options);
  if (!swrk) return std::unexpected(swrk.error());
  Connected connected{std::move(swrk->session), {}};
  if (client) connected.client = swrk->inherited.front();
  return connected;
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

/// Writes cpuinfo.img, what this processor can do: `verify` asks CRIU about it on another machine.
/// A restore does not need it. Returns whether the session is good for more.
bool dump_cpuinfo(rpc::Session& session, int directory, int log_level, Deadline deadline) {
  rpc::Request request;
  request.type = rpc::RequestType::CpuinfoDump;
  request.keep_open = true;
  request.options.emplace();
  request.options->images_dir_fd = directory;
  request.options->log_level = log_level;
  request.options->log_file = kLog;  // The dump begins it anew.
  auto response = rpc::perform(session, request, nullptr, deadline);
  return response && response->success;
}

/// Empty when it does not say.
std::string ask_for_version(rpc::Session& session, Deadline deadline) {
  if (!rpc::ask_version(session, deadline)) return {};
  const auto version = rpc::hear_version(session, deadline);
  return version ? rpc::to_text(*version) : "";
}

/// CRIU, asked what it and this processor can do, and ready for a dump: a failed request ends its
/// session.
Result<Connected> prepare_criu(const DumpRequest& request, UniqueFd client, int directory,
                               Deadline deadline, std::string& version) {
  auto criu = connect(request, client);
  if (criu) version = ask_for_version(criu->session, deadline);
  if (criu && !dump_cpuinfo(criu->session, directory, request.log_level, deadline))
    criu = connect(request, client);
  return criu;
}

/// A process that ends with its dump may do so only when its image is safe; one that goes on need
/// not stand still until the disk has it.
bool is_published_frozen(const DumpRequest& request) { return !request.leave_running; }

Error first_failure(RunningDump& dump, const Result<void>& completed,
                    const Result<rpc::Response>& response) {
  if (!completed && completed.error().code != ErrorCode::DumpFailed) return completed.error();
  if (dump.pages) {
    // What CRIU says then is that nobody takes its pages.
    auto placed = dump.pages->finish();
    if (!placed && placed.error().code != ErrorCode::DumpFailed) return placed.error();
  }
  Error error = response ? Error{ErrorCode::DumpFailed, "", response->cr_errno} : response.error();
  error.log = image::tail_of(dump.destination.directory(), kLog, kLogTail);
  if (auto line = rpc::first_error(error.log); !line.empty()) error.message = line;
  return error;
}

/// For CRIU, when it is to send the pages to us. A `criu service` could not take the socket.
Result<UniqueFd> start_page_server(RunningDump& dump) {
  if (!dump.request.service.empty() || !is_to_be_baked(dump)) return UniqueFd();
  auto server = page_server::PageServer::start(
      dump.destination.directory(),
      {dump.target.pid, bake::kHeapFile,
       [target = &dump.target, before = dump.before ? dump.before->inode : 0] {
         return bake::lay_out_live(target->pid, target->heap, before);
       },
       dump.destination.takes_holes(), is_published_frozen(dump.request)});
  if (!server) return std::unexpected(server.error());
  dump.pages = std::move(*server);
  return dump.pages->take_client();
}

}  // namespace

Result<void> dump_image(const DumpRequest& request, const Target& target) {
  auto destination = Destination::create(request);
  if (!destination) return std::unexpected(destination.error());
  RunningDump dump{request, target, std::move(*destination)};
  auto before = bake::mapped_before(target.pid, target.heap);
  if (!before) return std::unexpected(before.error());
  dump.before = std::move(*before);
  auto client = start_page_server(dump);
  if (!client) return std::unexpected(client.error());
  const Deadline deadline = Deadline::after(request.timeout);
  auto criu = prepare_criu(request, std::move(*client), dump.destination.directory(), deadline,
                           dump.facts.criu);
  if (!criu) return std::unexpected(criu.error());

  rpc::Request options = dump_options(request, target, dump.destination.directory());
  options.options->page_server_fd = criu->client;
  if (dump.before) options.options->external.push_back(dump.before->external);
  dump.shell_job = options.options->shell_job;
  Result<void> completed = fail(ErrorCode::DumpFailed, "CRIU never said that the dump is complete");
  auto on_notify = [&](const rpc::Notification& notification) -> bool {
    if (notification.script != "post-dump") return true;
    completed = complete(dump);
    if (completed && is_published_frozen(request)) completed = publish(dump);
    return completed.has_value();
  };
  auto response = rpc::perform(criu->session, options, on_notify, deadline);
  if (!response || !response->success || !completed)
    return std::unexpected(first_failure(dump, completed, response));
  if (!is_published_frozen(request))
    if (auto published = publish(dump); !published) return published;
  dump.destination.finish();
  // A service that goes on needs it once more.
  if (!request.leave_running && !request.pad.empty()) ::unlink(request.pad.c_str());
  return {};
}

}  // namespace tubthump::dump
