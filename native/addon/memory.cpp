#include "addon/memory.h"

#include <malloc.h>

namespace tubthump::addon {

Napi::Value trim_memory(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), ::malloc_trim(0) == 1);
}

}  // namespace tubthump::addon
