#include "rpc/version.h"

#include <charconv>

#include "rpc/request.h"

namespace tubthump::rpc {

std::string to_text(const Version& version) {
  std::string text = std::to_string(version.major) + "." + std::to_string(version.minor);
  if (version.sublevel > 0) text += "." + std::to_string(version.sublevel);
  return text;
}

std::optional<Version> parse_version(std::string_view text) {
  Version version;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  int* const parts[] = {&version.major, &version.minor, &version.sublevel};
  for (size_t part = 0; part < std::size(parts); part++) {
    const auto [rest, error] = std::from_chars(at, end, *parts[part]);
    if (error != std::errc() || *parts[part] < 0) return std::nullopt;
    if (rest == end) return part > 0 ? std::optional(version) : std::nullopt;
    if (*rest != '.') return std::nullopt;
    at = rest + 1;
  }
  return std::nullopt;
}

Result<void> ask_version(Session& session, Deadline deadline) {
  Request request;
  request.type = RequestType::Version;
  request.keep_open = true;
  return session.send(encode_request(request), deadline);
}

Result<Version> hear_version(Session& session, Deadline deadline) {
  auto packet = session.receive(deadline);
  if (!packet) return std::unexpected(packet.error());
  auto response = decode_response(packet->bytes);
  if (!response) return std::unexpected(response.error());
  if (response->type != RequestType::Version || !response->success)
    return fail(ErrorCode::RpcUnexpected, "CRIU did not say which version it is");
  return response->version;
}

}  // namespace tubthump::rpc
