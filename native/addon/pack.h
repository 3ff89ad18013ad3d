// Images as single files, and back: pack/pack.h, pack/unpack.h.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// pack(directory, file, base, level, jobs): PackOperation
Napi::Value pack(const Napi::CallbackInfo& info);

/// unpack(file, directory, base, publicKey, jobs): PackOperation
Napi::Value unpack(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
