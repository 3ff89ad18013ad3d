// Memory that the process does not need in its image.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// trimMemory(): boolean. malloc_trim(3); true when something was given back.
Napi::Value trim_memory(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
