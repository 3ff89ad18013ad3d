#include "addon/secrets.h"

#include <vector>

#include "addon/errors.h"
#include "secrets/wipe.h"

namespace tubthump::addon {

namespace {

std::vector<secrets::Pattern> patterns_of(const Napi::Value& value) {
  const auto array = value.As<Napi::Array>();
  std::vector<secrets::Pattern> patterns;
  for (uint32_t i = 0; i < array.Length(); i++) {
    const auto bytes = array.Get(i).As<Napi::Uint8Array>();
    patterns.emplace_back(bytes.Data(), bytes.ByteLength());
  }
  return patterns;
}

}  // namespace

Napi::Value wipe(const Napi::CallbackInfo& info) {
  auto found = secrets::wipe(patterns_of(info[0]));
  if (!found) throw to_js(info.Env(), found.error());
  auto result = Napi::Float64Array::New(info.Env(), found->size() * 2);
  for (size_t i = 0; i < found->size(); i++) {
    // User addresses have 47 bits, a double holds 53.
    result[i * 2] = static_cast<double>((*found)[i].address);
    result[i * 2 + 1] = static_cast<double>((*found)[i].pattern);
  }
  return result;
}

Napi::Value put_back(const Napi::CallbackInfo& info) {
  const auto places = info[1].As<Napi::Float64Array>();
  std::vector<secrets::Found> found;
  for (size_t i = 0; i + 1 < places.ElementLength(); i += 2)
    found.push_back({static_cast<uintptr_t>(places[i]), static_cast<size_t>(places[i + 1])});
  auto done = secrets::put_back(patterns_of(info[0]), found);
  if (!done) throw to_js(info.Env(), done.error());
  return Napi::Number::New(info.Env(), static_cast<double>(*done));
}

}  // namespace tubthump::addon
