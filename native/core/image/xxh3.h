// XXH3, 64 bits, by the widest instructions that it has on this processor.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tubthump::image {

class Xxh3 {
 public:
  Xxh3();

  void add(const void* bytes, size_t size);

  /// Of all that was added, in its order.
  [[nodiscard]] uint64_t digest() const;

 private:
  static constexpr size_t kStateSize = 576;  // XXH3_state_t
  alignas(64) std::array<std::byte, kStateSize> state_;
};

}  // namespace tubthump::image
