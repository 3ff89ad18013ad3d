// Whether the files of an image still hold what they held when it was made.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// checkBytes(directory) → Promise<number of files that were read>: native/core/image/seal.h.
Napi::Value check_bytes(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
