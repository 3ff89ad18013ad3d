#include "addon/handover.h"

#include <dlfcn.h>

#include <algorithm>
#include <iterator>

#include "addon/errors.h"
#include "bake/absl_ranges.h"
#include "bake/malloc_ranges.h"
#include "handover/handover.h"

namespace tubthump::addon {

namespace {

/// V8's heap and that of its allocators, where the launcher has preloaded libtubthump-arena.so,
/// which exports the function; else V8's is all over the address space.
std::vector<bake::HeapRange> heap_ranges() {
  using Arena = uintptr_t (*)(size_t*);
  const auto arena = reinterpret_cast<Arena>(::dlsym(RTLD_DEFAULT, "tubthump_arena"));
  size_t size = 0;
  const uintptr_t start = arena ? arena(&size) : 0;
  if (!start) return {};
  std::vector<bake::HeapRange> ranges = bake::malloc_ranges();
  std::ranges::copy(bake::absl_ranges(), std::back_inserter(ranges));
  ranges.push_back({start, size});
  return ranges;
}

}  // namespace

Napi::Value handover(const Napi::CallbackInfo& info) {
  const std::string request = info[0].As<Napi::String>();
  handover::Peer peer;
  peer.channel = info[1].As<Napi::Number>();
  peer.agent = info[2].As<Napi::String>();
  const auto parked = info[3].As<Napi::Array>();
  for (uint32_t i = 0; i < parked.Length(); i++)
    peer.parked.push_back(parked.Get(i).As<Napi::Number>());
  peer.heap = heap_ranges();
  auto answer = handover::hand_over(request, peer);
  if (!answer) throw to_js(info.Env(), answer.error());
  return Napi::String::New(info.Env(), answer->json);
}

}  // namespace tubthump::addon
