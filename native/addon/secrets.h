// Secrets leave the memory before a dump: secrets/wipe.h.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// wipe(patterns: Uint8Array[]): Float64Array of addresses and indexes by turns
Napi::Value wipe(const Napi::CallbackInfo& info);

/// putBack(patterns: Uint8Array[], found: Float64Array): number of places
Napi::Value put_back(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
