// A `criu swrk FD` that misbehaves in one way, named by the variable FAKE_SWRK.
//
// Ends by itself after a minute, whatever the test forgets.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <protozero/pbf_builder.hpp>
#include <sstream>
#include <string>
#include <string_view>

#include "fake_swrk_wire.h"

using namespace fake;

namespace {

[[noreturn]] void wait_to_be_ended() {
  for (;;) ::pause();
}

void eof_at_once() {}

void eof() { read_request(); }

void eof_after_notification() {
  read_request();
  send_bytes(notification("pre-dump"));
  read_reply();
}

void garbage() {
  read_request();
  send_bytes("\xff\xff\xff\xff this is no protobuf");
  wait_to_be_ended();
}

void truncated() {
  read_request();
  const std::string whole = answer({.cr_errmsg = "cut off"});
  send_bytes(std::string_view(whole).substr(0, whole.size() - 1));
  wait_to_be_ended();
}

void empty() {
  read_request();
  send_bytes("");
  wait_to_be_ended();
}

void without_required_field() {
  read_request();
  std::string bytes;
  protozero::pbf_builder<Resp>(bytes).add_enum(Resp::Type, asked);
  send_bytes(bytes);
  wait_to_be_ended();
}

void wrong_type() {
  read_request();
  send_bytes(answer({.type = kWaitPid}));
  wait_to_be_ended();
}

void large() {
  read_request();
  const int room = 16 << 20;
  // Without CAP_NET_ADMIN the kernel's limit stays, and sendmsg says so.
  ::setsockopt(rpc, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room);
  send_bytes(answer({.cr_errmsg = std::string(3 << 20, 'x')}));
}

void silent() {
  read_request();
  wait_to_be_ended();
}

/// As CRIU does it: what is refused is undone.
void notify_until_refused() {
  read_request();
  do send_bytes(notification("pre-dump"));
  while (read_reply());
  send_bytes(answer({.success = false, .cr_errmsg = "RPC client reported script error"}));
}

/// Too late to undo anything, as at post-resume.
void complete_anyway() {
  read_request();
  do send_bytes(notification("post-resume"));
  while (read_reply());
  send_bytes(answer({}));
}

void killed() {
  read_request();
  send_bytes(notification("pre-dump"));
  read_reply();
  ::raise(SIGKILL);
}

void storm() {
  read_request();
  constexpr int kBursts = 40, kBurst = 50;
  for (int burst = 0; burst < kBursts; burst++) {
    for (int i = 0; i < kBurst; i++) send_bytes(notification("post-dump"));
    for (int i = 0; i < kBurst; i++)
      if (!read_reply()) std::exit(1);
  }
  send_bytes(answer({}));
}

void unknown_script() {
  read_request();
  send_bytes(notification("a-script-of-tomorrow"));
  send_bytes(answer({.success = read_reply()}));
}

void unknown_field() {
  read_request();
  std::string bytes = answer({});
  protozero::pbf_builder<Resp>(bytes).add_string(Resp::OfTomorrow, "whatever");
  send_bytes(bytes);
}

void failure() {
  read_request();
  send_bytes(answer({.success = false, .cr_errno = EBADRQC, .cr_errmsg = "no such thing"}));
}

/// The real reason is in the log, the message is about something else.
void failure_with_log() {
  read_request();
  std::fputs(
      "(00.001) Error (criu/util.c:1534): rlimit: Can't setup RLIMIT_NOFILE for self\n"
      "(00.002) Error (criu/sk-inet.c:188): inet: Connected TCP socket\n"
      "(00.003) Error (criu/cr-dump.c:2111): Dumping FAILED.\n",
      stderr);
  send_bytes(answer({.success = false, .cr_errmsg = "Can't setup RLIMIT_NOFILE for self"}));
}

void refused_as_empty() {
  read_request();
  send_bytes(answer({.success = false, .type = 0, .cr_errmsg = "Invalid req"}));
}

void success_with_message() {
  read_request();
  send_bytes(answer({.cr_errmsg = "rlimit: Can't setup RLIMIT_NOFILE for self"}));
}

void descriptors() {
  read_request();
  const int file = ::memfd_create("from fake_swrk", 0);
  if (::write(file, "terminal", 8) != 8) std::exit(1);
  send_bytes(notification("orphan-pts-master"), {file, file});
  read_reply();
  send_bytes(answer({}), {file});
}

/// The images directory of a request, a descriptor of the client's, as CRIU opens it.
int open_images(const std::string& request) {
  int number = -1;
  protozero::pbf_message<Req> in(request);
  while (in.next()) {
    if (in.tag() != Req::Opts) {
      in.skip();
      continue;
    }
    protozero::pbf_message<Opts> opts(in.get_message());
    if (opts.next(Opts::ImagesDirFd)) number = opts.get_int32();
  }
  ucred client{};
  socklen_t size = sizeof client;
  ::getsockopt(rpc, SOL_SOCKET, SO_PEERCRED, &client, &size);
  const std::string path = "/proc/" + std::to_string(client.pid) + "/fd/" + std::to_string(number);
  return ::open(path.c_str(), O_RDONLY | O_DIRECTORY);
}

void write_file(int directory, const char* name, std::string_view bytes) {
  const int file = ::openat(directory, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (::write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) std::exit(1);
  ::close(file);
}

/// PRE_DUMP, PRE_DUMP, …, DUMP on one connection, as CRIU takes them. FAKE_PAGES tells how many
/// pages each of them writes, one that writes -1 fails. Beside the statistics it keeps the request.
void iterations() {
  std::istringstream pages(std::getenv("FAKE_PAGES"));
  do {
    const std::string request = read_request();
    if (asked == kFeatureCheck) return send_bytes(answer({.mem_track = true}));
    long written = 0;
    pages >> written;
    const int images = open_images(request);
    write_file(images, "request", request);
    write_file(images, "stats-dump", dump_statistics(static_cast<uint64_t>(written)));
    ::close(images);
    send_bytes(answer({.success = written >= 0}));
    if (written < 0) return;
  } while (asked == kPreDump);
}

struct Behaviour {
  std::string_view name;
  void (*act)();
};

constexpr Behaviour kBehaviours[] = {
    {"eof-at-once", eof_at_once},
    {"eof", eof},
    {"eof-after-notification", eof_after_notification},
    {"garbage", garbage},
    {"truncated", truncated},
    {"empty", empty},
    {"without-required-field", without_required_field},
    {"wrong-type", wrong_type},
    {"large", large},
    {"silent", silent},
    {"notify-until-refused", notify_until_refused},
    {"complete-anyway", complete_anyway},
    {"killed", killed},
    {"storm", storm},
    {"unknown-script", unknown_script},
    {"unknown-field", unknown_field},
    {"failure", failure},
    {"failure-with-log", failure_with_log},
    {"refused-as-empty", refused_as_empty},
    {"success-with-message", success_with_message},
    {"descriptors", descriptors},
    {"iterations", iterations},
};

}  // namespace

int main(int argc, char** argv) {
  const char* wanted = std::getenv("FAKE_SWRK");
  if (argc != 3 || std::string_view(argv[1]) != "swrk" || !wanted) {
    std::fputs("usage: FAKE_SWRK=BEHAVIOUR fake_swrk swrk FD\n", stderr);
    return 64;
  }
  rpc = std::atoi(argv[2]);
  ::alarm(60);
  for (const Behaviour& behaviour : kBehaviours) {
    if (behaviour.name != wanted) continue;
    behaviour.act();
    return 0;
  }
  std::fprintf(stderr, "fake_swrk: no behaviour %s\n", wanted);
  return 64;
}
