#include "addon/machine.h"

#include "process/cpu.h"

namespace tubthump::addon {

Napi::Value cpu_features(const Napi::CallbackInfo& info) {
  Napi::Array names = Napi::Array::New(info.Env());
  uint32_t index = 0;
  for (const std::string& name : process::cpu_features()) names.Set(index++, name);
  return names;
}

}  // namespace tubthump::addon
