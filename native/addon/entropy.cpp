#include "addon/entropy.h"

#include <dlfcn.h>
#include <sys/random.h>

#include <array>

#include "addon/errors.h"

namespace tubthump::addon {

Napi::Value reseed(const Napi::CallbackInfo& info) {
  // The node binary exports its OpenSSL; RAND_add with full entropy makes every DRBG of this
  // process reseed before its next output.
  using RandAdd = void (*)(const void*, int, double);
  auto rand_add = reinterpret_cast<RandAdd>(::dlsym(RTLD_DEFAULT, "RAND_add"));
  if (!rand_add)
    throw to_js(info.Env(), {ErrorCode::System, "this Node exports no RAND_add to reseed with"});
  std::array<unsigned char, 48> seed;
  if (::getrandom(seed.data(), seed.size(), 0) != static_cast<ssize_t>(seed.size()))
    throw to_js(info.Env(), fail_errno(ErrorCode::System, "getrandom").error());
  rand_add(seed.data(), static_cast<int>(seed.size()), static_cast<double>(seed.size()));
  return info.Env().Undefined();
}

}  // namespace tubthump::addon
