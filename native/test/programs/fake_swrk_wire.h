// What fake_swrk.cpp says and hears: CRIU's side of the protocol, made by hand so that it can be
// wrong.
#pragma once

#include <sys/socket.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <protozero/pbf_builder.hpp>
#include <protozero/pbf_message.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace fake {

enum class Req : protozero::pbf_tag_type { Type = 1, Opts = 2, NotifySuccess = 3 };
enum class Opts : protozero::pbf_tag_type { ImagesDirFd = 1 };
enum class Features : protozero::pbf_tag_type { MemTrack = 1 };
enum class Resp : protozero::pbf_tag_type {
  Type = 1,
  Success = 2,
  Restore = 4,
  Notify = 5,
  CrErrno = 7,
  Features = 8,
  CrErrmsg = 9,
  Version = 10,
  OfTomorrow = 200,
};
enum class Restore : protozero::pbf_tag_type { Pid = 1 };
enum class Notify : protozero::pbf_tag_type { Script = 1, Pid = 2 };
enum class Version : protozero::pbf_tag_type { Major = 1, Minor = 2 };

constexpr int kDump = 1;
constexpr int kPreDump = 4;
constexpr int kNotify = 6;
constexpr int kFeatureCheck = 9;
constexpr int kWaitPid = 11;
constexpr size_t kMaxDescriptors = 4;

inline int rpc;
/// Type of the request: what the final answer has to repeat.
inline int asked;

inline void send_bytes(std::string_view bytes, const std::vector<int>& fds = {}) {
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
inline std::string receive() {
  std::string bytes(64 << 10, '\0');
  ssize_t got = ::recv(rpc, bytes.data(), bytes.size(), 0);
  bytes.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return bytes;
}

inline std::string read_request() {
  std::string bytes = receive();
  if (bytes.empty()) std::exit(0);
  protozero::pbf_message<Req> in(bytes);
  if (in.next(Req::Type)) asked = in.get_enum();
  return bytes;
}

inline bool read_reply() {
  const std::string bytes = receive();
  if (bytes.empty()) std::exit(0);
  protozero::pbf_message<Req> in(bytes);
  return in.next(Req::NotifySuccess) && in.get_bool();
}

inline std::string notification(const char* script) {
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
  bool mem_track = false;
};

/// `stats-dump`: IMG_SERVICE_MAGIC, STATS_MAGIC, the size of the message, the message.
inline std::string dump_statistics(uint64_t pages_written) {
  std::string entry;
  {
    protozero::pbf_writer out(entry);
    protozero::pbf_writer dump(out, 1);
    // All that have to be there; 7 is pages_written.
    for (uint32_t field : {1, 2, 3, 4, 5, 6, 7, 9})
      dump.add_uint64(field, field == 7 ? pages_written : 1);
  }
  const uint32_t header[] = {0x55105940, 0x57093306, static_cast<uint32_t>(entry.size())};
  return std::string(reinterpret_cast<const char*>(header), sizeof header) + entry;
}

inline std::string answer(const Final& final) {
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
  if (final.mem_track)
    protozero::pbf_builder<Features>(out, Resp::Features).add_bool(Features::MemTrack, true);
  return bytes;
}

}  // namespace fake
