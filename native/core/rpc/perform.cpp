#include "rpc/perform.h"

namespace tubthump::rpc {

Result<Response> perform(Session& session, const Request& request, const NotifyHandler& on_notify,
                         Deadline deadline) {
  if (auto sent = session.send(encode_request(request), deadline); !sent)
    return std::unexpected(sent.error());
  for (;;) {
    auto packet = session.receive(deadline);
    if (!packet) return std::unexpected(packet.error());
    auto response = decode_response(packet->bytes);
    if (!response) return response;
    if (response->type == RequestType::Notify) {
      const bool go_on = !on_notify || on_notify(response->notification);
      if (auto sent = session.send(encode_notify_reply(go_on), deadline); !sent)
        return std::unexpected(sent.error());
      continue;
    }
    // CRIU answers with EMPTY when it failed before it understood the request.
    const bool expected = response->type == request.type ||
                          (response->type == RequestType::Empty && !response->success);
    if (!expected)
      return fail(ErrorCode::RpcUnexpected,
                  "CRIU answered request type " + std::to_string(static_cast<int>(request.type)) +
                      " with type " + std::to_string(static_cast<int>(response->type)));
    return response;
  }
}

}  // namespace tubthump::rpc
