#include "rpc/request.h"

#include <protozero/pbf_builder.hpp>

namespace tubthump::rpc {

namespace {

enum class Req : protozero::pbf_tag_type {
  Type = 1,
  Opts = 2,
  NotifySuccess = 3,
  KeepOpen = 4,
  Features = 5,
};

enum class Opts : protozero::pbf_tag_type {
  ImagesDirFd = 1,
  Pid = 2,
  LeaveRunning = 3,
  ShellJob = 7,
  LogLevel = 9,
  LogFile = 10,
  PageServer = 11,
  NotifyScripts = 12,
  WorkDirFd = 17,
  RstSibling = 26,
  InheritFd = 27,
  External = 37,
  TcpSkipInFlight = 46,
  LazyPages = 48,
  LogToStderr = 71,
};

enum class Inherit : protozero::pbf_tag_type { Key = 1, Fd = 2 };

enum class PageServer : protozero::pbf_tag_type { Fd = 4 };

enum class Features : protozero::pbf_tag_type { MemTrack = 1 };

void add_flag(protozero::pbf_builder<Opts>& out, Opts tag, bool value) {
  if (value) out.add_bool(tag, true);
}

/// In ascending order of field numbers, as every canonical encoder writes them.
void encode_options(protozero::pbf_builder<Opts>& out, const CriuOptions& options,
                    bool notify_scripts) {
  out.add_int32(Opts::ImagesDirFd, options.images_dir_fd);
  if (options.pid) out.add_int32(Opts::Pid, *options.pid);
  add_flag(out, Opts::LeaveRunning, options.leave_running);
  add_flag(out, Opts::ShellJob, options.shell_job);
  if (options.log_level) out.add_int32(Opts::LogLevel, *options.log_level);
  if (!options.log_file.empty()) out.add_string(Opts::LogFile, options.log_file);
  if (options.page_server_fd) {
    protozero::pbf_builder<PageServer> server(out, Opts::PageServer);
    server.add_int32(PageServer::Fd, *options.page_server_fd);
  }
  add_flag(out, Opts::NotifyScripts, notify_scripts);
  if (options.work_dir_fd) out.add_int32(Opts::WorkDirFd, *options.work_dir_fd);
  add_flag(out, Opts::RstSibling, options.rst_sibling);
  for (const InheritFd& inherit : options.inherit_fd) {
    protozero::pbf_builder<Inherit> entry(out, Opts::InheritFd);
    entry.add_string(Inherit::Key, inherit.key);
    entry.add_int32(Inherit::Fd, inherit.fd);
  }
  for (const std::string& external : options.external) out.add_string(Opts::External, external);
  add_flag(out, Opts::TcpSkipInFlight, options.tcp_skip_in_flight);
  add_flag(out, Opts::LazyPages, options.lazy_pages);
  add_flag(out, Opts::LogToStderr, options.log_to_stderr);
}

}  // namespace

std::string encode_request(const Request& request) {
  std::string bytes;
  protozero::pbf_builder<Req> out(bytes);
  out.add_enum(Req::Type, static_cast<int>(request.type));
  if (request.options) {
    protozero::pbf_builder<Opts> options(out, Req::Opts);
    encode_options(options, *request.options, request.notify_scripts);
  }
  if (request.keep_open) out.add_bool(Req::KeepOpen, true);
  if (request.type == RequestType::FeatureCheck) {
    protozero::pbf_builder<Features> features(out, Req::Features);
    features.add_bool(Features::MemTrack, true);
  }
  return bytes;
}

std::string encode_notify_reply(bool success) {
  std::string bytes;
  protozero::pbf_builder<Req> out(bytes);
  out.add_enum(Req::Type, static_cast<int>(RequestType::Notify));
  out.add_bool(Req::NotifySuccess, success);
  return bytes;
}

}  // namespace tubthump::rpc
