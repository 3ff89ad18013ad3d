// The addon's surface; src/native/addon.ts declares it for TypeScript.
#include <napi.h>

#include "addon/entropy.h"
#include "addon/handover.h"
#include "addon/memory.h"

namespace tubthump::addon {

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  exports.Set("handover", Napi::Function::New<handover>(env, "handover"));
  exports.Set("reseed", Napi::Function::New<reseed>(env, "reseed"));
  exports.Set("trimMemory", Napi::Function::New<trim_memory>(env, "trimMemory"));
  return exports;
}

}  // namespace tubthump::addon

using tubthump::addon::initialize;
NODE_API_MODULE(tubthump, initialize)
