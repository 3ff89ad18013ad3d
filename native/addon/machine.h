// Facts about this machine that only native code can see.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// cpuFeatures(): names, see core/process/cpu.h.
Napi::Value cpu_features(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
