// A `criu swrk FD` that misbehaves in one way, named by the variable FAKE_SWRK.
//
// Ends by itself after a minute, whatever the test forgets.
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <protozero/pbf_builder.hpp>
#include <protozero/pbf_message.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace {

enum class Req : protozero::pbf_tag_type { Type = 1, NotifySuccess = 3 };
enum class Resp : protozero::pbf_tag_type {
  Type = 1,
  Success = 2,
  Restore = 4,
  Notify = 5,
  CrErrno = 7,
  CrErrmsg = 9,
  Version = 10,
  OfTomorrow = 200,
};
enum class Restore : protozero::pbf_tag_type { Pid = 1 };
enum class Notify : protozero::pbf_tag_type { Script = 1, Pid = 2 };
enum class Version : protozero::pbf_tag_type { Major = 1, Minor = 2 };

constexpr int kNotify = 6;
constexpr int kWaitPid = 11;
constexpr size_t kMaxDescriptors = 4;

int rpc;
/// Type of the request: what the final answer has to repeat.
int asked;

void send_bytes(std::string_view bytes, const std::vector<int>& fds = {}) {
  iovec part{const_cast<char*>(bytes.data()), bytes.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * kMaxDescriptors)];
  if (!fds.empty()) {
    message.msg_control = control;
    message.msg_controllen = CMSG_SPACE(sizeof(int) * fds.size());
    auto* header = reinterpret_cast<cmsghdr*>(control);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * fds.size());
    std::memcpy(CMSG_DATA(header), fds.data(), sizeof(int) * fds.size());
  }
  if (::sendmsg(rpc, &message, MSG_NOSIGNAL) < 0) {
    std::perror("fake_swrk: sendmsg");
    std::exit(1);
  }
}

/// Empty at end of file.
std::string receive() {
  std::string bytes(64 << 10, '\0');
  ssize_t got = ::recv(rpc, bytes.data(), bytes.size(), 0);
  bytes.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return bytes;
}

void read_request() {
  const std::string bytes = receive();
  if (bytes.empty()) std::exit(0);
  protozero::pbf_message<Req> in(bytes);
  if (in.next(Req::Type)) asked = in.get_enum();
}

bool read_reply() {
  const std::string bytes = receive();
  if (bytes.empty()) std::exit(0);
  protozero::pbf_message<Req> in(bytes);
  return in.next(Req::NotifySuccess) && in.get_bool();
}

std::string notification(const char* script) {
  std::string bytes;
  protozero::pbf_builder<Resp> out(bytes);
  out.add_enum(Resp::Type, kNotify);
  out.add_bool(Resp::Success, true);
  protozero::pbf_builder<Notify> notify(out, Resp::Notify);
  notify.add_string(Notify::Script, script);
  return bytes;
}

struct Final {
  bool success = true;
  int type = asked;
  int cr_errno = 0;
  std::string cr_errmsg{};
};

std::string answer(const Final& final) {
  std::string bytes;
  protozero::pbf_builder<Resp> out(bytes);
  out.add_enum(Resp::Type, final.type);
  out.add_bool(Resp::Success, final.success);
  protozero::pbf_builder<Restore>(out, Resp::Restore).add_int32(Restore::Pid, 4242);
  if (final.cr_errno) out.add_int32(Resp::CrErrno, final.cr_errno);
  if (!final.cr_errmsg.empty()) out.add_string(Resp::CrErrmsg, final.cr_errmsg);
  {
    protozero::pbf_builder<Version> version(out, Resp::Version);
    version.add_int32(Version::Major, 4);
    version.add_int32(Version::Minor, 2);
  }
  return bytes;
}

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
