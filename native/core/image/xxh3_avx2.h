// XXH3_64bits_update() for processors with AVX2, whatever the rest is compiled for. Debian's
// libxxhash has it for all only by SSE2.
#pragma once

#include <xxhash.h>

namespace tubthump::image {

XXH_errorcode xxh3_add_avx2(XXH3_state_t* state, const void* bytes, size_t size);

}  // namespace tubthump::image
