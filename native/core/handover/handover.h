// The last thing that a service does before its dump, and the first thing after: one blocking call.
//
//   Result<Answer> answer = hand_over(request_json, {.channel = 3});
//
// The request goes over the channel to a dump agent, and the call waits for the answer. Under the
// launcher the channel has been there since the start, and the launcher starts the agent: CRIU
// cannot suspend the service's seccomp filter when it is under one itself (ptrace(2),
// PTRACE_O_SUSPEND_SECCOMP), so it must not descend from the service. Without a launcher the call
// makes a channel and starts an agent outside our process tree.
//
// CRIU takes our end of the channel as external; at restore the launcher puts a fresh socket in its
// place, so the same wait returns in every copy, with that copy's own launcher at the other end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bake/heap_range.h"
#include "error/error.h"

namespace tubthump::handover {

struct Peer {
  int channel = -1;   ///< Our end of the launcher's channel, or -1.
  std::string agent;  ///< Without a channel: the `tubthump` executable.
  /// Descriptors that the agent keeps, as it keeps stdio: sockets that go on listening.
  std::vector<int> parked;
  std::vector<bake::HeapRange> heap;  ///< What may be mapped from the image.
};

struct Answer {
  std::string json;  ///< {"status": "resumed" | "failed", …} or {"reason": "restored", …}
};

/// Blocks the calling thread; the other threads should be idle.
/// Descriptors 0, 1, 2 and those that are parked are /dev/null meanwhile; on return they are those
/// that came with the answer: the old ones after `resumed` and `failed`, the launcher's stdio after
/// `restored`, where what was parked stays /dev/null.
/// Errors: HandoverLost when the agent ended before it answered, ExecFailed when it cannot start.
Result<Answer> hand_over(std::string_view request_json, const Peer& peer);

}  // namespace tubthump::handover
