#ifdef __x86_64__

// No C++ header here: the linker might take its functions from this file for all others.
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

#define XXH_INLINE_ALL
#define XXH_VECTOR 2  // XXH_AVX2
#include "image/xxh3_avx2.h"

namespace tubthump::image {

XXH_errorcode xxh3_add_avx2(XXH3_state_t* state, const void* bytes, size_t size) {
  return ::XXH3_64bits_update(state, bytes, size);
}

}  // namespace tubthump::image

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
