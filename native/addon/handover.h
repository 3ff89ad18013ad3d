// The blocking call in which a service is dumped and every copy wakes.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// handover(request: string, channel: number, agent: string): string
/// Blocks the JS thread: that is its purpose. `channel` is the launcher's, or -1 to start `agent`.
/// Throws what handover::hand_over fails with.
Napi::Value handover(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
