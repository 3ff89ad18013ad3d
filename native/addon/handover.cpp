#include "addon/handover.h"

#include <dlfcn.h>

#include "addon/errors.h"
#include "handover/handover.h"

namespace tubthump::addon {

Napi::Value handover(const Napi::CallbackInfo& info) {
  const std::string request = info[0].As<Napi::String>();
  handover::Peer peer;
  peer.channel = info[1].As<Napi::Number>();
  peer.agent = info[2].As<Napi::String>();
  const auto parked = info[3].As<Napi::Array>();
  for (uint32_t i = 0; i < parked.Length(); i++)
    peer.parked.push_back(parked.Get(i).As<Napi::Number>());
  // Exported by libtubthump-arena.so, where the launcher has preloaded it.
  using Arena = uintptr_t (*)(size_t*);
  if (auto arena = reinterpret_cast<Arena>(::dlsym(RTLD_DEFAULT, "tubthump_arena")))
    peer.arena_start = arena(&peer.arena_size);
  auto answer = handover::hand_over(request, peer);
  if (!answer) throw to_js(info.Env(), answer.error());
  return Napi::String::New(info.Env(), answer->json);
}

}  // namespace tubthump::addon
