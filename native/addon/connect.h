// Ways to a session, and the end of a child.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// spawnSwrk(criu: string, environment: string[], inherit: number[], stderr: number,
///           detached: boolean): Promise<NativeSession>
/// stderr -1: kept in memory for NativeSession.logText().
Napi::Value spawn_swrk(const Napi::CallbackInfo& info);

/// connectService(path: string, timeoutMs: number): Promise<NativeSession>
Napi::Value connect_service(const Napi::CallbackInfo& info);

/// waitChild(pid: number): Promise<{ status: number, signal: number }>
Napi::Value wait_child(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
