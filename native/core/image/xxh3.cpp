#include "image/xxh3.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "image/xxh3_avx2.h"

namespace tubthump::image {

namespace {

using Add = XXH_errorcode (*)(XXH3_state_t*, const void*, size_t);

Add fastest() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2")) return xxh3_add_avx2;
#endif
  return ::XXH3_64bits_update;
}

}  // namespace

Xxh3::Xxh3() {
  static_assert(sizeof(XXH3_state_t) <= kStateSize);
  ::XXH3_64bits_reset(reinterpret_cast<XXH3_state_t*>(state_.data()));
}

void Xxh3::add(const void* bytes, size_t size) {
  static const Add add = fastest();
  (void)add(reinterpret_cast<XXH3_state_t*>(state_.data()), bytes, size);
}

uint64_t Xxh3::digest() const {
  return ::XXH3_64bits_digest(reinterpret_cast<const XXH3_state_t*>(state_.data()));
}

}  // namespace tubthump::image
