// CRIU requests of the dump and restore paths, encoded without Node.
//
// Field numbers: proto/rpc.proto, which a test holds against CRIU's own definition; another holds
// this encoder against the TypeScript one.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tubthump::rpc {

/// criu_req_type
enum class RequestType : int {
  Empty = 0,
  Dump = 1,
  Restore = 2,
  Check = 3,
  Notify = 6,
  CpuinfoDump = 7,
  FeatureCheck = 9,
  Version = 10,
};

struct InheritFd {
  std::string key;  ///< "socket:[INODE]", "pipe:[INODE]", "path/without/slash" …
  int fd;           ///< Number in swrk's own table.
};

/// criu_opts, as far as native code sends them. Descriptors are numbers in *our* table, which CRIU
/// opens through /proc, except InheritFd::fd and page_server_fd.
struct CriuOptions {
  int images_dir_fd = -1;  ///< Required by the protocol: always sent.
  std::optional<int> work_dir_fd;
  std::optional<pid_t> pid;
  bool leave_running = false;
  bool shell_job = false;
  bool rst_sibling = false;    ///< swrk only: the copy becomes our child.
  bool log_to_stderr = false;  ///< CRIU >= 4.2
  /// Connections that a listening socket has queued are left out of the image, instead of ending
  /// the dump: sk-inet.c, "In-flight connection".
  bool tcp_skip_in_flight = false;
  bool lazy_pages = false;  ///< Memory is served over work_dir's lazy-pages.socket.
  std::optional<int> log_level;
  std::string log_file;
  /// swrk only: a socket in its own table, to which a dump sends all pages.
  std::optional<int> page_server_fd;
  std::vector<std::string> external;
  std::vector<InheritFd> inherit_fd;  ///< swrk only.
};

struct Request {
  RequestType type = RequestType::Empty;
  bool notify_scripts = false;
  bool keep_open = false;  ///< Another request follows, unless this one fails.
  std::optional<CriuOptions> options;
};

/// criu_req
std::string encode_request(const Request& request);

/// The answer to a notification: success lets CRIU go on, failure ends the operation.
std::string encode_notify_reply(bool success);

}  // namespace tubthump::rpc
