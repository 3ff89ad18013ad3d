#include "rpc/response.h"

#include <protozero/exception.hpp>
#include <protozero/pbf_message.hpp>

namespace tubthump::rpc {

namespace {

enum class Resp : protozero::pbf_tag_type {
  Type = 1,
  Success = 2,
  Restore = 4,
  Notify = 5,
  CrErrno = 7,
  CrErrmsg = 9,
  Version = 10,
};

enum class Restore : protozero::pbf_tag_type { Pid = 1 };
enum class VersionOf : protozero::pbf_tag_type { Major = 1, Minor = 2, Sublevel = 4 };
enum class Notify : protozero::pbf_tag_type { Script = 1, Pid = 2 };

Notification read_notification(protozero::pbf_message<Notify> in) {
  Notification notification;
  while (in.next()) switch (in.tag()) {
      case Notify::Script:
        notification.script = in.get_string();
        break;
      case Notify::Pid:
        notification.pid = in.get_int32();
        break;
      default:
        in.skip();
    }
  return notification;
}

pid_t read_pid(protozero::pbf_message<Restore> in) {
  return in.next(Restore::Pid) ? in.get_int32() : 0;
}

Version read_version(protozero::pbf_message<VersionOf> in) {
  Version version;
  while (in.next()) switch (in.tag()) {
      case VersionOf::Major:
        version.major = in.get_int32();
        break;
      case VersionOf::Minor:
        version.minor = in.get_int32();
        break;
      case VersionOf::Sublevel:
        version.sublevel = in.get_int32();
        break;
      default:
        in.skip();
    }
  return version;
}

/// SINGLE_PRE_DUMP
constexpr int kLastType = 13;

/// Both fields are required by the protocol.
struct Seen {
  bool type = false;
  bool success = false;
};

void read_field(protozero::pbf_message<Resp>& in, Response& response, Seen& seen) {
  switch (in.tag()) {
    case Resp::Type:
      // As in every proto2 decoder, a value that the enum does not have counts as absent.
      if (int type = in.get_enum(); type >= 0 && type <= kLastType) {
        response.type = static_cast<RequestType>(type);
        seen.type = true;
      }
      break;
    case Resp::Success:
      response.success = in.get_bool();
      seen.success = true;
      break;
    case Resp::Restore:
      response.pid = read_pid(in.get_message());
      break;
    case Resp::Notify:
      response.notification = read_notification(in.get_message());
      break;
    case Resp::CrErrno:
      response.cr_errno = in.get_int32();
      break;
    case Resp::CrErrmsg:
      response.cr_errmsg = in.get_string();
      break;
    case Resp::Version:
      response.version = read_version(in.get_message());
      break;
    default:
      in.skip();
  }
}

}  // namespace

Result<Response> decode_response(std::string_view bytes) {
  Response response;
  Seen seen;
  try {
    protozero::pbf_message<Resp> in(protozero::data_view(bytes.data(), bytes.size()));
    while (in.next()) read_field(in, response, seen);
  } catch (const protozero::exception& error) {  // Protozero's only way to say it.
    return fail(ErrorCode::RpcGarbage, std::string("no CRIU answer: ") + error.what());
  }
  if (!seen.type || !seen.success)
    return fail(ErrorCode::RpcGarbage, "no CRIU answer: a required field is missing");
  return response;
}

}  // namespace tubthump::rpc
