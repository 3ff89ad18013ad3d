// The addon's surface; src/native/addon.ts declares it for TypeScript.
#include <napi.h>

#include "addon/connect.h"
#include "addon/descriptors.h"
#include "addon/entropy.h"
#include "addon/handover.h"
#include "addon/image.h"
#include "addon/lazy_pages.h"
#include "addon/machine.h"
#include "addon/memory.h"
#include "addon/pack.h"
#include "addon/peer.h"
#include "addon/secrets.h"
#include "addon/session.h"

namespace tubthump::addon {

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  auto* instance = new Instance;  // Deleted with the environment.
  instance->session_class = Napi::Persistent(NativeSession::define(env));
  env.SetInstanceData(instance);
  exports.Set("spawnSwrk", Napi::Function::New<spawn_swrk>(env, "spawnSwrk"));
  exports.Set("connectService", Napi::Function::New<connect_service>(env, "connectService"));
  exports.Set("waitChild", Napi::Function::New<wait_child>(env, "waitChild"));
  exports.Set("serveLazyPages", Napi::Function::New<serve_lazy_pages>(env, "serveLazyPages"));
  exports.Set("handover", Napi::Function::New<handover>(env, "handover"));
  exports.Set("reseed", Napi::Function::New<reseed>(env, "reseed"));
  exports.Set("replaceDescriptor",
              Napi::Function::New<replace_descriptor>(env, "replaceDescriptor"));
  exports.Set("reopenFile", Napi::Function::New<reopen_file>(env, "reopenFile"));
  exports.Set("socketDomain", Napi::Function::New<socket_domain>(env, "socketDomain"));
  exports.Set("bindShared", Napi::Function::New<bind_shared>(env, "bindShared"));
  exports.Set("unixPeers", Napi::Function::New<unix_peers>(env, "unixPeers"));
  exports.Set("trimMemory", Napi::Function::New<trim_memory>(env, "trimMemory"));
  exports.Set("wipe", Napi::Function::New<wipe>(env, "wipe"));
  exports.Set("putBack", Napi::Function::New<put_back>(env, "putBack"));
  exports.Set("peerUser", Napi::Function::New<peer_user>(env, "peerUser"));
  exports.Set("pack", Napi::Function::New<pack>(env, "pack"));
  exports.Set("unpack", Napi::Function::New<unpack>(env, "unpack"));
  exports.Set("cpuFeatures", Napi::Function::New<cpu_features>(env, "cpuFeatures"));
  exports.Set("checkBytes", Napi::Function::New<check_bytes>(env, "checkBytes"));
  return exports;
}

}  // namespace tubthump::addon

using tubthump::addon::initialize;
NODE_API_MODULE(tubthump, initialize)
