// Fresh randomness for a restored copy.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// reseed(): void. Mixes 48 bytes of getrandom(2) into OpenSSL's generators.
/// Throws ERR_TUBTHUMP_SYSTEM when this Node was built without OpenSSL.
Napi::Value reseed(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
