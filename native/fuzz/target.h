// What the targets share. Each is a file of its own with libFuzzer's entry, and has its corpus in
// corpus/NAME: a decoder of what others wrote, which must neither crash nor hang nor take much more
// memory than its input, whatever that is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace tubthump::fuzz {

inline std::string text_of(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// What was decoded is not the same after it was encoded.
inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace tubthump::fuzz
